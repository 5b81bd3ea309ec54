// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import io.tcptable.Advice;
import io.tcptable.Ownership;
import io.tcptable.internal.platform.Platform;
import io.tcptable.internal.server.SupervisorCommand;
import io.tcptable.process.ProcessPlacement;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Why a restart would be refused, and what to do instead. What {@code io.tcptable.restart} refuses
 * is not advised.
 */
final class RestartObstacle {

  private RestartObstacle() {}

  /** What to do instead of a restart, or of freeing the port; empty if that would be done. */
  static Optional<List<Advice>> instead(Observations observed) {
    return Thaw.instead(observed)
        .or(() -> observed.forwarded().map(it -> ofForwarded(observed, it)))
        .or(() -> bySupervisor(observed))
        .or(() -> inOtherNamespace(observed))
        .or(() -> ofUnknownOwner(observed))
        .or(() -> ofProtected(observed))
        .or(() -> apart(observed))
        .or(() -> withOtherPorts(observed));
  }

  /** The same where what is started could not have the port; to free that is no matter. */
  static Optional<List<Advice>> ofNewServer(Observations observed) {
    return observed
        .repeatable()
        .missingRight()
        .map(
            it ->
                List.of(
                    new Advice.Hint(
                        "A restart would be refused: "
                            + it.clause()
                            + ". "
                            + it.obstacle().remedy())));
  }

  /** Of the server that a forwarder leads to: by its runtime, or as if it had been asked itself. */
  private static List<Advice> ofForwarded(Observations observed, UpstreamServer server) {
    SupervisorCommand commands = new SupervisorCommand(observed.platform());
    return server
        .there()
        .flatMap(Thaw::instead)
        .or(
            () ->
                server
                    .container()
                    .map(it -> List.of(new Advice.Command(commands.ofContainer(it, "restart")))))
        .or(
            () ->
                server
                    .there()
                    .filter(it -> !it.listeners().isEmpty())
                    .map(SuggestedCommands::restart))
        .or(() -> server.isOther() ? Optional.empty() : bySupervisor(observed))
        .orElseGet(
            () -> List.of(new Advice.Hint("Restart the server at " + server.target() + ".")));
  }

  /** What a restart would start would not be in that namespace. */
  private static Optional<List<Advice>> inOtherNamespace(Observations observed) {
    OptionalLong own = namespaceOf(observed.processes().self());
    return observed.owners().stream()
        .filter(owner -> namespaceOf(owner).isPresent() && own.isPresent())
        .filter(owner -> !namespaceOf(owner).equals(own))
        .findFirst()
        .map(
            owner ->
                List.of(new Advice.Hint("Restart " + owner + " in its own network namespace.")));
  }

  private static OptionalLong namespaceOf(ProcessEvidence process) {
    return process.placement().map(ProcessPlacement::networkNamespace).orElse(OptionalLong.empty());
  }

  /** What restarts the server, and what shows how to where that takes a name. */
  private static Optional<List<Advice>> bySupervisor(Observations observed) {
    return observed.owners().stream()
        .flatMap(owner -> observed.supervisorOf(owner).stream())
        .findFirst()
        .map(
            supervisor ->
                supervisor.restart().kind() == Advice.Kind.COMMAND
                    ? List.of(supervisor.restart())
                    : Stream.concat(Stream.of(supervisor.restart()), supervisor.status().stream())
                        .toList());
  }

  private static Optional<List<Advice>> ofUnknownOwner(Observations observed) {
    if (observed.listeners().stream().noneMatch(it -> it.ownership() == Ownership.UNKNOWN)) {
      return Optional.empty();
    }
    return Optional.of(
        List.of(
            observed.processes().isSuperuser()
                ? new Advice.Hint("A restart needs the owner of the port, which is not known.")
                : SuggestedCommands.diagnose(observed, Advice.Diagnose.How.AS_SUPERUSER)));
  }

  /** This process, those that it descends from, and init are never stopped. */
  private static Optional<List<Advice>> ofProtected(Observations observed) {
    return observed.ownersOf(observed.listeners()).stream()
        .filter(pid -> isProtected(observed, pid))
        .findFirst()
        .map(
            pid ->
                List.of(
                    new Advice.Hint(
                        observed.named(Set.of(pid))
                            + (pid == observed.processes().self().pid()
                                ? " is this process: it is not stopped."
                                : pid == Platform.INIT
                                    ? " is the first process of the system: it is not stopped."
                                    : " has started this process: restart it from elsewhere."))));
  }

  private static boolean isProtected(Observations observed, long pid) {
    return pid == observed.processes().self().pid()
        || pid == Platform.INIT
        || observed.processes().ownAncestors().contains(pid);
  }

  /** Each by its own address: to stop servers on different addresses is hardly wanted. */
  private static Optional<List<Advice>> apart(Observations observed) {
    List<Server> servers = Servers.of(observed);
    boolean areApart =
        observed
            .scope()
            .hasApart(
                servers.stream()
                    .map(it -> it.listeners().stream().map(SocketEvidence::bound).toList())
                    .toList());
    return areApart
        ? Optional.of(
            servers.stream()
                .<Advice>map(
                    server -> SuggestedCommands.diagnose(server.listeners().get(0).bound()))
                .toList())
        : Optional.empty();
  }

  private static Optional<List<Advice>> withOtherPorts(Observations observed) {
    return observed.otherPorts().isEmpty()
        ? Optional.empty()
        : Optional.of(
            List.of(
                new Advice.Hint(
                    "A restart also ends other services: "
                        + String.join("; ", observed.otherPorts())
                        + "."),
                new Advice.StopOtherPorts()));
  }
}
