// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.diagnose;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tcptable.TcpState;
import io.tcptable.diagnose.Finding;
import io.tcptable.diagnose.PortDiagnosis;
import io.tcptable.health.HealthResult;
import io.tcptable.internal.json.JsonDocument;
import io.tcptable.internal.wording.DurationText;
import io.tcptable.internal.wording.Excerpt;
import io.tcptable.program.command.AdviceText;
import io.tcptable.program.foreign.MarkdownText;
import io.tcptable.program.foreign.Secrets;
import io.tcptable.program.foreign.TerminalText;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A diagnosis for a ticket, in Markdown with tables (GFM). What looks like a secret is masked, and
 * nothing that others chose is live there.
 */
public final class DiagnosisMarkdown {

  private final PrintStream out;
  private final Secrets secrets;

  DiagnosisMarkdown(PrintStream out, Secrets secrets) {
    this.out = out;
    this.secrets = secrets;
  }

  /** The same as a text, with secrets masked. */
  public static String text(PortDiagnosis diagnosis) {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    try (PrintStream out = new PrintStream(text, false, UTF_8)) {
      new DiagnosisMarkdown(out, Secrets.of(false)).print(diagnosis);
    }
    return text.toString(UTF_8);
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
            + JsonDocument.text(diagnosis.table().takenAt())
            + ", watched for "
            + DurationText.of(diagnosis.watched())
            + ".");
    if (secrets.hasMasked()) {
      out.println();
      out.println("What looks like a secret is masked as `***`; `--show-secrets` keeps it.");
    }
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
      todo.stream()
          .limit(NextSteps.MOST)
          .map(it -> it.isCommand() ? code(it.text()) : text(it.text()))
          .forEach(it -> out.println("- " + it));
      if (todo.size() > NextSteps.MOST) {
        out.println("- and " + (todo.size() - NextSteps.MOST) + " more");
      }
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
      new ProcessTable(diagnosis, secrets).rows().forEach(this::row);
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
    dump.lines()
        .map(line -> secrets.in(line.replace("\t", "  ")))
        .forEach(line -> out.println("    " + TerminalText.of(line)));
  }

  private void header(String... titles) {
    row(titles);
    out.println("|" + "---|".repeat(titles.length));
  }

  private void row(String... cells) {
    StringBuilder line = new StringBuilder("|");
    for (String cell : cells) {
      line.append(' ').append(MarkdownText.cell(safe(cell))).append(" |");
    }
    out.println(line);
  }

  private String text(String text) {
    return MarkdownText.text(safe(text));
  }

  private String code(String text) {
    return MarkdownText.code(safe(text));
  }

  private String safe(String text) {
    return Excerpt.of(secrets.in(Excerpt.of(text, Excerpt.FIELD)), Excerpt.LINE);
  }
}
