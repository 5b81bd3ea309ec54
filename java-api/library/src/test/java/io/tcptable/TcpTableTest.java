// SPDX-License-Identifier: Apache-2.0
package io.tcptable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.tcptable.TcpTableException.Kind;
import io.tcptable.internal.Platforms;
import io.tcptable.internal.binding.BindingSelection;
import io.tcptable.internal.linux.FakeKernel;
import io.tcptable.internal.linux.LinuxAccess;
import io.tcptable.internal.linux.kernel.Errno;
import io.tcptable.internal.linux.netlink.DiagDatagram;
import io.tcptable.internal.linux.netlink.DiagMessage;
import io.tcptable.internal.platform.SystemAccess;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a table says of sockets and owners that a fake kernel has. */
class TcpTableTest {

  private static final int ESTABLISHED = 1;
  private static final int TIME_WAIT = 6;

  private final FakeKernel kernel = new FakeKernel();

  @BeforeEach
  void fill() {
    kernel.proc().start(1, "init");
    kernel.proc().start(100, "web").holds(11, 12);
    kernel.proc().start(200, "worker").holds(11, 14);
    kernel
        .netlink()
        .then(
            request ->
                List.of(
                    DiagDatagram.to(
                        request,
                        d ->
                            d.sockets(
                                    DiagMessage.listener(3001, 11),
                                    DiagMessage.v4(ESTABLISHED, 3001, 40_001).inode(12),
                                    DiagMessage.v4(ESTABLISHED, 3001, 40_002).inode(13),
                                    DiagMessage.v4(TIME_WAIT, 3001, 40_003),
                                    DiagMessage.v6(42, 3001, 40_004).inode(14))
                                .done())));
  }

  private SystemAccess sources() {
    return LinuxAccess.of(new BindingSelection<>("fake", kernel, Map.of()), "proc");
  }

  private TcpTable table() {
    return Platforms.reading(sources(), () -> TcpTable.snapshot(TcpQuery.all()));
  }

  @Test
  void countsByState() {
    TcpTable table = table();

    assertThat(table.size()).isEqualTo(5);
    assertThat(table.isEmpty()).isFalse();
    assertThat(table.count(TcpState.ESTABLISHED)).isEqualTo(2);
    assertThat(table.count(TcpState.LISTEN)).isEqualTo(1);
    assertThat(table.count(TcpState.UNKNOWN)).isEqualTo(1);
    assertThat(table.count(TcpState.CLOSE_WAIT)).isZero();
    assertThat(table.countByState())
        .containsExactly(
            entry(TcpState.ESTABLISHED, 2),
            entry(TcpState.TIME_WAIT, 1),
            entry(TcpState.LISTEN, 1),
            entry(TcpState.UNKNOWN, 1));
  }

  @Test
  void aStateWithoutANameHasItsNumber() {
    assertThat(table().stream().filter(socket -> socket.stateNumber().isPresent()))
        .singleElement()
        .satisfies(
            socket -> {
              assertThat(socket.state()).isEqualTo(TcpState.UNKNOWN);
              assertThat(socket.stateNumber()).hasValue(42);
            });
  }

  @Test
  void countsByOwnerASharedSocketForEachOfThem() {
    TcpTable table = table();

    assertThat(table.owners()).extracting(OsProcess::pid).containsExactly(100L, 200L);
    assertThat(table.countByOwner())
        .containsOnly(entry(table.owners().get(0), 2), entry(table.owners().get(1), 2));
  }

  @Test
  void listsWhatAProcessOwns() {
    TcpTable table = table();

    assertThat(table.ownedBy(100)).extracting(TcpSocket::remotePort).containsExactly(0, 40_001);
    assertThat(table.ownedBy(200)).extracting(TcpSocket::remotePort).containsExactly(0, 40_004);
    assertThat(table.ownedBy(1)).isEmpty();
    assertThat(table.ownedBy(99_999)).isEmpty();
  }

