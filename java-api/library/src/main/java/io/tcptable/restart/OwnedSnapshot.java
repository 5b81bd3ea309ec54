// SPDX-License-Identifier: Apache-2.0
package io.tcptable.restart;

import io.tcptable.InheritedSocket;
import io.tcptable.Ownership;
import io.tcptable.TcpSocket;
import io.tcptable.TcpState;
import io.tcptable.TcpTable;
import io.tcptable.diagnose.SystemWords;
import java.util.HashSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Reads the table of a port until it is known who owns what. A socket that is closed while the
 * owners are looked for has no owner that could be found; one that has none twice in a row is held
 * by somebody who cannot be seen.
 */
final class OwnedSnapshot {

  private static final long BETWEEN_MILLIS = 50;

  private OwnedSnapshot() {}

  /**
   * The table, all owners known.
   *
   * @throws StepException if somebody who cannot be seen is on the port
   */
  static TcpTable read(int port) throws StepException, InterruptedException {
    TcpTable first = TcpTable.snapshot(port);
    Set<OptionalLong> unknown = new HashSet<>();
    for (TcpSocket socket : first) {
      if (socket.ownership() == Ownership.UNKNOWN) {
        unknown.add(socket.inode());
      }
    }
    if (unknown.isEmpty()) {
      return first;
    }
    Thread.sleep(BETWEEN_MILLIS);
    TcpTable second = TcpTable.snapshot(port);
    Optional<TcpSocket> hidden =
        second.stream()
            .filter(socket -> socket.ownership() == Ownership.UNKNOWN)
            .filter(socket -> socket.state() == TcpState.LISTEN || unknown.contains(socket.inode()))
            .findFirst();
    if (hidden.isPresent()) {
      throw new StepException(hidden(hidden.get(), second.unreadableProcesses()));
    }
    return second;
  }

  private static Refusal inherited(String what, InheritedSocket ended) {
    SystemWords words = SystemWords.ofThisSystem();
    String message = what + ": PID " + ended.pid() + " has ended, and another has its handle";
    return ended.heirs().isEmpty()
        ? Refusal.of(Refusal.Kind.OWNER_UNKNOWN, message, words.freeFromHiddenOwner())
        : Refusal.of(
            Refusal.Kind.OWNER_UNKNOWN,
            message + ", likely one that it started: " + Stopper.names(ended.heirs()),
            ended.heirs().stream().map(heir -> words.end(heir.pid())).toArray(String[]::new));
  }

  private static Refusal hidden(TcpSocket socket, int unreadable) {
    String what = "it cannot be seen who owns " + socket.state() + " " + socket.local();
    Optional<InheritedSocket> ended = socket.endedOwner();
    if (ended.isPresent()) {
      return inherited(what, ended.get());
    }
    return unreadable > 0
        ? Refusal.of(
            Refusal.Kind.OWNER_UNKNOWN,
            what
                + ": this user may not look into "
                + (unreadable == 1 ? "1 process" : unreadable + " processes"),
            "try as " + SystemWords.ofThisSystem().superuser())
        : Refusal.of(
            Refusal.Kind.OWNER_UNKNOWN,
            what + ": " + SystemWords.ofThisSystem().hiddenOwner(),
            SystemWords.ofThisSystem().freeFromHiddenOwner());
  }
}
