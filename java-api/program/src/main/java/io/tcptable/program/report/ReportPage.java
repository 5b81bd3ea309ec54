// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.report;

import io.tcptable.diagnose.PortDiagnosis;
import io.tcptable.internal.wording.DurationText;
import io.tcptable.internal.wording.Quantities;
import io.tcptable.program.diagnose.DiagnosisJson;
import io.tcptable.program.foreign.Secrets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A page that holds all it needs: no script, no picture or style of another place. It is of a
 * bounded size, however long the recording.
 */
public final class ReportPage {

  /** Should markup ever get through, it could load nothing and run nothing. */
  private static final String POLICY =
      "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

  private final RecordedPort recorded;
  private final ReportTimes times;
  private final Html html;

  ReportPage(RecordedPort recorded, Secrets secrets) {
    this.recorded = recorded;
    this.times = new ReportTimes(recorded.zone());
    this.html = new Html(secrets);
  }

  /** The page of a diagnosis alone, with secrets masked. */
  public static String text(PortDiagnosis diagnosis) {
    RecordedPort recorded = new RecordedPort();
    recorded.line(DiagnosisJson.text(diagnosis));
    return new ReportPage(recorded, Secrets.of(false)).text();
  }

  /** The whole page. */
  String text() {
    JsonObject diagnosis = recorded.diagnosis().orElse(JsonObject.EMPTY);
    html.open("html", "lang", "en");
    writeHead(diagnosis);
    html.open("body").open("main");
    writeTitle(diagnosis);
    new FindingsSection(html).write(diagnosis);
    new TimelineSection(html, times).write(recorded);
    new EventsSection(html, times).write(recorded);
    new StepsSection(html, times).write(recorded);
    HealthSection.write(html, diagnosis.object("health"));
    OwnersSection.write(html, diagnosis);
    new ConnectionsSection(html).write(recorded, diagnosis);
    writeEnd();
    return html.close().close().close().toString();
  }

  private String port() {
    if (!recorded.address().isEmpty()) {
      return recorded.address();
    }
    return recorded.port().isPresent() ? "Port " + recorded.port().getAsLong() : "Port not known";
  }

  private static String verdict(JsonObject diagnosis) {
    return diagnosis.text("verdict");
  }

  private void writeHead(JsonObject diagnosis) {
    String verdict = verdict(diagnosis);
    html.open("head")
        .single("meta", "charset", "utf-8")
        .single("meta", "name", "viewport", "content", "width=device-width, initial-scale=1")
        .single("meta", "http-equiv", "Content-Security-Policy", "content", POLICY)
        .single("meta", "name", "referrer", "content", "no-referrer")
        .single("meta", "name", "color-scheme", "content", "light dark")
        .element(
            "title",
            port()
                + (verdict.isEmpty() ? "" : ": " + verdict)
                + at(diagnosis).map(it -> ", " + times.whole(it)).orElse(""))
        .style(Stylesheet.TEXT)
        .close();
  }

  private Optional<Instant> at(JsonObject diagnosis) {
    return diagnosis.time("takenAt").or(() -> recorded.header().time("startedAt"));
  }

  private void writeTitle(JsonObject diagnosis) {
    String verdict = verdict(diagnosis);
    html.open("header").open("h1").text(port());
    if (!verdict.isEmpty()) {
      html.text(" ").element("span", verdict, "class", "badge " + style(verdict));
    }
    html.close();
    html.element(
        "p",
        verdict.isEmpty() ? "There is no diagnosis." : diagnosis.text("headline"),
        "class",
        "headline");
    FindingsSection.next(diagnosis)
        .ifPresent(command -> html.open("p").text("Next: ").element("code", command).close());
    html.open("dl");
    recorded
        .before()
        .ifPresent(
            it ->
                fact(
                    "Before",
                    it.text("verdict")
                        + it.time("takenAt").map(at -> " at " + times.whole(at)).orElse("")));
    at(diagnosis)
        .ifPresent(
            it ->
                fact(
                    label(verdict),
                    (recorded.before().isPresent() ? verdict + " at " : "") + times.whole(it)));
    writeSamples();
    outcome().ifPresent(it -> fact("Recording", it));
    JsonObject header = recorded.header();
    if (header.has("system")) {
      fact(
          "System",
          header.text("system")
              + ", "
              + Quantities.count(header.numberOr0("processors"), "processor"));
      fact("Program", "tcptable " + header.text("program") + ", Java " + header.text("java"));
    }
    html.close().close();
  }

  private String label(String verdict) {
    if (verdict.isEmpty()) {
      return "Began";
    }
    return recorded.before().isPresent() ? "After" : "Diagnosed";
  }

  private void writeSamples() {
    List<RecordedSample> points = recorded.timeline().points();
    if (!points.isEmpty()) {
      Instant first = points.get(0).at();
      Instant last = points.get(points.size() - 1).at();
      fact(
          "Watched",
          times.whole(first)
              + " to "
              + times.ofDay(last)
              + " ("
              + DurationText.of(last.isAfter(first) ? Duration.between(first, last) : Duration.ZERO)
              + ")");
    }
  }

  /** What is missing at its end, and why; empty if nothing is. */
  private Optional<String> outcome() {
    if (recorded.isCutOff()) {
      return Optional.of(
          "cut off: the program was killed, or could not write on." + verdictFromBefore());
    }
    JsonObject end = recorded.end();
    String at = end.time("at").map(it -> " at " + times.ofDay(it)).orElse("");
    return switch (end.text("reason")) {
      case "", "complete" -> Optional.empty();
      case "interrupted" -> Optional.of("interrupted" + at + "." + verdictFromBefore());
      default ->
          Optional.of("ended early" + at + ": " + end.text("message") + "." + verdictFromBefore());
    };
  }

  private String verdictFromBefore() {
    return recorded.diagnosis().isPresent() && recorded.before().isEmpty()
        ? " The verdict is the one from before it."
        : "";
  }

  /** The class of a verdict in the style sheet. */
  private static String style(String verdict) {
    return switch (verdict) {
      case "HEALTHY" -> "good";
      case "DEGRADED" -> "warning";
      case "HANGING", "DOWN" -> "critical";
      default -> "info";
    };
  }

  private void fact(String name, String value) {
    html.open("div").element("dt", name).element("dd", value).close();
  }

  /** What the page cannot know, and what it hides. */
  private void writeEnd() {
    html.open("footer");
    JsonObject diagnosis = recorded.diagnosis().orElse(JsonObject.EMPTY);
    long unreadable = diagnosis.numberOr0("unreadableProcesses");
    if (unreadable > 0 || diagnosis.isTrue("hasHiddenProcesses")) {
      note(
          unreadable > 0
              ? Quantities.count(unreadable, "process")
                  + " could not be looked into: owners may be missing."
              : "Other users' processes are hidden: owners may be missing.");
    }
    if (html.hasMasked()) {
      note("What looks like a secret is masked as ***.");
    }
    note("Times are in the zone " + recorded.zone().getId() + ".");
    html.close();
  }

  private void note(String text) {
    html.element("p", text);
  }
}
