// SPDX-License-Identifier: Apache-2.0
package io.tcptable.restart;

import io.tcptable.Advice;
import io.tcptable.OsProcess;
import io.tcptable.TcpSocket;
import io.tcptable.internal.server.PortScope;
import io.tcptable.internal.server.Supervisor;
import java.util.Optional;
import java.util.stream.Stream;

/** Why an owner of a port must not be stopped, and what to do instead. */
final class OwnerRefusals {

  private OwnerRefusals() {}

  static Refusal foreign(OsProcess owner, TcpSocket socket) {
    return Refusal.hint(
        Refusal.Kind.OWNERS_CHANGED,
        owner
            + owner.user().map(name -> " of user " + name).orElse("")
            + " holds "
            + socket.local()
            + " ("
            + socket.state()
            + "), which UID "
            + socket.uid().orElse(0)
            + " has opened; the socket may have been passed to it",
        "Find out why it holds the socket. Stop the other processes directly.");
  }

  /**
   * A listener that is protected.
   *
   * @param why it is on the port
   * @param reason why it is protected, as part of a sentence
   * @param supervisor what it is for the server
   */
  static Refusal protectedListener(
      OsProcess owner, String why, String reason, Optional<Supervisor> supervisor) {
    return supervisor
        .filter(it -> it.kind() == Supervisor.Kind.SUPER_SERVER)
        .map(it -> superServer(owner, it))
        .orElseGet(
            () ->
                Refusal.of(
                    Refusal.Kind.PROTECTED,
                    owner + " " + why + " and must not be stopped: it " + reason));
  }

  private static Refusal superServer(OsProcess owner, Supervisor supervisor) {
    return new Refusal(
        Refusal.Kind.SUPERVISED,
        supervisor.seen(owner.toString()) + supervisor.consequence(),
        Stream.concat(Stream.of(supervisor.restart()), supervisor.status().stream()).toList());
  }

  /**
   * One that would be started again.
   *
   * @param byRuntime whether the runtime of its container can restart it
   */
  static Refusal supervised(
      OsProcess owner, Supervisor supervisor, PortScope scope, boolean byRuntime) {
    return new Refusal(
        Refusal.Kind.SUPERVISED,
        supervisor.seen(owner.toString()) + supervisor.consequence(),
        Stream.of(
                Optional.of(supervisor.restart()),
                byRuntime
                    ? Optional.of(new Advice.RestartByRuntime(scope.port(), scope.address()))
                    : Optional.<Advice>empty(),
                Optional.of(new Advice.IgnoreSupervisor()))
            .<Advice>flatMap(Optional::stream)
            .toList());
  }
}
