// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.report;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What is wrong: what was seen, what it means, what to do. */
final class FindingsSection {

  private static final int MOST = 50;
  private static final int MOST_ADVICE = 20;

  private final Html html;

  FindingsSection(Html html) {
    this.html = html;
  }

  /** The first command that one of the faults calls for. */
  static Optional<String> next(JsonObject diagnosis) {
    return diagnosis.objects("findings").stream()
        .filter(finding -> !finding.text("severity").equals("info"))
        .flatMap(finding -> finding.objects("advice").stream())
        .filter(FindingsSection::isCommand)
        .map(advice -> advice.text("text"))
        .findFirst();
  }

  private static boolean isCommand(JsonObject advice) {
    return advice.text("kind").equals("command");
  }

  void write(JsonObject diagnosis) {
    List<JsonObject> findings = diagnosis.objects("findings");
    if (findings.isEmpty()) {
      return;
    }
    html.section("Findings");
    Set<String> given = new HashSet<>();
    next(diagnosis).ifPresent(given::add);
    findings.stream().limit(MOST).forEach(finding -> write(finding, given));
    if (findings.size() > MOST) {
      html.remark("And " + (findings.size() - MOST) + " more.");
    }
    html.close();
  }

  private void write(JsonObject finding, Set<String> given) {
    String severity = finding.text("severity");
    html.open("article", "class", style(severity) + "-edge");
    html.open("h3")
        .element("span", severity, "class", "badge " + style(severity))
        .text(" ")
        .element("code", finding.text("code"));
    if (!finding.text("confidence").equals("certain")) {
      html.element("small", " " + finding.text("confidence"));
    }
    html.close();
    html.element("p", finding.text("seen"), "class", "seen");
    html.element("p", finding.text("meaning"));
    List<JsonObject> advice =
        finding.objects("advice").stream().filter(it -> given.add(it.text("text"))).toList();
    if (!advice.isEmpty()) {
      html.open("ul");
      advice.stream().limit(MOST_ADVICE).forEach(this::writeAdvice);
      html.close();
      if (advice.size() > MOST_ADVICE) {
        html.remark("And " + (advice.size() - MOST_ADVICE) + " more.");
      }
    }
    String figures =
        Stream.concat(
                finding.numbers("pids").stream().map(pid -> "PID " + pid),
                finding.object("evidence").members().entrySet().stream()
                    .map(figure -> figure.getKey() + " " + figure.getValue()))
            .collect(Collectors.joining(", "));
    if (!figures.isEmpty()) {
      html.element("p", figures, "class", "figures");
    }
    html.close();
  }

  private void writeAdvice(JsonObject advice) {
    html.open("li").element(isCommand(advice) ? "code" : "span", advice.text("text")).close();
  }

  /** The class of a severity in the style sheet. */
  private static String style(String severity) {
    return severity.equals("critical") || severity.equals("warning") ? severity : "info";
  }
}
