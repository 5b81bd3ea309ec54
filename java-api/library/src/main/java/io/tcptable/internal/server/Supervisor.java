// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.server;

import io.tcptable.Advice;
import io.tcptable.internal.Platforms;
import io.tcptable.internal.platform.SystemCommands;
import io.tcptable.process.ProcessPlacement;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongPredicate;

/**
 * Who runs a server and would start it again, or report it as failed, if it were stopped directly.
 *
 * @param kind what it is
 * @param name what it is called: {@code web.service}, {@code supervisord}
 * @param restart how to restart the server there
 * @param status how to look at the server there; empty if no command is known
 */
public record Supervisor(Kind kind, String name, Advice restart, Optional<Advice> status) {

  /** What a supervisor is. */
  public enum Kind {
    /** A service manager of the system, by the service. */
    SERVICE("is managed by", ": restart it there"),
    /** A container, which is started and stopped as a whole. */
    CONTAINER("runs in", ": restart that"),
    /** A program that starts servers and watches them, such as supervisord. */
    PROGRAM("is managed by", ": restart it there"),
    /** Not the server itself: a process that forwards the port to a container. */
    CONTAINER_FORWARD("forwards the port to a container of", ": restart the container"),
    /** Not the server itself: a process that forwards the port through an SSH connection. */
    SSH_FORWARD("forwards the port for", ": close that connection"),
    /** A process that starts a server for each connection. */
    SUPER_SERVER("starts servers on demand as", ": restart that service");

    private final String relation;
    private final String consequence;

    Kind(String relation, String consequence) {
      this.relation = relation;
      this.consequence = consequence;
    }
  }

  /** Services that start unrelated processes and do not watch over them. */
  private static final Set<String> HOSTS =
      Set.of("cron", "crond", "cronie", "anacron", "atd", "ssh", "sshd");

  /** What was seen: {@code python3(8842) is managed by supervisord}. */
  public String seen(String processes) {
    return processes + " " + kind.relation + " " + name;
  }

  /** What to do with it, after {@link #seen}: {@code : restart it there}. */
  public String consequence() {
    return kind.consequence;
  }

  /**
   * The supervisor of a process that is on the port; empty if none is known.
   *
   * @param self this process
   * @param isOwnAncestor whether this process descends from that one
   */
  public static Optional<Supervisor> of(
      ServerProcess process, int port, ServerProcess self, LongPredicate isOwnAncestor) {
    return forwarder(process, port)
        .or(() -> container(process, self))
        .or(() -> service(process, self))
        .or(() -> ancestor(process, isOwnAncestor));
  }

  /** A process that only hands connections on to the real server. */
  private static Optional<Supervisor> forwarder(ServerProcess process, int port) {
    String name = process.name();
    return switch (name) {
      case "docker-proxy" -> forward("Docker", "docker", port);
      case "rootlessport", "conmon" -> forward("Podman", "podman", port);
      case "sshd", "sshd-session" ->
          found(
              Kind.SSH_FORWARD,
              "an SSH connection",
              new Advice.Hint("Close the SSH connection that forwards port " + port + "."));
      case "inetd", "xinetd" ->
          found(Kind.SUPER_SERVER, name, new Advice.Command("systemctl restart " + name));
      default -> Optional.empty();
    };
  }

  private static Optional<Supervisor> forward(String name, String tool, int port) {
    String filter = " --filter publish=" + port;
    return Optional.of(
        new Supervisor(
            Kind.CONTAINER_FORWARD,
            name,
            new Advice.Command(tool + " restart $(" + tool + " ps -q" + filter + ")"),
            Optional.of(new Advice.Command(tool + " ps" + filter))));
  }

  /** A container that this process itself is not part of. */
  private static Optional<Supervisor> container(ServerProcess process, ServerProcess self) {
    Optional<String> id = process.placement().flatMap(ProcessPlacement::container);
    Optional<String> own = self.placement().flatMap(ProcessPlacement::container);
    return id.filter(it -> !own.equals(id))
        .flatMap(it -> process.container())
        .map(
            called ->
                new Supervisor(
                    Kind.CONTAINER,
                    "the container " + called,
                    new Advice.Command(SupervisorCommand.ofContainer(called, "restart")),
                    Optional.of(
                        new Advice.Command(SupervisorCommand.ofContainer(called, "logs")))));
  }

