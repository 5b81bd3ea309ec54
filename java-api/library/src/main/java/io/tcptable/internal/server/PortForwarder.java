// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.server;

import io.tcptable.Advice;
import io.tcptable.internal.server.Supervisor.Kind;
import java.util.Optional;

/**
 * A process that listens on the port only to hand its connections on to the real server, or to
 * start that.
 *
 * @param server the process
 * @param view from where it is looked at
 */
record PortForwarder(ServerProcess server, int port, Viewpoint view) {

  /**
   * How to restart the real server; empty if this is the real one.
   *
   * @param program the name of the program that the process is believed to run
   */
  Optional<Supervisor> supervisor(String program) {
    return switch (program) {
      case "docker-proxy" -> forward("Docker", "docker");
      case "conmon" ->
          ForwardTarget.of(server, port)
              .flatMap(ForwardTarget::container)
              .map(this::ofPodman)
              .or(() -> forward("Podman", "podman"));
      case "rootlessport" -> forward("Podman", "podman");
      case "sshd", "sshd-session" ->
          found(
              Kind.SSH_FORWARD,
              "an SSH connection",
              new Advice.Hint("Close the SSH connection that forwards port " + port + "."));
      case "inetd", "xinetd" ->
          found(
              Kind.SUPER_SERVER,
              program,
              new Advice.Command(view.platform().commands().service("restart", program, false)));
      case SocketActivation.MANAGER ->
          Optional.of(SocketActivation.supervisor(server, port, view.platform()));
      case "socat", "socat1" ->
          ForwardTarget.of(server, port)
              .flatMap(
                  target ->
                      found(
                          Kind.FORWARD,
                          target.words(),
                          new Advice.Hint("Restart the server at " + target.words() + ".")));
      default ->
          ForwarderPrograms.of(program)
              .flatMap(it -> found(Kind.FORWARD, it.target(), new Advice.Hint(it.advice())));
    };
  }

  private Optional<Supervisor> forward(String name, String tool) {
    String filter = " --filter publish=" + port;
    return Optional.of(
        new Supervisor(
            Kind.CONTAINER_FORWARD,
            name,
            new Advice.Command(tool + " restart $(" + tool + " ps -q" + filter + ")"),
            Optional.of(new Advice.Command(tool + " ps" + filter))));
  }

  private Supervisor ofPodman(String container) {
    return new Supervisor(
        Kind.CONTAINER_FORWARD,
        "Podman, " + container.substring(container.indexOf(' ') + 1),
        new Advice.Command(commands().ofContainer(container, "restart")),
        Optional.of(new Advice.Command(commands().ofContainer(container, "logs"))));
  }

  private SupervisorCommand commands() {
    return new SupervisorCommand(view.platform());
  }

  private static Optional<Supervisor> found(Kind kind, String name, Advice restart) {
    return Optional.of(new Supervisor(kind, name, restart, Optional.empty()));
  }
}
