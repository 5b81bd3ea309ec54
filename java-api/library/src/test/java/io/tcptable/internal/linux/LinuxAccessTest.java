// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.tcptable.internal.binding.BindingSelection;
import io.tcptable.internal.binding.LinuxCalls;
import io.tcptable.internal.linux.kernel.Errno;
import io.tcptable.internal.linux.netlink.DiagDatagram;
import io.tcptable.internal.platform.SourceException;
import io.tcptable.internal.platform.SourceException.Kind;
import io.tcptable.internal.platform.SystemAccess;
import io.tcptable.internal.table.SocketColumnsBuilder;
import io.tcptable.internal.table.SocketFilter;
import io.tcptable.internal.table.SocketSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Netlink where it answers, /proc/net/tcp where it never will, an error where it only fails now.
 */
class LinuxAccessTest {

  private final FakeKernel kernel = new FakeKernel();

  @AfterEach
  void everyDescriptorIsClosedOnce() {
    assertThat(kernel.open()).isEmpty();
  }

  @Test
  void takesNetlinkIfItAnswers() {
    kernel.netlink().then(request -> List.of(DiagDatagram.to(request, DiagDatagram::done)));

    SystemAccess sources = open();

    assertThat(sources.sockets().name()).isEqualTo("netlink");
    assertThat(sources.owners().name()).isEqualTo("proc");
    assertThat(sources.betterSources()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"93,EPROTONOSUPPORT", "97,EAFNOSUPPORT", "13,EACCES", "1,EPERM"})
  void readsProcNetTcpIfTheSocketIsRefused(int errno, String name) {
    kernel.on("socket").fail(errno);

    SystemAccess sources = open();

    assertThat(sources.sockets().name()).isEqualTo("proc");
    assertThat(sources.betterSources())
        .hasSize(1)
        .hasEntrySatisfying("netlink", why -> assertThat(why).contains("socket", name));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void readsProcNetTcpIfTheKernelHasNoTcpDiag(boolean inTheEnd) {
    kernel
        .netlink()
        .then(
            request ->
                List.of(
                    inTheEnd
                        ? DiagDatagram.to(request, d -> d.done(-Errno.ENOENT))
                        : DiagDatagram.to(request, d -> d.error(-Errno.ENOENT))));

    SystemAccess sources = open();

    assertThat(sources.sockets().name()).isEqualTo("proc");
    assertThat(sources.betterSources().get("netlink")).contains("ENOENT");
  }

  @ParameterizedTest
  @CsvSource({
    "socket,24,EMFILE",
    "socket,23,ENFILE",
    "socket,12,ENOMEM",
    "recvfrom,105,ENOBUFS",
    "recvfrom,4,EINTR",
    "send,4,EINTR"
  })
  void aPassingTroubleDoesNotCondemnNetlink(String call, int errno, String name) {
    kernel.netlink().then(request -> List.of(DiagDatagram.to(request, DiagDatagram::done)));
    kernel.on(call).times(5 * 101).fail(errno);

    assertThatThrownBy(this::open)
        .isInstanceOfSatisfying(SourceException.class, e -> assertThat(e.error()).isEqualTo(name));
  }

  @Test
  void norDoesADumpThatIsInterrupted() {
    kernel
        .netlink()
        .then(request -> List.of(DiagDatagram.to(request, d -> d.interrupted().done())));

    assertThatThrownBy(this::open)
        .isInstanceOfSatisfying(
            SourceException.class, e -> assertThat(e.error()).isEqualTo("NLM_F_DUMP_INTR"));
  }

  @Test
  void aChosenNetlinkIsNotLeftForProcLater() {
    kernel.netlink().then(request -> List.of(DiagDatagram.to(request, DiagDatagram::done)));
    SystemAccess sources = open();
    kernel.on("socket").fail(Errno.EACCES);

    assertThatThrownBy(() -> sources.sockets().read(SocketFilter.all(), new SocketColumnsBuilder()))
        .isInstanceOf(SourceException.class);
  }

  @Test
  void whatWasReadFromProcCannotBeDroppedAndSaysWhy() {
    kernel.on("socket").fail(Errno.EACCES);
    SocketSource proc = open().sockets();

    assertThatThrownBy(() -> proc.drop(new SocketColumnsBuilder().build(), 0))
        .isInstanceOfSatisfying(
            SourceException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNSUPPORTED))
        .hasMessage(
            "dropping a connection: it takes netlink, which is not in use (asking the kernel for"
                + " TCP sockets: socket failed with EACCES: "
                + Errno.advice(Errno.EACCES)
                + ")");
  }

  @Test
  void withoutABindingEverythingIsReadInPlainJava() {
    SystemAccess sources =
        LinuxAccess.of(new BindingSelection<>("java", null, Map.of("ffm", "needs Java 22")), null);

    assertThat(sources.binding()).isEqualTo("java");
    assertThat(sources.sockets().name()).isEqualTo("proc");
    assertThat(sources.owners().name()).isEqualTo("proc");
    assertThat(sources.betterBindings()).containsExactly(entry("ffm", "needs Java 22"));
    assertThat(sources.betterSources())
        .containsExactly(entry("netlink", "needs a binding that makes native calls"));
  }

  private SystemAccess open() {
    return LinuxAccess.of(new BindingSelection<LinuxCalls>("fake", kernel, Map.of()), null);
  }
}
