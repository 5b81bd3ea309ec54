// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.server;

import io.tcptable.Advice;
import io.tcptable.internal.platform.Platform;
import io.tcptable.internal.platform.SocketUnit;
import io.tcptable.internal.platform.SystemCommands;
import java.util.Collection;
import java.util.Optional;

/**
 * A port that a service manager listens on for a service, which it starts at the first connection
 * and hands the listener to: {@code systemd.socket(5)}.
 */
public final class SocketActivation {

  /** The service manager, that of the system or of a user. */
  static final String MANAGER = "systemd";

  private SocketActivation() {}

  /**
   * Whether nobody but service managers listens, so that a connection starts a service that does
   * not run.
   *
   * @param listening the processes that listen on the port
   */
  public static boolean isWaiting(Collection<? extends ServerProcess> listening, Viewpoint view) {
    return !listening.isEmpty()
        && listening.stream().allMatch(it -> isManager(it) && view.believes(it, it));
  }

  private static boolean isManager(ServerProcess process) {
    return ServerProgram.fileName(process)
        .orElseGet(() -> ServerProgram.ownName(process))
        .equals(MANAGER);
  }

  /** Who starts the server of the port. */
  static Supervisor supervisor(ServerProcess manager, int port, Platform platform) {
    return manager.pid() == Platform.INIT
        ? ofSystem(platform.socketUnit(port), platform.commands())
        : unnamed("systemctl --user");
  }

  static Supervisor ofSystem(Optional<SocketUnit> socket, SystemCommands commands) {
    return socket
        .map(
            it ->
                new Supervisor(
                    Supervisor.Kind.SUPER_SERVER,
                    it.name(),
                    // While its service runs, a socket cannot be restarted.
                    new Advice.Command(
                        commands.service("restart", it.service().orElse(it.name()), false)),
                    Optional.of(new Advice.Command(commands.service("status", it.name(), false)))))
        .orElseGet(() -> unnamed("systemctl"));
  }

  private static Supervisor unnamed(String systemctl) {
    return new Supervisor(
        Supervisor.Kind.SUPER_SERVER,
        MANAGER,
        new Advice.Hint("Restart the service of the socket with " + systemctl + " restart."),
        Optional.of(new Advice.Command(systemctl + " list-sockets")));
  }
}
