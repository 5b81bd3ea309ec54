// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.server;

import io.tcptable.OsProcess;
import io.tcptable.ProcessPlacement;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Who runs a server and would bring it back, or call it failed, if it were stopped behind its back.
 *
 * @param name whose word it is, as in "web.service runs python3(42)"
 * @param command how to restart the server by it
 */
public record Supervisor(String name, String command) {

  /** Services that start what has nothing to do with them, and do not watch over it. */
  private static final Set<String> HOSTS =
      Set.of("cron", "crond", "cronie", "anacron", "atd", "ssh", "sshd");

  /** The supervisor of a process that is on the port; empty if there is none known. */
  public static Optional<Supervisor> of(
      OsProcess process, int port, ProtectedProcesses protection) {
    Optional<Supervisor> itself = proxy(process, port);
    if (itself.isPresent()) {
      return itself;
    }
    Optional<Supervisor> group = byPlacement(process);
    return group.isPresent() ? group : byAncestor(process, protection);
  }

  /** A process that only hands connections on to the real server. */
  private static Optional<Supervisor> proxy(OsProcess process, int port) {
    return switch (process.name()) {
      case "docker-proxy" ->
          found("Docker", "docker restart $(docker ps -q --filter publish=" + port + ")");
      case "rootlessport", "conmon" ->
          found("Podman", "podman restart $(podman ps -q --filter publish=" + port + ")");
      case "sshd", "sshd-session" ->
          found("the ssh server", "end the ssh connection that forwards port " + port);
      case "inetd", "xinetd" -> found(process.name(), "systemctl restart " + process.name());
      default -> Optional.empty();
    };
  }

  /** A container or service that this process itself is not part of. */
  private static Optional<Supervisor> byPlacement(OsProcess process) {
    Optional<ProcessPlacement> its = process.placement();
    Optional<ProcessPlacement> mine =
        OsProcess.of(ProcessHandle.current().pid()).flatMap(OsProcess::placement);
    Optional<String> container = its.flatMap(ProcessPlacement::container);
    if (container.isPresent() && !container.equals(mine.flatMap(ProcessPlacement::container))) {
      return found(
          "the container " + container.get(),
          SupervisorCommand.ofContainer(container.get(), "restart"));
    }
    Optional<String> service = its.flatMap(ProcessPlacement::service);
    return service
        .filter(name -> !service.equals(mine.flatMap(ProcessPlacement::service)) && !isHost(name))
        .map(
            name ->
                new Supervisor(
                    name, SupervisorCommand.ofService(name, its.get().userService(), "restart")));
  }

  private static boolean isHost(String service) {
    int end = service.indexOf('.');
    return HOSTS.contains(end < 0 ? service : service.substring(0, end));
  }

  /**
   * Looks upwards, as far as the first process that this one descends from too: what lies above is
   * what both run in, such as a desktop.
   */
  private static Optional<Supervisor> byAncestor(OsProcess process, ProtectedProcesses protection) {
    OsProcess child = process;
    for (Optional<OsProcess> above = child.parent(); above.isPresent(); above = child.parent()) {
      Optional<Supervisor> supervisor = known(above.get(), child);
      if (supervisor.isPresent() || protection.isAncestor(above.get())) {
        return supervisor;
      }
      child = above.get();
    }
    return Optional.empty();
  }

  private static Optional<Supervisor> known(OsProcess parent, OsProcess child) {
    String name = parent.name();
    if (name.startsWith("PM2 ")) {
      return found("pm2", "pm2 restart NAME (pm2 list tells the name)");
    }
    return switch (name) {
      case "supervisord" ->
          found(name, "supervisorctl restart NAME (supervisorctl status tells the name)");
      case "runsv" -> found(name, "sv restart " + argument(parent));
      case "s6-supervise" -> found(name, "s6-svc -r " + argument(parent));
      case "supervise" -> found(name, "svc -t " + argument(parent));
      case "circusd" -> found(name, "circusctl restart NAME");
      case "containerd-shim" -> found("the container of " + child, "docker restart NAME");
      default -> Optional.empty();
    };
  }

  /** The service it runs, which is its only argument. */
  private static String argument(OsProcess supervisor) {
    List<String> words = supervisor.commandLine().orElse(List.of());
    return words.size() > 1 ? words.get(words.size() - 1) : "NAME";
  }

  private static Optional<Supervisor> found(String name, String command) {
    return Optional.of(new Supervisor(name, command));
  }
}
