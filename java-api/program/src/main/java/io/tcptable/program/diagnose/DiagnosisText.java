// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.diagnose;

import io.tcptable.TcpSocket;
import io.tcptable.diagnose.Finding;
import io.tcptable.diagnose.PortDiagnosis;
import io.tcptable.diagnose.ProcessEvidence;
import io.tcptable.diagnose.Verdict;
import io.tcptable.health.HealthResult;
import io.tcptable.internal.wording.DurationText;
import io.tcptable.internal.wording.Excerpt;
import io.tcptable.process.PortRole;
import io.tcptable.program.command.AdviceText;
import io.tcptable.program.foreign.Secrets;
import io.tcptable.program.foreign.TerminalText;
import io.tcptable.program.list.SocketTable;
import io.tcptable.program.list.StateSummary;
import io.tcptable.program.terminal.Colour;
import io.tcptable.program.terminal.LineWrapper;
import io.tcptable.program.terminal.Terminal;
import io.tcptable.program.terminal.TextTable;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A diagnosis for people: the verdict, what was found, the evidence, and what to do next. */
final class DiagnosisText {

  private static final int MOST_LISTENERS = 8;

  private static final int SHORTEST_COMMAND = 12;
  private static final String CUT = "..";

  private static final Set<PortRole.Kind> ORDINARY =
      EnumSet.of(PortRole.Kind.SERVER, PortRole.Kind.WORKER, PortRole.Kind.MASTER);

  private final Terminal terminal;
  private final PrintStream out;
  private final boolean coloured;
  private final LineWrapper paragraph;
  private final int width;

  DiagnosisText(Terminal terminal, boolean coloured) {
    this.terminal = terminal;
    this.out = terminal.out();
    this.coloured = coloured;
    this.width = terminal.width();
    this.paragraph = new LineWrapper(out, width);
  }

  void print(PortDiagnosis diagnosis) {
    Verdict verdict = diagnosis.verdict();
    paragraph.print(
        painted(colour(verdict), verdict.name()) + "  ",
        verdict.name().length() + 2,
        diagnosis.headline());
    NextSteps steps = new NextSteps(diagnosis);
    diagnosis.findings().forEach(finding -> print(finding, steps));
    out.println();
    print(diagnosis.health());
    printSockets(diagnosis);
    printOwners(diagnosis);
    diagnosis.threadDumps().forEach(this::printThreads);
    steps.next().ifPresent(command -> out.println("\nNext: " + TerminalText.of(command)));
  }

  private void print(Finding finding, NextSteps steps) {
    String severity = finding.severity().name();
    out.println();
    out.println(
        painted(colour(finding.severity()), severity)
            + "  "
            + finding.code()
            + (finding.confidence() == Finding.Confidence.CERTAIN
                ? ""
                : " (" + finding.confidence().name().toLowerCase(Locale.ROOT) + ")"));
    paragraph.print("  ", 2, Excerpt.of(finding.seen(), Excerpt.LINE));
    paragraph.print("  ", 2, finding.meaning());
    List<AdviceText> advice = steps.of(finding);
    for (AdviceText todo : advice.subList(0, Math.min(NextSteps.MOST, advice.size()))) {
      if (todo.isCommand()) {
        out.println("  > " + TerminalText.of(todo.text()));
      } else {
        paragraph.print("  ", 2, todo.text());
      }
    }
    if (advice.size() > NextSteps.MOST) {
      out.println("  and " + (advice.size() - NextSteps.MOST) + " more");
    }
  }

  private void print(HealthResult health) {
    out.println("Health  " + TerminalText.of(health.url().toString()));
    for (HealthResult.Attempt attempt : health.attempts()) {
      paragraph.print("  ", 2, attempt.address() + "  " + attempt.detail() + timings(attempt));
    }
    if (health.attempts().isEmpty()) {
      paragraph.print("  ", 2, health.detail());
    }
  }

  private static String timings(HealthResult.Attempt attempt) {
    List<String> timings = new ArrayList<>();
    attempt.connect().ifPresent(time -> timings.add("connected " + DurationText.of(time)));
    attempt.firstByte().ifPresent(time -> timings.add("first byte " + DurationText.of(time)));
    timings.add("total " + DurationText.of(attempt.total()));
    return " (" + String.join(", ", timings) + ")";
  }

  private void printSockets(PortDiagnosis diagnosis) {
    List<TcpSocket> listeners = new ArrayList<>(diagnosis.table().listeners());
    if (!listeners.isEmpty()) {
      out.println();
      listeners.sort(TcpSocket.LISTENERS_FIRST);
      new SocketTable(terminal, true, false)
          .print(listeners.subList(0, Math.min(MOST_LISTENERS, listeners.size())), coloured);
      if (listeners.size() > MOST_LISTENERS) {
        out.println("and " + (listeners.size() - MOST_LISTENERS) + " more listeners");
      }
    }
    if (!diagnosis.table().isEmpty()) {
      StateSummary.print(diagnosis.table().stream().toList(), width, coloured, out);
    }
  }

  private void printOwners(PortDiagnosis diagnosis) {
    if (diagnosis.owners().isEmpty()) {
      return;
    }
    out.println();
    TextTable table = new TextTable(ProcessTable.TITLES.clone());
    new ProcessTable(diagnosis, Secrets.of(true))
        .rows()
        .forEach(cells -> table.add(Colour.NONE, cells));
    cutCommands(table);
    table.print(out, coloured);
    diagnosis.owners().forEach(owner -> printRole(owner, diagnosis.roles().get(owner.pid())));
  }

  /** Of one that is not simply the server. */
  private void printRole(ProcessEvidence owner, @Nullable PortRole role) {
    if (role != null && !ORDINARY.contains(role.kind())) {
      String kind = role.kind().name().toLowerCase(Locale.ROOT);
      paragraph.print("", 0, owner + " is a " + kind + ": it " + role.evidence());
    }
  }

  private void cutCommands(TextTable table) {
    int command = table.columns() - 1;
    int room = Math.max(SHORTEST_COMMAND, table.width(command) - (table.width() - width));
    for (int line = 1; table.width() > width && line < table.lines(); line++) {
      String text = table.cell(line, command);
      if (text.length() > room) {
        table.replace(line, command, text.substring(0, room - CUT.length()) + CUT);
      }
    }
  }

  private void printThreads(long pid, String dump) {
    out.println();
    out.println("Threads of " + pid + ":");
    dump.lines().forEach(line -> out.println(TerminalText.of(line.replace("\t", "  "))));
  }

  private String painted(Colour colour, String text) {
    StringBuilder painted = new StringBuilder();
    (coloured ? colour : Colour.NONE).append(painted, text);
    return painted.toString();
  }

  private static Colour colour(Verdict verdict) {
    return switch (verdict) {
      case HEALTHY -> Colour.GREEN;
      case DEGRADED, UNKNOWN -> Colour.YELLOW;
      case HANGING, DOWN -> Colour.RED;
      case FREE -> Colour.CYAN;
    };
  }

  private static Colour colour(Finding.Severity severity) {
    return switch (severity) {
      case CRITICAL -> Colour.RED;
      case WARNING -> Colour.YELLOW;
      case INFO -> Colour.DIM;
    };
  }
}