  /** A service that this process itself is not part of. */
  private static Optional<Supervisor> service(ServerProcess process, ServerProcess self) {
    Optional<String> own = self.placement().flatMap(ProcessPlacement::service);
    return process
        .placement()
        .flatMap(ProcessPlacement::service)
        .filter(unit -> !own.equals(Optional.of(unit)) && !isHost(unit))
        .map(
            unit ->
                new Supervisor(
                    Kind.SERVICE,
                    unit,
                    ofService(process, self, unit, "restart"),
                    Optional.of(ofService(process, self, unit, "status"))));
  }

  private static Advice ofService(
      ServerProcess process, ServerProcess self, String unit, String verb) {
    boolean ofUser = process.placement().filter(ProcessPlacement::userService).isPresent();
    SystemCommands commands = Platforms.current().commands();
    return new Advice.Command(
        process
            .user()
            .filter(user -> ofUser && !self.user().equals(Optional.of(user)))
            .flatMap(user -> commands.serviceOf(user, verb, unit))
            .orElseGet(() -> commands.service(verb, unit, ofUser)));
  }

  private static boolean isHost(String service) {
    int end = service.indexOf('.');
    return HOSTS.contains(end < 0 ? service : service.substring(0, end));
  }

  /**
   * Looks upwards, as far as the first process that this one descends from too: what lies above is
   * what both run in, such as a desktop.
   */
  private static Optional<Supervisor> ancestor(ServerProcess process, LongPredicate isOwnAncestor) {
    ServerProcess child = process;
    for (ServerProcess above : process.ancestors()) {
      Optional<Supervisor> supervisor = program(above, child);
      if (supervisor.isPresent() || isOwnAncestor.test(above.pid())) {
        return supervisor;
      }
      child = above;
    }
    return Optional.empty();
  }

  private static Optional<Supervisor> program(ServerProcess parent, ServerProcess child) {
    String name = parent.name();
    if (name.startsWith("PM2 ")) {
      return program("pm2", "pm2 restart NAME", "pm2 list");
    }
    return switch (name) {
      case "supervisord" -> program(name, "supervisorctl restart NAME", "supervisorctl status");
      case "circusd" -> program(name, "circusctl restart NAME", "circusctl status");
      case "runsv" -> program(parent, "sv restart", "sv status");
      case "s6-supervise" -> program(parent, "s6-svc -r", "s6-svstat");
      case "supervise" -> program(parent, "svc -t", "svstat");
      case "containerd-shim" ->
          found(
              Kind.CONTAINER,
              "the container of " + child,
              new Advice.Hint("Restart the container: docker restart NAME."));
      default -> Optional.empty();
    };
  }

  /** One that knows the server by a name that cannot be seen from outside. */
  private static Optional<Supervisor> program(String name, String restart, String list) {
    return Optional.of(
        new Supervisor(
            Kind.PROGRAM,
            name,
            new Advice.Hint("Run '" + restart + "'; '" + list + "' shows the name."),
            Optional.of(new Advice.Command(list))));
  }

  /** One that has the service as its only argument. */
  private static Optional<Supervisor> program(ServerProcess one, String restart, String status) {
    List<String> words = one.commandLine();
    if (words.size() < 2) {
      return found(Kind.PROGRAM, one.name(), new Advice.Hint("Run '" + restart + " NAME'."));
    }
    String service = words.get(words.size() - 1);
    return Optional.of(
        new Supervisor(
            Kind.PROGRAM,
            one.name(),
            new Advice.Command(SupervisorCommand.line(restart, service)),
            Optional.of(new Advice.Command(SupervisorCommand.line(status, service)))));
  }

  private static Optional<Supervisor> found(Kind kind, String name, Advice restart) {
    return Optional.of(new Supervisor(kind, name, restart, Optional.empty()));
  }
}
