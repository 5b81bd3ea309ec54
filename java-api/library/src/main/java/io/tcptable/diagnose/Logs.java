// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import io.tcptable.diagnose.Finding.Confidence;
import io.tcptable.diagnose.Finding.Severity;
import io.tcptable.process.ProcessOutput;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where the owners write their logs; told if there is a fault, since that is where to look next.
 */
final class Logs extends ServerRule {

  /** A process may have any number of files open that are named like logs. */
  private static final int MOST_FILES = 10;

  Logs() {
    super(FindingCode.LOGS, "");
  }

  @Override
  List<Finding> findings(Observations observed) {
    if (observed.upstream().isPresent()) {
      // Those of the server one hop away are told instead.
      return List.of();
    }
    Set<String> commands = new LinkedHashSet<>();
    Set<String> targets = new LinkedHashSet<>();
    List<Long> pids = new ArrayList<>();
    int omitted = 0;
    for (ProcessEvidence owner : observed.owners()) {
      commands.addAll(SuggestedCommands.logs(observed, owner));
      owner.output().ifPresent(output -> targets.addAll(targets(output)));
      owner.output().ifPresent(output -> pids.add(owner.pid()));
      omitted += owner.output().map(ProcessOutput::omittedLogs).orElse(0);
    }
    if (pids.isEmpty()) {
      return List.of();
    }
    int more = Math.max(0, targets.size() - MOST_FILES) + omitted;
    String output =
        targets.stream().limit(MOST_FILES).collect(Collectors.joining(", "))
            + (more > 0 ? " and " + more + " more files" : "");
    return List.of(
        found(Severity.INFO, Confidence.CERTAIN)
            .of(pids)
            .seen("its output goes to " + output)
            .text("output", output)
            .means(
                commands.isEmpty()
                    ? "None of it is a file. A pipe is readable only by the process that started"
                        + " the server."
                    : "Check the server's log.")
            .commands(commands.stream().limit(MOST_FILES).toList())
            .done());
  }

  private static List<String> targets(ProcessOutput output) {
    return Stream.concat(
            Stream.of(output.standardError(), output.standardOutput())
                .map(target -> target.map(Logs::named).orElse("nowhere (closed)")),
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
