// SPDX-License-Identifier: Apache-2.0
package io.tcptable.restart;

import io.tcptable.Advice;
import io.tcptable.InheritedSocket;
import io.tcptable.Ownership;
import io.tcptable.TcpSocket;
import io.tcptable.TcpState;
import io.tcptable.TcpTable;
import io.tcptable.internal.Platforms;
import io.tcptable.internal.platform.Phrase;
import io.tcptable.internal.platform.Right;
import io.tcptable.internal.server.PortScope;
import io.tcptable.internal.wording.Quantities;
import io.tcptable.restart.Refusal.Kind;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Reads the table of a port until it is known who owns what. A socket that is closed while the
 * owners are looked for has no owner that could be found; one that has none twice in a row is held
 * by a process that cannot be seen.
 */
final class OwnedSnapshot {

  private static final long BETWEEN_MILLIS = 50;

  private OwnedSnapshot() {}

  /**
   * The table, all owners known.
   *
   * @throws StepException if a process that cannot be seen is on the port
   */
  static TcpTable read(PortScope scope) throws StepException, InterruptedException {
    TcpTable first = TcpTable.snapshot(scope.port());
    Set<OptionalLong> unknown = new HashSet<>();
    for (TcpSocket socket : in(scope, first)) {
      if (socket.ownership() == Ownership.UNKNOWN) {
        unknown.add(socket.inode());
      }
    }
    if (unknown.isEmpty()) {
      return first;
    }
    Thread.sleep(BETWEEN_MILLIS);
    TcpTable second = TcpTable.snapshot(scope.port());
    Optional<TcpSocket> hidden =
        in(scope, second).stream()
            .filter(socket -> socket.ownership() == Ownership.UNKNOWN)
            .filter(socket -> socket.state() == TcpState.LISTEN || unknown.contains(socket.inode()))
            .findFirst();
    if (hidden.isPresent()) {
      throw new StepException(hidden(hidden.get(), second, scope));
    }
    return second;
  }

  private static List<TcpSocket> in(PortScope scope, TcpTable table) {
    return scope.of(table.stream().toList(), TargetSelector::asPortSocket);
  }

  private static Refusal inherited(String what, InheritedSocket ended) {
    String message =
        what + ": PID " + ended.pid() + " has ended, and another process has its handle";
    return ended.heirs().isEmpty()
        ? Refusal.hint(Kind.OWNER_UNKNOWN, message, phrase(Phrase.FREE_FROM_HIDDEN_OWNER))
        : new Refusal(
            Kind.OWNER_UNKNOWN,
            message + ", probably one that it started: " + Processes.names(ended.heirs()),
            ended.heirs().stream()
                .<Advice>map(
                    heir ->
                        new Advice.Command(Platforms.current().commands().terminate(heir.pid())))
                .toList());
  }

  private static Refusal hidden(TcpSocket socket, TcpTable table, PortScope scope) {
    String what = "the owner of " + socket.local() + " (" + socket.state() + ") is not known";
    Optional<InheritedSocket> ended = socket.endedOwner();
    if (ended.isPresent()) {
      return inherited(what, ended.get());
    }
    if (table.hasHiddenProcesses()) {
      return Refusal.of(
          Kind.OWNER_UNKNOWN,
          what + ": processes of other users are hidden from this user",
          Refusal.permit(Right.SEE_PROCESSES));
    }
    int unreadable = table.unreadableProcesses();
    return unreadable > 0
        ? Refusal.of(
            Kind.OWNER_UNKNOWN,
            what + ": this user cannot inspect " + Quantities.count(unreadable, "process"),
            Refusal.permit(Right.SEE_PROCESSES))
        : Refusal.of(
            Kind.OWNER_UNKNOWN,
            what + ": " + phrase(Phrase.HIDDEN_OWNER),
            new Advice.Hint(phrase(Phrase.FREE_FROM_HIDDEN_OWNER)),
            Refusal.diagnose(scope));
  }

  private static String phrase(Phrase of) {
    return Platforms.current().phrases().of(of);
  }
}
