// SPDX-License-Identifier: Apache-2.0
package io.tcptable.agreement;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.OsProcess;
import io.tcptable.TcpQuery;
import io.tcptable.TcpTable;
import io.tcptable.internal.Platforms;
import io.tcptable.internal.binding.BindingSelection;
import io.tcptable.internal.binding.LinuxCalls;
import io.tcptable.internal.linux.LinuxAccess;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Takes snapshots in whose midst a process that holds port 3001 ends, and another one that holds
 * port 3002 is born with the same PID: once after each system call that is made to look into it.
 * Neither may be named as an owner of the other's port. For a PID namespace of its own.
 */
final class ReusedPidMain {

  private static final long TICK_MILLIS = 10;

  private static final String SCENE =
      """
      first, second = listen('127.0.0.1', 3001), listen('127.0.0.1', 3002)

      def end(pid):
          os.kill(pid, 9)
          os.waitpid(pid, 0)

      def swap():
          end(pid)
          while True:
              open('/proc/sys/kernel/ns_last_pid', 'w').write(str(pid - 1))
              other = fork(first.close)
              if other == pid and started(other) != start:
                  break
              end(other)
      """;

  private static final String HOLD_FIRST =
      """
      pid = fork(second.close)
      start = started(pid)
      """;

  private ReusedPidMain() {}

  public static void main(String[] args) throws IOException {
    LinuxCalls calls = Objects.requireNonNull(BindingSelection.of(LinuxCalls.class, null).calls());
    try (PythonPeer peer = new PythonPeer(List.of())) {
      peer.run(SCENE);
      int step = 0;
      while (survives(peer, calls, step)) {
        step++;
      }
      // Opened, listed, read one link at least, identified by three calls, closed.
      assertThat(step).isGreaterThan(6);
      System.out.println("swapped after each of " + step + " calls");
    }
  }

  /** Returns false if less calls than these are made to look into the process. */
  private static boolean survives(PythonPeer peer, LinuxCalls calls, int step) {
    peer.run(HOLD_FIRST);
    long pid = peer.number("answer = pid");
    long firstTick = peer.number("answer = start");
    LookInterrupted look = new LookInterrupted(calls, pid, step, () -> peer.run("swap()"));
    TcpTable table =
        Platforms.reading(
            LinuxAccess.of(new BindingSelection<>("interrupted", look.calls(), Map.of()), "proc"),
            () -> TcpTable.snapshot(TcpQuery.all()));
    Instant origin = origin(table, peer);
    Instant first = origin.plusMillis(TICK_MILLIS * firstTick);
    if (look.isInterrupted()) {
      long secondTick = peer.number("answer = started(pid)");
      check(table, 3001, pid, first, step);
      check(table, 3002, pid, origin.plusMillis(TICK_MILLIS * secondTick), step);
    } else {
      assertThat(owners(table, 3001, pid))
          .as("who is left in peace")
          .extracting(OsProcess::startedAt)
          .containsExactly(first);
      assertThat(owners(table, 3002, pid)).isEmpty();
    }
    peer.run("end(pid)");
    return look.isInterrupted();
  }

  /** When clock ticks began to count, by the peer, who knows both figures of itself. */
  private static Instant origin(TcpTable table, PythonPeer peer) {
    return owners(table, 3001, peer.pid())
        .get(0)
        .startedAt()
        .minusMillis(TICK_MILLIS * peer.number("answer = started(os.getpid())"));
  }

  private static List<OsProcess> owners(TcpTable table, int port, long pid) {
    return table.stream()
        .filter(socket -> socket.localPort() == port)
        .flatMap(socket -> socket.owners().stream())
        .filter(owner -> owner.pid() == pid)
        .toList();
  }

  /** If the PID is named as an owner of the port, the process that really held it must be meant. */
  private static void check(TcpTable table, int port, long pid, Instant startedAt, int step) {
    assertThat(owners(table, port, pid))
        .as("port %d, swapped after call %d", port, step)
        .allSatisfy(owner -> assertThat(owner.startedAt()).isEqualTo(startedAt));
  }
}
