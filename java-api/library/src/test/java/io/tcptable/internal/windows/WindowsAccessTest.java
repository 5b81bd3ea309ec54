// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.windows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tcptable.internal.binding.BindingException;
import io.tcptable.internal.binding.BindingSelection;
import io.tcptable.internal.platform.PinnedHandle;
import io.tcptable.internal.platform.ProcessSource;
import io.tcptable.internal.platform.SourceException;
import io.tcptable.internal.platform.SourceException.Kind;
import io.tcptable.internal.platform.SystemAccess;
import io.tcptable.internal.table.OwnerColumns;
import io.tcptable.internal.table.OwnerSearch;
import io.tcptable.internal.table.ProcessIdentity;
import io.tcptable.internal.table.SocketColumns;
import io.tcptable.internal.table.SocketColumnsBuilder;
import io.tcptable.internal.table.SocketFilter;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Everything above the calls, by a Windows that does what is rare on a real one. */
class WindowsAccessTest {

  private static final int LISTEN = 2;
  private static final int TIME_WAIT = 11;
  private static final int AF_INET6 = 23;

  @Test
  void aTableLargerThanTheRoomIsAskedForAgain() {
    TcpTableBytes table = v4(50_000);
    IntStream.range(0, 50_000).forEach(i -> table.row(5, i + 1, 80, 8));
    FakeWindows windows = new FakeWindows().table(table);
    assertThat(sockets(windows, SocketFilter.all()).size()).isEqualTo(50_000);
    assertThat(windows.tableClasses).hasSize(3);
  }

  @Test
  void aTableThatGrowsForeverEndsInAnError() {
    FakeWindows windows =
        new FakeWindows() {
          @Override
          public int GetExtendedTcpTable(
              ByteBuffer table, ByteBuffer size, int order, int family, int tableClass) {
            tableClasses.add(tableClass);
            size.putInt(0, size.getInt(0) + 1000);
            return -Win32Error.INSUFFICIENT_BUFFER;
          }
        };
    assertThatThrownBy(() -> sockets(windows, SocketFilter.all()))
        .isInstanceOfSatisfying(
            SourceException.class, e -> assertThat(e.kind()).isEqualTo(Kind.INTERRUPTED))
        .hasMessageContaining("ERROR_INSUFFICIENT_BUFFER: it grew faster");
    assertThat(windows.tableClasses).hasSize(GrowingBuffer.MOST_ATTEMPTS);
  }

  @ParameterizedTest
  @CsvSource({"1, true", "7, true", "8, false"})
  void memoryThatIsShortForAMomentIsNoError(int times, boolean answers) {
    FakeWindows windows =
        new FakeWindows() {
          private int left = times;

          @Override
          public int GetExtendedTcpTable(
              ByteBuffer table, ByteBuffer size, int order, int family, int tableClass) {
            return left-- > 0
                ? -Win32Error.OUTOFMEMORY
                : super.GetExtendedTcpTable(table, size, order, family, tableClass);
          }
        }.table(v4(1).row(LISTEN, 3001, 0, 8));
    if (answers) {
      assertThat(sockets(windows, SocketFilter.all()).size()).isEqualTo(1);
    } else {
      assertThatThrownBy(() -> sockets(windows, SocketFilter.all()))
          .isInstanceOfSatisfying(
              SourceException.class, e -> assertThat(e.kind()).isEqualTo(Kind.EXHAUSTED))
          .hasMessageContaining("ERROR_OUTOFMEMORY: the system is short of memory; try again");
    }
  }

  @Test
  void withoutIpv6ThereIsIpv4() {
    FakeWindows windows =
        new FakeWindows() {
          @Override
          public int GetExtendedTcpTable(
              ByteBuffer table, ByteBuffer size, int order, int family, int tableClass) {
            return family == AF_INET6
                ? -Win32Error.NOT_SUPPORTED
                : super.GetExtendedTcpTable(table, size, order, family, tableClass);
          }
        }.table(v4(1).row(LISTEN, 3001, 0, 8));
    assertThat(sockets(windows, SocketFilter.all()).size()).isEqualTo(1);
  }

