// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.restart;

import io.tcptable.Advice;
import io.tcptable.ListenAddress;
import io.tcptable.OsProcess;
import io.tcptable.program.command.AdviceText;
import io.tcptable.program.terminal.LineWrapper;
import io.tcptable.program.terminal.Terminal;
import io.tcptable.restart.Outcome;
import io.tcptable.restart.PlannedLaunch;
import io.tcptable.restart.Refusal;
import io.tcptable.restart.RestartPlan;
import io.tcptable.restart.RestartReport;
import io.tcptable.restart.Target;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;

/** Plans and reports of restarts for people. */
final class RestartText {

  private static final String OWN_USER =
      OsProcess.of(ProcessHandle.current().pid()).flatMap(OsProcess::user).orElse("");

  private static final int INDENT = 2;
  private static final int NAME_WIDTH = 10;

  private final Terminal terminal;
  private final PrintStream out;
  private final LineWrapper paragraph;

  RestartText(Terminal terminal) {
    this.terminal = terminal;
    this.out = terminal.out();
    this.paragraph = new LineWrapper(out, terminal.width());
  }

  void print(RestartPlan plan) {
    if (!plan.targets().isEmpty()) {
      out.println(
          "On " + plan.address().map(ListenAddress::toString).orElse("port " + plan.port()) + ":");
      for (Target target : plan.targets()) {
        line(target + otherUser(target));
      }
    }
    plan.userChange().ifPresent(change -> note(text(change)));
    plan.notes().forEach(this::note);
    plan.launch().ifPresent(this::print);
    if (!plan.steps().isEmpty()) {
      out.println("Plan:");
      for (RestartPlan.PlannedStep step : plan.steps()) {
        row(step.step().name().toLowerCase(Locale.ROOT), step.what());
      }
    }
    plan.refusal().ifPresent(refusal -> print(refusal, "nothing was done: "));
  }

  private void print(PlannedLaunch launch) {
    if (!launch.differences().isEmpty()) {
      out.println("Kept from the running server, unlike your own:");
      LaunchText.lines(launch).forEach(this::row);
    }
    if (!launch.notKept().isEmpty()) {
      note("not kept: " + String.join(", ", launch.notKept()));
    }
  }

  void print(RestartReport report) {
    report.situation().forEach(line -> paragraph.print("", 0, line));
    if (report.outcome() == Outcome.DONE) {
      return;
    }
    printLastLines(report);
    if (report.outcome() == Outcome.CANCELLED) {
      terminal.warn("cancelled; the current state is shown above");
    }
    String lead = report.outcome() == Outcome.REFUSED ? "nothing was done: " : "";
    report.refusal().ifPresent(refusal -> print(refusal, lead));
  }

  /** The user of a process, if that is another one than that of this program. */
  private static String otherUser(Target target) {
    return target
        .user()
        .filter(user -> !user.equals(OWN_USER))
        .map(user -> " (user " + user + ")")
        .orElse("");
  }

  /** Who ran the server, and who is going to run it. */
  static String text(RestartPlan.UserChange change) {
    return "the server ran as " + change.from() + " and will run as " + change.to();
  }

  private void note(String note) {
    paragraph.print("Note: ", 6, note);
  }

  private void printLastLines(RestartReport report) {
    List<String> lines = report.started().map(RestartReport.Started::lastLines).orElse(List.of());
    if (!lines.isEmpty()) {
      out.println("Last lines of its log:");
      lines.forEach(this::line);
    }
  }

  private void print(Refusal refusal, String lead) {
    terminal.warn(lead + refusal.message());
    for (Advice advice : refusal.advice()) {
      AdviceText text = AdviceText.of(advice);
      terminal.warn((text.isCommand() ? "try: " : "") + text.text());
    }
  }

  private void row(String name, String text) {
    String lead = " ".repeat(INDENT) + name + " ".repeat(NAME_WIDTH - name.length());
    paragraph.print(lead, lead.length(), text);
  }

  private void line(String text) {
    paragraph.print(" ".repeat(INDENT), INDENT, text);
  }
}
