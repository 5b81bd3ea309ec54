// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.server;

import io.tcptable.Advice;
import io.tcptable.internal.platform.SystemCommands;
import io.tcptable.internal.server.Supervisor.Kind;
import io.tcptable.process.ProcessPlacement;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Looks for the supervisor of one process: the process itself, its control group, then its
 * ancestors. A supervisor is known by its program file, never by what it calls itself, and only if
 * it is {@linkplain Viewpoint#believes believed}.
 */
final class SupervisorSearch {

  /** Services that start unrelated processes and do not watch over them. */
  private static final Set<String> HOSTS =
      Set.of("cron", "crond", "cronie", "anacron", "atd", "ssh", "sshd");

  /** Supervisors that are scripts. */
  private static final Set<String> SCRIPTS = Set.of("supervisord", "circusd");

  private final ServerProcess server;
  private final int port;
  private final Viewpoint view;
  private final AncestorSupervisors known;
  private final SupervisorCommand commands;

  /**
   * @param known of the ancestors that it has in common with others on the port
   */
  SupervisorSearch(ServerProcess server, int port, Viewpoint view, AncestorSupervisors known) {
    this.server = server;
    this.port = port;
    this.view = view;
    this.known = known;
    this.commands = new SupervisorCommand(view.platform());
  }

  Optional<Supervisor> find() {
    return forwarder()
        .or(this::listeningSupervisor)
        .or(this::container)
        .or(this::service)
        .or(this::ancestor);
  }

  /** The name of the program that a process is believed to run; empty if it is not. */
  private Optional<String> program(ServerProcess process) {
    Optional<String> file = ServerProgram.fileName(process);
    if (file.filter(ServerProgram::isInterpreter).isEmpty()) {
      return file.or(() -> Optional.of(ServerProgram.ownName(process)))
          .filter(it -> view.believes(process, server));
    }
    // Which script an interpreter runs is among its arguments.
    return ServerProgram.script(process)
        .filter(
            script ->
                view.trusts(process)
                    || (SCRIPTS.contains(script) && view.believesScript(process, server)));
  }

  /** A process that only hands connections on to the real server. */
  private Optional<Supervisor> forwarder() {
    return program(server).flatMap(new PortForwarder(server, port, view)::supervisor);
  }

  /** A supervisor that has opened the socket itself, for the servers that it starts. */
  private Optional<Supervisor> listeningSupervisor() {
    return supervisor(server, server)
        .filter(it -> it.kind() == Kind.PROGRAM)
        .map(it -> new Supervisor(Kind.LISTENING_SUPERVISOR, it.name(), it.restart(), it.status()));
  }

  /** A container that this process itself is not part of. */
  private Optional<Supervisor> container() {
    Optional<String> id = server.placement().flatMap(ProcessPlacement::container);
    Optional<String> own = view.self().placement().flatMap(ProcessPlacement::container);
    return id.filter(it -> !own.equals(id) && view.believesContainer(server))
        .flatMap(it -> server.container())
        .map(
            called ->
                new Supervisor(
                    Kind.CONTAINER,
                    "the container " + called,
                    new Advice.Command(commands.ofContainer(called, "restart")),
                    Optional.of(new Advice.Command(commands.ofContainer(called, "logs")))));
  }

  /** A service that this process itself is not part of. */
  private Optional<Supervisor> service() {
    Optional<String> own = view.self().placement().flatMap(ProcessPlacement::service);
    return server
        .placement()
        .flatMap(ProcessPlacement::service)
        .filter(unit -> !own.equals(Optional.of(unit)) && !isHost(unit))
        .map(
            unit ->
                new Supervisor(
                    Kind.SERVICE,
                    unit,
                    ofService(unit, "restart"),
                    Optional.of(ofService(unit, "status"))));
  }

  private Advice ofService(String unit, String verb) {
    boolean ofUser = server.placement().filter(ProcessPlacement::userService).isPresent();
    SystemCommands system = view.platform().commands();
    return new Advice.Command(
        server
            .user()
            .filter(user -> ofUser && !view.self().user().equals(Optional.of(user)))
            .flatMap(user -> system.serviceOf(user, verb, unit))
            .orElseGet(() -> system.service(verb, unit, ofUser)));
  }

  private static boolean isHost(String service) {
    int end = service.indexOf('.');
    return HOSTS.contains(end < 0 ? service : service.substring(0, end));
  }

  private Optional<Supervisor> ancestor() {
    return known.above(server, this::supervisor);
  }

  private Optional<Supervisor> supervisor(ServerProcess above, ServerProcess child) {
    if (Pm2Daemon.isOne(above) && view.believesScript(above, server)) {
      return new Pm2Daemon(above, view)
          .supervisor(child)
          .or(() -> program("pm2", above, "pm2 restart NAME", List.of("pm2", "list")));
    }
    return program(above).flatMap(name -> supervisor(name, above, child));
  }

  private Optional<Supervisor> supervisor(String name, ServerProcess parent, ServerProcess child) {
    return switch (name) {
      case "supervisord" ->
          program(name, parent, "supervisorctl restart NAME", List.of("supervisorctl", "status"));
      case "circusd" ->
          program(name, parent, "circusctl restart NAME", List.of("circusctl", "status"));
      case "runsv" -> program(name, parent, "sv restart", "sv status");
      case "s6-supervise" -> program(name, parent, "s6-svc -r", "s6-svstat");
      case "supervise" -> program(name, parent, "svc -t", "svstat");
      case "containerd-shim", "containerd-shim-runc-v1", "containerd-shim-runc-v2" ->
          Optional.of(new ContainerdShim(parent, commands).supervisor(child));
      default -> Optional.empty();
    };
  }

  /** One that knows the server by a name that cannot be seen from outside. */
  private Optional<Supervisor> program(
      String name, ServerProcess one, String restart, List<String> list) {
    Optional<String> other = one.user().filter(user -> !view.trusts(one));
    List<String> asThatUser =
        other.flatMap(user -> view.platform().commands().asUser(user, list)).orElse(list);
    return Optional.of(
        new Supervisor(
            Kind.PROGRAM,
            name,
            new Advice.Hint(
                "Run '"
                    + restart
                    + "'"
                    + other.map(user -> " as the user " + user).orElse("")
                    + "; '"
                    + String.join(" ", list)
                    + "' shows the name."),
            Optional.of(new Advice.Command(view.platform().shell().command(asThatUser)))));
  }

  /** One that has the service as its only argument. */
  private Optional<Supervisor> program(
      String name, ServerProcess one, String restart, String status) {
    List<String> words = one.commandLine();
    if (words.size() < 2) {
      return Optional.of(
          new Supervisor(
              Kind.PROGRAM,
              name,
              new Advice.Hint("Run '" + restart + " NAME'."),
              Optional.empty()));
    }
    String service = words.get(words.size() - 1);
    return Optional.of(
        new Supervisor(
            Kind.PROGRAM,
            name,
            new Advice.Command(commands.line(restart, service)),
            Optional.of(new Advice.Command(commands.line(status, service)))));
  }
}