  @Test
  void anErrorIsNamed() {
    FakeWindows windows =
        new FakeWindows() {
          @Override
          public int GetExtendedTcpTable(
              ByteBuffer table, ByteBuffer size, int order, int family, int tableClass) {
            return -Win32Error.ACCESS_DENIED;
          }
        };
    assertThatThrownBy(() -> sockets(windows, SocketFilter.all()))
        .hasMessage(
            "asking Windows for TCP sockets: GetExtendedTcpTable failed with ERROR_ACCESS_DENIED:"
                + " this user may not; try as administrator");
  }

  @ParameterizedTest
  @CsvSource({
    "0xc0000022, PERMISSION, this user may not; try as administrator",
    "0xc000009a, EXHAUSTED, the system is short of memory; try again",
    "0xc0000003, UNSUPPORTED, this Windows does not offer it",
    "0xc0000001, SYSTEM, unexpected here"
  })
  void aStatusIsAKindOfFailure(String status, Kind kind, String advice) {
    FakeWindows windows =
        new FakeWindows() {
          @Override
          public int NtQuerySystemInformation(
              int systemClass, ByteBuffer system, ByteBuffer length) {
            return Long.decode(status).intValue();
          }
        };
    assertThatThrownBy(() -> new ProcessList(windows).read())
        .isInstanceOfSatisfying(SourceException.class, e -> assertThat(e.kind()).isEqualTo(kind))
        .hasMessage(
            "listing processes: NtQuerySystemInformation failed with NTSTATUS "
                + status
                + ": "
                + advice);
  }

  @Test
  void listenersAloneAreAskedForAsSuch() {
    FakeWindows windows = new FakeWindows();
    sockets(windows, SocketFilter.all().withStates(1 << 10).withFamilies(true, false));
    sockets(windows, SocketFilter.all().withStates(1 << 10 | 1 << 1).withFamilies(false, true));
    sockets(
        windows, SocketFilter.all().withStates(1 << 10).withFamilies(true, false).withoutOwners());
    sockets(windows, SocketFilter.all().withFamilies(true, false).withoutOwners());
    assertThat(windows.tableClasses).containsExactly(6, 8, 3, 5);
  }

  @Test
  void ghostsHaveNoKnownOwner() {
    FakeWindows windows =
        new FakeWindows()
            .table(
                v4(5)
                    .row(LISTEN, 1, 0, 400)
                    .row(LISTEN, 2, 0, 404)
                    .row(LISTEN, 3, 0, 408)
                    .row(LISTEN, 4, 0, 4)
                    .row(TIME_WAIT, 5, 6, 0))
            .process(0, 0, 0, "")
            .process(4, 0, 1, "System")
            .process(400, 4, 2, "node.exe")
            .ended(404, 3, "python.exe");
    SocketColumns sockets = sockets(windows, SocketFilter.all());
    OwnerColumns owners = owners(windows, sockets);
    assertThat(owners.process(owners.owner(0, 0)).name()).isEqualTo("node.exe");
    // Ended, but not yet forgotten; ended and forgotten.
    for (int row = 1; row < 3; row++) {
      assertThat(owners.count(row)).isZero();
      assertThat(owners.isNone(row)).isFalse();
    }
    assertThat(owners.process(owners.owner(3, 0)).name()).isEqualTo("System");
    assertThat(owners.isNone(4)).isTrue();
  }

  /** Of the process that has the PID now are only the sockets made since it started. */
  @Test
  void aPidGivenAwayIsNoOwner() {
    FakeWindows windows =
        new FakeWindows()
            .table(
                v4(5)
                    .row(LISTEN, 1, 0, 400, 99)
                    .row(LISTEN, 2, 0, 400, 100)
                    .row(LISTEN, 3, 0, 404, 199)
                    .row(LISTEN, 4, 0, 404, 0)
                    .row(LISTEN, 5, 0, 408, 250))
            .process(400, 0, 100, "node.exe")
            .process(404, 0, 200, "python.exe")
            .process(408, 0, 300, "another.exe")
            .process(412, 408, 260, "heir.exe")
            .process(416, 408, 310, "child.exe");
    SocketColumns sockets = sockets(windows, SocketFilter.all());
    OwnerColumns owners = owners(windows, sockets);

    assertThat(IntStream.range(0, 5).map(owners::count)).containsExactly(0, 1, 0, 1, 0);
    assertThat(IntStream.range(0, 5)).noneMatch(owners::isNone);
    assertThat(owners.process(owners.owner(1, 0)).name()).isEqualTo("node.exe");
    assertThat(owners.process(owners.owner(3, 0)).name()).isEqualTo("python.exe");
    assertThat(owners.processCount()).isEqualTo(2);
    assertThat(processes(windows).startedBy(408))
        .extracting(ProcessIdentity::name)
        .containsExactly("heir.exe");
  }

