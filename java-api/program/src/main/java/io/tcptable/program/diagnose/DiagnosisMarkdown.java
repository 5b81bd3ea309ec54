// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.diagnose;

import io.tcptable.TcpState;
import io.tcptable.diagnose.Finding;
import io.tcptable.diagnose.PortDiagnosis;
import io.tcptable.health.HealthResult;
import io.tcptable.internal.wording.DurationText;
import io.tcptable.program.command.AdviceText;
import io.tcptable.program.json.JsonOutput;
import io.tcptable.program.terminal.TerminalText;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** A diagnosis for a ticket, in Markdown with tables (GFM); names of others cannot mark it up. */
final class DiagnosisMarkdown {

  private static final String SPECIAL = "\\`*_[]<>|~&";

  private final PrintStream out;

  DiagnosisMarkdown(PrintStream out) {
    this.out = out;
  }

  void print(PortDiagnosis diagnosis) {
    out.println("## Port " + diagnosis.port() + ": " + diagnosis.verdict());
    out.println();
    out.println(text(diagnosis.headline()));
    NextSteps steps = new NextSteps(diagnosis);
    steps
        .next()
        .ifPresent(
            command -> {
              out.println();
              out.println("Next: " + code(command));
            });
    diagnosis.findings().forEach(finding -> print(finding, steps));
    print(diagnosis.health());
    printOwners(diagnosis);
    printSockets(diagnosis);
    diagnosis.threadDumps().forEach(this::printThreads);
    out.println();
    out.println(
        "Taken at "
            + JsonOutput.text(diagnosis.table().takenAt())
            + ", watched for "
            + DurationText.of(diagnosis.watched())
            + ".");
  }

  private void print(Finding finding, NextSteps steps) {
    out.println();
    out.println(
        "### "
            + code(finding.code().name())
            + ": "
            + finding.severity().name().toLowerCase(Locale.ROOT)
            + ", "
            + finding.confidence().name().toLowerCase(Locale.ROOT));
    out.println();
    out.println("Seen: " + text(finding.seen()) + ". " + text(finding.meaning()));
    List<AdviceText> todo = steps.of(finding);
    if (!todo.isEmpty()) {
      out.println();
      todo.forEach(it -> out.println("- " + (it.isCommand() ? code(it.text()) : text(it.text()))));
    }
    if (!finding.evidence().isEmpty()) {
      out.println();
      header("Figure", "Value");
      finding.evidence().forEach((name, value) -> row(name, value.toString()));
    }
  }

  private void print(HealthResult health) {
    out.println();
    out.println("### Health: " + code(health.url().toString()));
    out.println();
    if (health.attempts().isEmpty()) {
      out.println(text(health.detail()));
      return;
    }
    header("Address", "Outcome", "Connected", "First byte", "Total", "Detail");
    for (HealthResult.Attempt attempt : health.attempts()) {
      row(
          attempt.address().toString(),
          attempt.outcome().name(),
          attempt.connect().map(DurationText::of).orElse(""),
          attempt.firstByte().map(DurationText::of).orElse(""),
          DurationText.of(attempt.total()),
          attempt.detail());
    }
  }

  private void printOwners(PortDiagnosis diagnosis) {
    if (!diagnosis.owners().isEmpty()) {
      out.println();
      out.println("### Owners");
      out.println();
      header(ProcessTable.TITLES);
      new ProcessTable(diagnosis).rows().forEach(this::row);
    }
  }

  private void printSockets(PortDiagnosis diagnosis) {
    Map<TcpState, Integer> counts = diagnosis.table().countByState();
    out.println();
    out.println(
        "Sockets: "
            + (counts.isEmpty()
                ? "none"
                : counts.entrySet().stream()
                    .map(count -> count.getValue() + " " + text(count.getKey().name()))
                    .collect(Collectors.joining(", "))));
  }

  private void printThreads(long pid, String dump) {
    out.println();
    out.println("### Threads of " + pid);
    out.println();
    // Indented, so that nothing in it can end the block.
    dump.lines().forEach(line -> out.println("    " + TerminalText.of(line.replace("\t", "  "))));
  }

  private void header(String... titles) {
    row(titles);
    out.println("|" + "---|".repeat(titles.length));
  }

  private void row(String... cells) {
    StringBuilder line = new StringBuilder("|");
    for (String cell : cells) {
      line.append(' ').append(text(cell)).append(" |");
    }
    out.println(line);
  }

  private static String text(String text) {
    StringBuilder escaped = new StringBuilder();
    for (char c : TerminalText.of(text).toCharArray()) {
      if (SPECIAL.indexOf(c) >= 0) {
        escaped.append('\\');
      }
      escaped.append(c);
    }
    return escaped.toString();
  }

  /** In as many backticks as it takes, see CommonMark 6.1. */
  private static String code(String text) {
    String printable = TerminalText.of(text);
    String ticks = "`";
    while (printable.contains(ticks)) {
      ticks += "`";
    }
    String space = ticks.length() > 1 ? " " : "";
    return ticks + space + printable + space + ticks;
  }
}
