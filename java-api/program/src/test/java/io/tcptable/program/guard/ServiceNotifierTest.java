// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.guard.GuardEvent;
import io.tcptable.guard.GuardEvent.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ServiceNotifierTest {

  private static final String OWN_PID = Long.toString(ProcessHandle.current().pid());

  private static GuardEvent event(Kind kind, String message) {
    return new GuardEvent(
        3001,
        Instant.EPOCH,
        kind,
        message,
        OptionalLong.empty(),
        Optional.empty(),
        OptionalInt.empty(),
        Optional.empty(),
        Optional.empty());
  }

  @Test
  void systemdIsToldOnceThatItIsReady() {
    List<List<String>> sent = new ArrayList<>();
    try (ServiceNotifier notifier = ServiceNotifier.sending(Map.of(), sent::add)) {
      notifier.tell(event(Kind.STARTED, "it is healthy"));
      notifier.tell(event(Kind.BAD, "it hangs\nREADY=1"));
      notifier.tell(event(Kind.STARTED, "it is healthy"));
      notifier.tell(event(Kind.STOPPING, "it stops"));
    }

    assertThat(sent)
        .containsExactly(
            List.of("READY=1", "STATUS=it is healthy"),
            List.of("STATUS=it hangs?READY=1"),
            List.of("STATUS=it is healthy"),
            List.of("STOPPING=1", "STATUS=it stops"));
  }

  @Test
  void theWatchdogIsFedWhileTheGuardRuns() throws Exception {
    BlockingQueue<List<String>> sent = new LinkedBlockingQueue<>();
    try (ServiceNotifier notifier =
        ServiceNotifier.sending(
            Map.of("WATCHDOG_USEC", "20000", "WATCHDOG_PID", OWN_PID), sent::add)) {
      notifier.watch(() -> false);
      for (int i = 0; i < 3; i++) {
        assertThat(sent.poll(60, TimeUnit.SECONDS)).isEqualTo(List.of("WATCHDOG=1"));
      }
    }
  }

  @Test
  void aGuardThatIsStuckGivesNoSignOfLife() throws Exception {
    BlockingQueue<List<String>> sent = new LinkedBlockingQueue<>();
    AtomicInteger looks = new AtomicInteger();
    try (ServiceNotifier notifier =
        ServiceNotifier.sending(Map.of("WATCHDOG_USEC", "2000"), sent::add)) {
      notifier.watch(() -> isBetween(looks.incrementAndGet(), 3, 9));
      for (String message :
          List.of(
              "WATCHDOG=1",
              "WATCHDOG=1",
              "STATUS=the guard is stuck: systemd gets no more signs of life",
              "WATCHDOG=1")) {
        assertThat(sent.poll(60, TimeUnit.SECONDS)).isEqualTo(List.of(message));
      }
      assertThat(looks).hasValueGreaterThanOrEqualTo(10);
    }
  }

  private static boolean isBetween(int look, int first, int last) {
    return look >= first && look <= last;
  }

  /** A launcher between them would be another process. */
  @Test
  void theWatchdogOfAnotherProcessIsNot() {
    List<List<String>> sent = new ArrayList<>();
    for (Map<String, String> other :
        List.of(
            Map.of("WATCHDOG_USEC", "20000", "WATCHDOG_PID", "1"),
            Map.of("WATCHDOG_USEC", "soon"))) {
      try (ServiceNotifier notifier = ServiceNotifier.sending(other, sent::add)) {
        notifier.watch(() -> false);
      }
    }

    assertThat(sent).isEmpty();
  }

  @Test
  void whatIsNoServiceOfSystemdSendsNothing() {
    List<String> warnings = new ArrayList<>();
    assertThat(ServiceNotifier.of(Map.of("PATH", "/usr/bin"), warnings::add)).isEmpty();
    assertThat(warnings).isEmpty();
  }

  @Test
  void aMissingProgramIsToldAndNoReasonToFail() {
    List<String> warnings = new ArrayList<>();
    assertThat(
            ServiceNotifier.of(
                Map.of("NOTIFY_SOCKET", "/run/x", "PATH", "/nowhere"), warnings::add))
        .isEmpty();
    assertThat(warnings)
        .containsExactly(
            "systemd is not notified: the program systemd-notify is missing; install it, or use"
                + " Type=exec in the unit");
  }
}
