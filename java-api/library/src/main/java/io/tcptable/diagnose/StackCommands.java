// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import io.tcptable.Advice;
import io.tcptable.process.ProcessStatus.State;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Tools that show from outside where a program is, without stopping it. */
final class StackCommands {

  private StackCommands() {}

  /**
   * Of a server of one process that runs and does not answer: of several, it is not known which is
   * the one to look at.
   */
  static List<Advice> ofOnlyOwner(Observations observed) {
    List<ProcessEvidence> owners = observed.owners();
    if (owners.size() != 1 || !isAwake(owners.get(0))) {
      return List.of();
    }
    ProcessEvidence owner = owners.get(0);
    // A diagnosis asks a JVM only, not a program that is called so.
    return program(owner).equals("java") && observed.threadDumps().isEmpty()
        ? List.of(SuggestedCommands.diagnose(observed, Advice.Diagnose.How.WITH_THREADS))
        : of(owner);
  }

  private static boolean isAwake(ProcessEvidence process) {
    return process
        .status()
        .filter(status -> status.frozenBy().isEmpty())
        .filter(status -> status.state() == State.SLEEPING || status.state() == State.RUNNING)
        .isPresent();
  }

  /**
   * By what the process runs; none where no such tool is known. None for Java: jcmd ends a program
   * that is only called java. For node a sentence, as there is a risk to weigh.
   */
  static List<Advice> of(ProcessEvidence process) {
    return switch (program(process)) {
      case "python", "pypy" -> List.of(new Advice.Command("py-spy dump --pid " + process.pid()));
      case "ruby" -> List.of(new Advice.Command("rbspy snapshot --pid " + process.pid()));
      case "php", "php-fpm", "php-cgi" ->
          List.of(new Advice.Command("phpspy --limit=1 --pid=" + process.pid()));
      case "node", "nodejs" ->
          List.of(
              new Advice.Hint(
                  "To see where it is, attach a debugger: node inspect -p "
                      + process.pid()
                      + ". It opens port 9229 of localhost until the process ends, and every local"
                      + " user can then run code in it."));
      default -> List.of();
    };
  }

  private static String program(ProcessEvidence process) {
    return process
        .executable()
        .map(Path::getFileName)
        .map(Path::toString)
        .orElse(process.name())
        .toLowerCase(Locale.ROOT)
        .replaceAll("\\.exe$", "")
        .replaceAll("[-0-9.]+$", "");
  }
}
