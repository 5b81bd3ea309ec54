// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import io.tcptable.Advice;
import io.tcptable.ListenAddress;
import io.tcptable.internal.server.ServerParent;
import io.tcptable.internal.server.SupervisorCommand;
import io.tcptable.process.PortRole;
import io.tcptable.process.ProcessOutput;
import io.tcptable.process.ProcessPlacement;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The commands that findings advise, ready to be pasted into a shell. */
final class SuggestedCommands {

  private SuggestedCommands() {}

  /** Starts the server again, or what to do instead if a restart would be refused. */
  static List<Advice> restart(Observations evidence) {
    return RestartObstacle.instead(evidence)
        .or(() -> RestartObstacle.ofNewServer(evidence))
        .orElseGet(() -> List.of(restartByCommand(evidence)));
  }

  /** Stops who holds the port, or what to do instead if that would be refused. */
  static List<Advice> free(Observations evidence) {
    return RestartObstacle.instead(evidence)
        .orElseGet(() -> List.of(new Advice.Free(evidence.port(), evidence.scope().address())));
  }

  /** The way it runs, if that can be done; else a command that is not known, as its user. */
  private static Advice restartByCommand(Observations evidence) {
    Optional<ProcessEvidence> root =
        evidence.owners().stream().findFirst().flatMap(owner -> rootOf(evidence, owner));
    boolean isOwn =
        root.isEmpty()
            || root.filter(it -> it.user().equals(evidence.processes().self().user())).isPresent();
    if (!isOwn && !evidence.processes().isSuperuser()) {
      return seeAll(evidence);
    }
    if (root.filter(it -> evidence.repeatable().pids().contains(it.pid())).isPresent()
        && !hasHeirs(evidence)) {
      return new Advice.RestartAsItWas(evidence.port(), evidence.scope().address());
    }
    return new Advice.Restart(
        evidence.port(),
        List.of(),
        Optional.empty(),
        isOwn ? Optional.empty() : root.flatMap(ProcessEvidence::user),
        evidence.scope().address());
  }

  /** How to see what this process may not see: as the superuser, unless it is that already. */
  static Advice seeAll(Observations evidence) {
    return evidence.processes().isSuperuser()
        ? new Advice.Hint(evidence.adviceToSeeAll())
        : diagnose(evidence, Advice.Diagnose.How.AS_SUPERUSER);
  }

  /** Then it is not known which of them the server is. */
  private static boolean hasHeirs(Observations evidence) {
    return evidence.owners().stream()
        .anyMatch(owner -> evidence.isA(PortRole.Kind.HEIR, owner.pid()));
  }

  private static Optional<ProcessEvidence> rootOf(Observations evidence, ProcessEvidence owner) {
    return evidence.process(ServerParent.root(evidence.processes().seen(owner)).pid());
  }

  static Advice diagnose(Observations evidence, Advice.Diagnose.How how) {
    return new Advice.Diagnose(evidence.port(), how, Optional.empty(), evidence.scope().address());
  }

  /** Looks at one address of the port alone. */
  static Advice diagnose(ListenAddress address) {
    return new Advice.Diagnose(
        address.port(), Advice.Diagnose.How.AGAIN, Optional.empty(), Optional.of(address));
  }

  /** Keeps the port from outgoing connections, as well as those that are reserved already. */
  static String reserve(Observations evidence) {
    List<String> reserved =
        evidence.policy().reserved().stream()
            .map(r -> r.first() == r.last() ? "" + r.first() : r.first() + "-" + r.last())
            .toList();
    return evidence.commands().reserve(evidence.port(), reserved);
  }

  private static boolean isUserService(ProcessEvidence process) {
    return process.placement().filter(ProcessPlacement::userService).isPresent();
  }

  /** How to read what the process has written lately. */
  static List<String> logs(Observations evidence, ProcessEvidence process) {
    List<String> commands = new ArrayList<>();
    evidence
        .processes()
        .containerCalled(process)
        .ifPresent(container -> commands.add(containerLog(evidence, process, container)));
    evidence
        .processes()
        .serviceOf(process)
        .ifPresent(
            unit -> commands.add(evidence.commands().serviceLog(unit, isUserService(process))));
    process.output().stream()
        .flatMap(SuggestedCommands::files)
        .distinct()
        .forEach(
            file -> commands.add(visibly(evidence, process, evidence.commands().lastLines(file))));
    return commands;
  }

  /** How to read what a container has written lately. */
  static String containerLog(Observations evidence, ProcessEvidence process, String container) {
    String command = new SupervisorCommand(evidence.platform()).ofContainer(container, "logs");
    return visibly(evidence, process, command);
  }

  /** Another user chooses every byte of that log, and a terminal obeys some of them. */
  private static String visibly(Observations evidence, ProcessEvidence process, String command) {
    return process.user().equals(evidence.processes().self().user())
        ? command
        : evidence.commands().visibly(command);
  }

  private static Stream<String> files(ProcessOutput output) {
    return Stream.concat(
        Stream.of(output.standardError(), output.standardOutput())
            .flatMap(Optional::stream)
            .filter(SuggestedCommands::isFile),
        output.logs().stream().map(Path::toString));
  }

  private static boolean isFile(String target) {
    return target.startsWith("/") && !target.startsWith("/dev/") && !target.endsWith(" (deleted)");
  }
}