  @Test
  void listsListeners() {
    assertThat(table().listeners())
        .singleElement()
        .satisfies(
            listener -> {
              assertThat(listener.state()).isEqualTo(TcpState.LISTEN);
              assertThat(listener.owners())
                  .extracting(OsProcess::name)
                  .containsExactly("web", "worker");
            });
  }

  @Test
  void tellsApartOwnedUnownedAndUnknown() {
    TcpTable table = table();

    assertThat(table.stream().map(TcpSocket::ownership))
        .containsExactly(
            Ownership.OWNED, Ownership.OWNED, Ownership.UNKNOWN, Ownership.NONE, Ownership.OWNED);
    assertThat(table.get(2).owners()).isEmpty();
    assertThat(table.get(3).owners()).isEmpty();
  }

  @Test
  void withoutASearchNoOwnerIsKnown() {
    TcpTable table =
        Platforms.reading(sources(), () -> TcpTable.snapshot(TcpQuery.all().withoutOwners()));

    assertThat(table.stream().map(TcpSocket::ownership)).containsOnly(Ownership.UNKNOWN);
    assertThat(table.owners()).isEmpty();
    assertThat(table.countByOwner()).isEmpty();
    assertThat(table.ownedBy(100)).isEmpty();
    assertThat(table.unreadableProcesses()).isZero();
    assertThat(table.hasHiddenProcesses()).isFalse();
  }

  @Test
  void saysWhatItCouldNotSee() {
    kernel.on("openat", "/proc/200/fd").fail(13);
    TcpTable table = table();
    assertThat(table.unreadableProcesses()).isEqualTo(1);
    assertThat(table.hasHiddenProcesses()).isFalse();
    assertThat(table.ownedBy(200)).isEmpty();

    kernel.proc().end(1);
    assertThat(table().hasHiddenProcesses()).isTrue();
  }

