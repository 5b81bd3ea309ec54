// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.linux.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tcptable.internal.binding.LinuxCalls;
import io.tcptable.internal.linux.kernel.Errno;
import io.tcptable.internal.platform.PinnedHandle;
import io.tcptable.internal.platform.SourceException;
import io.tcptable.internal.table.ProcessIdentity;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a kernel may answer to the calls that hold a process; the process is this one. */
class PidfdHandleTest {

  private static final int PIDFD = 1234;

  private final Map<String, Integer> answers = new HashMap<>(Map.of("pidfd_open", PIDFD));
  private final int itself = PIDFD + 1;

  /** What it answers to a signal that this process sends itself. */
  private int ownSignal;

  private final List<String> called = new ArrayList<>();

  private LinuxCalls kernel() {
    return (LinuxCalls)
        Proxy.newProxyInstance(
            LinuxCalls.class.getClassLoader(),
            new Class<?>[] {LinuxCalls.class},
            (proxy, method, arguments) -> {
              called.add(method.getName());
              return ofItself(method.getName(), arguments)
                  ? method.getName().equals("pidfd_open") ? itself : ownSignal
                  : answers.getOrDefault(method.getName(), 0);
            });
  }

  /** The second descriptor of this very process is there to try whether a signal can be sent. */
  private boolean ofItself(String call, Object[] arguments) {
    if (call.equals("pidfd_open")) {
      return Collections.frequency(called, call) > 1;
    }
    return call.equals("pidfd_send_signal") && arguments[0].equals(itself);
  }

  private static ProcessIdentity self() throws IOException {
    return ProcIdentity.identify((int) ProcessHandle.current().pid()).orElseThrow();
  }

  private Optional<PinnedHandle> hold() throws IOException {
    return ProcessHandles.hold(kernel(), self());
  }

  @ParameterizedTest
  @ValueSource(ints = {Errno.ENOSYS, Errno.EPERM})
  void whereThereIsNoPidfdTheStartTimeHasToDo(int error) throws IOException {
    answers.put("pidfd_open", -error);

    PinnedHandle hold = hold().orElseThrow();

    assertThat(hold.isPinned()).isFalse();
    assertThat(hold.maySignal()).isTrue();
    assertThat(hold.hasEnded()).isFalse();
  }

  @Test
  void aShortageIsNoReasonToDoWithout() {
    answers.put("pidfd_open", -Errno.EMFILE);

    assertThatThrownBy(this::hold)
        .isInstanceOf(SourceException.class)
        .hasMessageContaining("EMFILE");
  }

  @Test
  void aProcessThatTheKernelDoesNotKnowHasEnded() throws IOException {
    answers.put("pidfd_open", -Errno.ESRCH);

    assertThat(hold()).isEmpty();
  }

  @Test
  void aDescriptorOfALaterProcessIsGivenBack() throws IOException {
    ProcessIdentity now = self();
    ProcessIdentity earlier =
        new ProcessIdentity(now.pid(), now.start() - 1, now.startedAt(), now.name());

    assertThat(ProcessHandles.hold(kernel(), earlier)).isEmpty();
    assertThat(called).containsExactly("pidfd_open", "close");
  }

  @Test
  void oneThatMayNotBeSignalledIsKnownBefore() throws IOException {
    answers.put("pidfd_send_signal", -Errno.EPERM);
    PinnedHandle hold = hold().orElseThrow();

    assertThat(hold.maySignal()).isFalse();
    assertThatThrownBy(hold::terminate)
        .isInstanceOf(SourceException.class)
        .hasMessageContaining("EPERM");
  }

  /** As a sandbox does that knows pidfd_open and not what came with it. */
  @ParameterizedTest
  @ValueSource(ints = {Errno.ENOSYS, Errno.EPERM})
  void wherePidfdsTakeNoSignalTheStartTimeHasToDo(int error) throws IOException {
    answers.put("pidfd_send_signal", -error);
    ownSignal = -error;

    PinnedHandle hold = hold().orElseThrow();

    assertThat(hold.isPinned()).isFalse();
    assertThat(hold.maySignal()).isTrue();
    assertThat(called).filteredOn("close"::equals).hasSizeGreaterThanOrEqualTo(1);
  }

  @Test
  void anErrorThatMeansNothingHereIsNotTakenForConsent() throws IOException {
    answers.put("pidfd_send_signal", -Errno.EINVAL);
    PinnedHandle hold = hold().orElseThrow();

    assertThatThrownBy(hold::maySignal).isInstanceOf(SourceException.class);
    assertThatThrownBy(hold::kill).isInstanceOf(SourceException.class);
  }

  @Test
  void anInterruptedPollIsNoEnd() throws Exception {
    answers.put("poll", -Errno.EINTR);
    PinnedHandle hold = hold().orElseThrow();

    assertThat(hold.hasEnded()).isFalse();
    assertThat(hold.awaitEnd(Duration.ZERO)).isFalse();
  }

  @Test
  void aFailedPollIsNoEndEither() throws Exception {
    answers.put("poll", -Errno.ENOMEM);
    PinnedHandle hold = hold().orElseThrow();

    assertThatThrownBy(hold::hasEnded).isInstanceOf(SourceException.class);
  }
}