  @Test
  void anAccountHasANameOrANumber() {
    FakeWindows windows =
        new FakeWindows()
            .process(400, 0, 1, "named.exe")
            .process(404, 0, 1, "nameless.exe")
            .process(408, 0, 1, "ended.exe");
    ProcessSource processes = processes(windows);
    ProcessIdentity ended = processes.find(408).orElseThrow();
    windows.TerminateProcess(408, 1);

    assertThat(processes.user(processes.find(400).orElseThrow())).contains("PC\\J\u00f6rg");
    assertThat(processes.user(processes.find(404).orElseThrow())).contains("S-1-5-21-404");
    assertThat(processes.user(ended)).isEmpty();
    assertThat(windows.openHandles()).isZero();
  }

  @Test
  void servicesAreKnownByTheirSockets() {
    FakeWindows windows =
        new FakeWindows()
            .table(
                v4(6)
                    .row(LISTEN, 1, 0, 400, 150, 7)
                    .row(LISTEN, 2, 0, 400, 150, 7)
                    .row(LISTEN, 3, 0, 400, 150, 8)
                    .row(LISTEN, 4, 0, 404, 150, 0)
                    // Made before the process that has the PID now.
                    .row(LISTEN, 5, 0, 408, 150, 7)
                    .row(LISTEN, 6, 0, 412, 0, 7))
            .process(400, 0, 100, "svchost.exe")
            .process(404, 0, 100, "python.exe")
            .process(408, 0, 200, "node.exe")
            .process(412, 0, 100, "svchost.exe");

    assertThat(service(windows, 400)).isEqualTo("Seven");
    assertThat(service(windows, 404)).isNull();
    assertThat(service(windows, 408)).isNull();
    assertThat(service(windows, 412)).isEqualTo("Seven");
    assertThat(windows.openHandles()).isZero();
  }

  private static @Nullable String service(FakeWindows windows, int pid) {
    ProcessSource processes = processes(windows);
    return processes
        .placement(processes.find(pid).orElseThrow())
        .orElseThrow()
        .service()
        .orElse(null);
  }

  @Test
  void manyProcesses() {
    FakeWindows windows = new FakeWindows().table(v4(1).row(LISTEN, 1, 0, 19_996));
    for (int pid = 4; pid < 20_000; pid += 4) {
      windows.process(pid, 0, pid, "process" + pid + ".exe");
    }
    OwnerColumns owners = owners(windows, sockets(windows, SocketFilter.all()));
    assertThat(owners.process(0).name()).isEqualTo("process19996.exe");
    assertThat(owners.process(0).startedAt()).isEqualTo(ListedProcess.instant(19_996));
  }

  @Test
  void timesAreThoseOfWindows() {
    assertThat(ListedProcess.instant(116_444_736_000_000_000L)).isEqualTo(Instant.EPOCH);
    assertThat(ListedProcess.instant(116_444_736_000_000_001L))
        .isEqualTo(Instant.EPOCH.plusNanos(100));
  }

  @Test
  void aParentIsOlderThanItsChild() {
    ProcessSource processes =
        processes(
            new FakeWindows()
                .process(0, 0, 0, "")
                .process(400, 0, 10, "shell.exe")
                .process(404, 400, 20, "server.exe")
                .process(408, 404, 30, "worker.exe")
                // Its parent has ended, and the PID has gone to another.
                .process(412, 404, 15, "orphan.exe"));
    ProcessIdentity shell = processes.find(400).orElseThrow();
    assertThat(processes.parent(processes.find(404).orElseThrow())).contains(shell);
    assertThat(processes.parent(processes.find(412).orElseThrow())).isEmpty();
    assertThat(processes.parent(shell)).isEmpty();
    assertThat(processes.descendants(shell))
        .extracting(ProcessIdentity::pid)
        .containsExactly(404, 408);
  }

