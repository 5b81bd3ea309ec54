// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import io.tcptable.ProcessOutput;
import io.tcptable.diagnose.Finding.Confidence;
import io.tcptable.diagnose.Finding.Severity;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Where to look on if there is a fault: what the owners themselves have written. */
final class LogRule {

  private LogRule() {}

  static List<Finding> findings(Observations evidence) {
    Set<String> commands = new LinkedHashSet<>();
    Set<String> targets = new LinkedHashSet<>();
    List<Long> pids = new ArrayList<>();
    for (ProcessEvidence owner : evidence.owners()) {
      commands.addAll(SuggestedCommands.logs(evidence, owner));
      owner.output().ifPresent(output -> targets.addAll(targets(output)));
      owner.output().ifPresent(output -> pids.add(owner.pid()));
    }
    if (pids.isEmpty()) {
      return List.of();
    }
    return List.of(
        new Finding.Builder(FindingCode.LOGS, Severity.INFO, Confidence.CERTAIN)
            .of(pids)
            .seen("its output goes to " + String.join(", ", targets))
            .text("output", String.join(", ", targets))
            .means(
                commands.isEmpty()
                    ? "None of that is a file; what goes to a pipe, whoever started it reads."
                    : "The server's own words on its trouble.")
            .commands(List.copyOf(commands))
            .done());
  }

  private static List<String> targets(ProcessOutput output) {
    return Stream.concat(
            Stream.of(output.standardError(), output.standardOutput())
                .map(target -> target.map(LogRule::named).orElse("nowhere (closed)")),
            output.logs().stream().map(Path::toString))
        .distinct()
        .toList();
  }

  /** The number of a pipe or a socket says nothing to people. */
  private static String named(String target) {
    return target.startsWith("pipe:[")
        ? "a pipe"
        : target.startsWith("socket:[") ? "a socket" : target;
  }
}
