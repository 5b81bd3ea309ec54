// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.report;

import io.tcptable.internal.wording.Quantities;
import java.time.Instant;
import java.util.List;

/**
 * A picture with its title, legend and axes. The picture is stretched to the width of the page, so
 * that all its texts are outside of it.
 */
final class ChartFigure {

  private static final String BOX = "0 0 " + StepChart.WIDTH + " " + StepChart.HEIGHT;

  private final Html html;
  private final ReportTimes zone;
  private final List<Instant> times;
  private final List<Instant> marks;
  private StepChart drawn;

  ChartFigure(Html html, ReportTimes zone, List<RecordedSample> points, List<Instant> marks) {
    this.html = html;
    this.zone = zone;
    this.times = points.stream().map(RecordedSample::at).toList();
    this.marks = marks;
    this.drawn = chart(0);
  }

  /** When the samples were taken. */
  List<Instant> times() {
    return times;
  }

  private StepChart chart(double most) {
    return new StepChart(times.get(0), times.get(times.size() - 1), most);
  }

  void begin(String title, String summary) {
    html.open("figure")
        .open("figcaption")
        .element("strong", title)
        .text(" ")
        .element("span", summary, "class", "summary");
  }

  /** A colour and its meaning; before the chart. */
  void legend(String meaning, String style) {
    html.text(" ")
        .open("span", "class", "key")
        .open("svg", "class", "swatch", "viewBox", "0 0 10 10", "aria-hidden", "true")
        .shape("path", "class", style, "d", "M0 0H10V10H0Z")
        .close()
        .text(" " + meaning)
        .close();
  }

  /**
   * Ends the title and begins the picture.
   *
   * @param most the figure at the top
   */
  StepChart chart(double most, String description) {
    html.close();
    html.open("div", "class", "plot").open("div", "class", "scale");
    html.element("span", most < 10 ? StepChart.text(most) : Quantities.number(Math.round(most)));
    html.element("span", "0").close();
    svg("chart", description);
    drawn = chart(most);
    return drawn;
  }

  private void svg(String style, String description) {
    html.open(
        "svg",
        "class",
        style,
        "viewBox",
        BOX,
        "preserveAspectRatio",
        "none",
        "role",
        "img",
        "aria-label",
        description);
  }

  /** Ends the picture. */
  void end() {
    for (Instant mark : marks) {
      String x = StepChart.text(drawn.x(mark));
      html.shape("path", "class", "mark line", "d", "M" + x + " 0V" + StepChart.HEIGHT);
    }
    html.close().close();
    writeAxis();
    html.close();
  }

  private void writeAxis() {
    html.open("div", "class", "axis")
        .element("span", zone.ofDay(times.get(0)))
        .element("span", zone.ofDay(times.get(times.size() - 1)))
        .close();
  }

  /** Ends the title; bars follow. */
  void bars() {
    html.close();
  }

  /** A bar from the first to the last time that something was there. */
  void bar(String name, String figure, RecordedPort.Presence presence) {
    String from = StepChart.text(drawn.x(presence.from()));
    String to = StepChart.text(Math.max(drawn.x(presence.from()), drawn.x(presence.to())));
    html.open("div", "class", "bar")
        .open("p")
        .text(name + " ")
        .element("span", figure, "class", "summary")
        .close();
    svg(
        "lane",
        name + ": from " + zone.ofDay(presence.from()) + " to " + zone.ofDay(presence.to()));
    html.shape("path", "class", "owner-bar line", "d", "M" + from + " 50H" + to);
    html.close().close();
  }

  void endBars() {
    writeAxis();
    html.close();
  }
}