  @Test
  void goesThroughItsSocketsInOneOrder() {
    TcpTable table = table();
    List<Integer> ports = new ArrayList<>();
    for (TcpSocket socket : table) {
      ports.add(socket.remotePort());
    }

    assertThat(ports).containsExactly(0, 40_001, 40_002, 40_003, 40_004);
    assertThat(table.stream().map(TcpSocket::remotePort)).containsExactlyElementsOf(ports);
    assertThat(table.get(4).remotePort()).isEqualTo(40_004);
    assertThatThrownBy(() -> table.get(5)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> table.get(-1)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> table.iterator().remove())
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void whatIsNoConnectionIsNeverDropped() {
    TcpTable table = table();
    int asked = kernel.netlink().requests().size();

    assertThatThrownBy(() -> table.get(0).drop())
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessageStartingWith("only a connection can be dropped: LISTEN 0.0.0.0:3001");
    assertThat(kernel.netlink().requests()).hasSize(asked);
  }

  @Test
  void aRefusalToDropSaysWhy() {
    TcpTable table = table();
    kernel.netlink().then(request -> List.of(DiagDatagram.to(request, d -> d.error(-1))));

    assertThatThrownBy(() -> table.get(1).drop())
        .isInstanceOfSatisfying(
            TcpTableException.class, e -> assertThat(e.error()).isEqualTo("EPERM"))
        .hasMessageMatching(
            ".*: this user may not; it takes root or CAP_NET_ADMIN"
                + "|.*: this root lacks CAP_NET_ADMIN"
                + "|.*: a sandbox such as seccomp, or a security module, forbids it even to root");
  }

  @Test
  void anEmptyTable() {
    TcpTable table =
        Platforms.reading(sources(), () -> TcpTable.snapshot(TcpQuery.all().localPort(9)));

    assertThat(table.isEmpty()).isTrue();
    assertThat(table).isEmpty();
    assertThat(table.countByState()).isEmpty();
    assertThat(table.listeners()).isEmpty();
  }

  @Test
  void saysHowItWasTaken() {
    TcpTable table = table();

    assertThat(table.takenBy().name()).isEqualTo("fake");
    assertThat(table.takenBy().passedOver()).isEmpty();
    assertThat(table.takenFrom().sockets()).isEqualTo("netlink");
    assertThat(table.takenFrom().owners()).isEqualTo("proc");
    assertThat(table.takenFrom().passedOver())
        .containsExactly(entry("bpf", "proc is wanted: tcptable.owners=proc"));
    assertThat(table).hasToString("5 TCP sockets at " + table.takenAt() + " by fake");
  }

  /** The same process in another table, but not another one with its PID. */
  @Test
  void anOwnerIsEqualByPidAndStart() {
    OsProcess web = table().owners().get(0);
    assertThat(table().owners().get(0)).isEqualTo(web).hasSameHashCodeAs(web);
    assertThat(table().owners().get(1)).isNotEqualTo(web);
    assertThat(web).isNotEqualTo("web(100)").hasToString("web(100)");

    kernel.proc().end(100);
    kernel.proc().start(100, "web").holds(11);
    OsProcess other = table().owners().get(0);

    assertThat(other.pid()).isEqualTo(100);
    assertThat(other).isNotEqualTo(web);
    assertThat(other.startedAt()).isAfter(web.startedAt());
  }

  @ParameterizedTest
  @CsvSource({
    "socket, 13, EACCES, PERMISSION,",
    "socket, 24, EMFILE, EXHAUSTED, this process is out of descriptors; raise its limit (ulimit -n)",
    "socket, 23, ENFILE, EXHAUSTED, the system is out of descriptors (fs.file-max)",
    "send, 12, ENOMEM, EXHAUSTED, the kernel is short of memory; try again",
    "recvfrom, 1, EPERM, PERMISSION,",
    "openat, 24, EMFILE, EXHAUSTED, this process is out of descriptors; raise its limit (ulimit -n)",
    "getdents64, 12, ENOMEM, EXHAUSTED, the kernel is short of memory; try again",
    "readlinkat, 5, EIO, SYSTEM, unexpected here",
    "read, 4, EINTR, INTERRUPTED, interrupted again and again; try again"
  })
  void aFailureSaysWhatWasTriedWhatWasSaidAndWhatToDo(
      String call, int errno, String error, Kind kind, @Nullable String said) {
    String advice = said == null ? Errno.advice(errno) : said;
    SystemAccess sources = sources();
    kernel.on(call).fail(errno);

    assertThatThrownBy(() -> Platforms.reading(sources, () -> TcpTable.snapshot(TcpQuery.all())))
        .isInstanceOfSatisfying(
            TcpTableException.class,
            e -> {
              assertThat(e.kind()).isEqualTo(kind);
              assertThat(e.call()).isEqualTo(call);
              assertThat(e.error()).isEqualTo(error);
              assertThat(e)
                  .hasMessageEndingWith(": " + call + " failed with " + error + ": " + advice)
                  .hasCauseInstanceOf(RuntimeException.class);
              assertThat(e.getMessage()).hasLineCount(1);
            });
    assertThat(kernel.open()).isEmpty();
  }

  /** Whatever was under way when it failed, the next snapshot is whole. */
  @Test
  void aFailureLeavesNothingForTheNextSnapshot() {
    SystemAccess sources = sources();
    for (String call : List.of("send", "recvfrom", "openat", "readlinkat", "read")) {
      kernel.on(call).once().fail(12);
      assertThatThrownBy(() -> Platforms.reading(sources, () -> TcpTable.snapshot(TcpQuery.all())))
          .isInstanceOf(TcpTableException.class);

      TcpTable table = Platforms.reading(sources, () -> TcpTable.snapshot(TcpQuery.all()));
      assertThat(table.size()).isEqualTo(5);
      assertThat(table.owners()).extracting(OsProcess::pid).containsExactly(100L, 200L);
    }
  }
}
