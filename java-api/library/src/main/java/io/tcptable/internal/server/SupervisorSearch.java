// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.server;

import io.tcptable.Advice;
import io.tcptable.internal.platform.SystemCommands;
import io.tcptable.internal.server.Supervisor.Kind;
import io.tcptable.process.ProcessPlacement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

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

  /** How pm2 begins the title that it gives to its process. */
  private static final String PM2 = "PM2 v";

  /** The script of its process. */
  private static final Pattern PM2_DAEMON =
      Pattern.compile(".*[/\\\\]pm2[/\\\\]lib[/\\\\]Daemon\\.js");

  private static final Set<String> PM2_RUNS_ON = Set.of("node", "nodejs", "bun");

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
    return program(server).flatMap(this::forwarder);
  }

  private Optional<Supervisor> forwarder(String program) {
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
      case "systemd" ->
          found(
              Kind.SUPER_SERVER,
              program,
              new Advice.Hint("Restart the socket unit and its service with systemctl --user."));
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

  /** A supervisor that has opened the socket itself, for the servers that it starts. */
  private Optional<Supervisor> listeningSupervisor() {
    return supervisor(server, server)
        .filter(it -> it.kind() == Kind.PROGRAM)
        .map(it -> new Supervisor(Kind.LISTENING_SUPERVISOR, it.name(), it.restart(), it.status()));
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
        new Advice.Command(commands.ofContainer(container, "restart")),
        Optional.of(new Advice.Command(commands.ofContainer(container, "logs"))));
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
    if (isPm2(above) && view.believesScript(above, server)) {
      return pm2(above, child)
          .or(() -> program("pm2", above, "pm2 restart NAME", List.of("pm2", "list")));
    }
    return program(above).flatMap(name -> supervisor(name, above, child));
  }

  /** It overwrites its arguments by a title, which Windows does not show. */
  private static boolean isPm2(ServerProcess process) {
    List<String> words = process.commandLine();
    return ServerProgram.fileName(process).filter(PM2_RUNS_ON::contains).isPresent()
        && (words.stream().findFirst().filter(it -> it.startsWith(PM2)).isPresent()
            || words.stream()
                .skip(1)
                .findFirst()
                .filter(PM2_DAEMON.asMatchPredicate())
                .isPresent());
  }

  /** With the name of the application, if its files tell; those of other users are not read. */
  private Optional<Supervisor> pm2(ServerProcess daemon, ServerProcess child) {
    if (!view.trusts(daemon)) {
      return Optional.empty();
    }
    return Pm2Apps.of(daemon)
        .flatMap(
            apps ->
                apps.nameOf(child, daemon)
                    .map(
                        name ->
                            new Supervisor(
                                Kind.PROGRAM,
                                "pm2 as " + name,
                                new Advice.Command(pm2(apps, "restart", name)),
                                Optional.of(new Advice.Command(pm2(apps, "describe", name))))));
  }

  private String pm2(Pm2Apps apps, String verb, String name) {
    List<String> words = new ArrayList<>();
    if (!apps.isUsualHome()) {
      words.addAll(List.of("env", "PM2_HOME=" + apps.home()));
    }
    words.addAll(List.of("pm2", verb, name));
    return view.platform().shell().command(words);
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
      return found(Kind.PROGRAM, name, new Advice.Hint("Run '" + restart + " NAME'."));
    }
    String service = words.get(words.size() - 1);
    return Optional.of(
        new Supervisor(
            Kind.PROGRAM,
            name,
            new Advice.Command(commands.line(restart, service)),
            Optional.of(new Advice.Command(commands.line(status, service)))));
  }

  private static Optional<Supervisor> found(Kind kind, String name, Advice restart) {
    return Optional.of(new Supervisor(kind, name, restart, Optional.empty()));
  }
}