  @Test
  void aPidGivenAwayIsNotHeld() {
    FakeWindows windows = new FakeWindows().process(400, 0, 10, "server.exe");
    ProcessSource processes = processes(windows);
    ProcessIdentity before = processes.find(400).orElseThrow();
    windows.TerminateProcess(400, 1);
    windows.process(400, 0, 11, "another.exe");
    assertThat(processes.hold(before)).isEmpty();
    assertThat(processes.isAlive(before)).isFalse();
    assertThat(windows.openHandles()).isZero();
  }

  @Test
  void whatOneMayNotOpenIsNotEnded() throws InterruptedException {
    ProcessSource processes =
        processes(
            new FakeWindows() {
              @Override
              public long OpenProcess(int access, int pid) {
                return -Win32Error.ACCESS_DENIED;
              }
            }.process(4, 0, 1, "System"));
    ProcessIdentity system = processes.find(4).orElseThrow();
    try (PinnedHandle hold = processes.hold(system).orElseThrow()) {
      assertThat(hold.maySignal()).isFalse();
      assertThat(hold.canBeAsked()).isFalse();
      assertThat(hold.hasEnded()).isFalse();
      assertThatThrownBy(hold::kill).hasMessageContaining("try as administrator");
      assertThat(hold.awaitEnd(Duration.ofMillis(1))).isFalse();
    }
    assertThat(processes.commandLine(system)).isEmpty();
    assertThat(processes.user(system)).isEmpty();
    assertThat(processes.executable(system)).isEmpty();
  }

  @Test
  void endedOnceHeld() {
    FakeWindows windows = new FakeWindows().process(400, 0, 10, "server.exe");
    ProcessSource processes = processes(windows);
    try (PinnedHandle hold = processes.hold(processes.find(400).orElseThrow()).orElseThrow()) {
      assertThat(hold.maySignal()).isTrue();
      assertThat(hold.kill()).isTrue();
      assertThat(hold.hasEnded()).isTrue();
      assertThat(hold.kill()).isFalse();
    }
    assertThat(windows.openHandles()).isZero();
  }

  @Test
  void withoutNativeCallsThereIsNothing() {
    assertThatThrownBy(
            () -> WindowsAccess.of(new BindingSelection<>("java", null, Map.of("ffm", "too old"))))
        .isInstanceOf(BindingException.class)
        .hasMessage("Windows tells its sockets by native calls only; ffm: too old");
  }

  /** Windows starts it for the first program on a console. */
  @Test
  void theHostOfAConsoleIsNotStartedByAServer() {
    FakeWindows windows =
        new FakeWindows()
            .process(400, 0, 10, "cmd.exe")
            .process(404, 400, 20, "conhost.exe")
            .process(408, 400, 30, "node.exe");
    ProcessSource processes = processes(windows);
    ProcessIdentity shell = processes.find(400).orElseThrow();

    assertThat(processes.descendants(shell))
        .extracting(ProcessIdentity::name)
        .containsExactly("node.exe");
    assertThat(processes.parents()).containsOnlyKeys(processes.find(408).orElseThrow());
  }

  private static SystemAccess sources(FakeWindows windows) {
    return WindowsAccess.of(new BindingSelection<>("fake", windows, Map.of()));
  }

  private static ProcessSource processes(FakeWindows windows) {
    return sources(windows).processes();
  }

  private static SocketColumns sockets(FakeWindows windows, SocketFilter filter) {
    SocketColumnsBuilder builder = new SocketColumnsBuilder();
    sources(windows).sockets().read(filter, builder);
    return builder.build();
  }

  private static OwnerColumns owners(FakeWindows windows, SocketColumns sockets) {
    OwnerSearch search = new OwnerSearch();
    search.start(sockets);
    sources(windows).owners().find(search);
    return search.finish(sockets);
  }

  private static TcpTableBytes v4(int rows) {
    return new TcpTableBytes(TcpRowLayout.V4_OWNER_PID, rows);
  }
}
