// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.report;

import io.tcptable.internal.wording.Quantities;
import io.tcptable.program.report.RecordedSample.Queue;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Pictures of the time that was recorded: states, accept queues, connections a second, owners. */
final class TimelineSection {

  private static final int MOST_QUEUES = 4;
  private static final int MOST_OWNERS = 15;
  private static final int MOST_MARKS = 50;

  private final Html html;
  private final ReportTimes times;

  TimelineSection(Html html, ReportTimes times) {
    this.html = html;
    this.times = times;
  }

  void write(RecordedPort recorded) {
    List<RecordedSample> points = recorded.timeline().points();
    if (points.isEmpty()) {
      return;
    }
    html.section("Timeline");
    ChartFigure figure = new ChartFigure(html, times, points, marks(recorded));
    writeStates(points, figure);
    writeQueues(points, figure);
    writeRates(points, figure);
    writeOwners(recorded.owners(), figure);
    if (!recorded.events().isEmpty()) {
      html.remark("A vertical line marks an event of the table below.");
    }
    if (recorded.timeline().each() > 1) {
      html.remark("Each step is the fullest of " + recorded.timeline().each() + " samples.");
    }
    html.close();
  }

  private static List<Instant> marks(RecordedPort recorded) {
    return recorded.events().stream()
        .flatMap(event -> event.time("at").stream())
        .limit(MOST_MARKS)
        .toList();
  }

  private void writeStates(List<RecordedSample> points, ChartFigure figure) {
    long most = points.stream().mapToLong(RecordedSample::connections).max().orElse(0);
    Set<StateGroup> used = new LinkedHashSet<>();
    for (StateGroup group : StateGroup.values()) {
      if (points.stream().anyMatch(it -> it.states().getOrDefault(group, 0L) > 0)) {
        used.add(group);
      }
    }
    figure.begin("Connections by state", "at most " + Quantities.number(most));
    for (StateGroup group : used) {
      figure.legend(group.states(), group.style());
    }
    StepChart chart = figure.chart((double) most, "Connections by state: at most " + most);
    double[] low = new double[points.size()];
    for (StateGroup group : used) {
      double[] high = low.clone();
      for (int i = 0; i < high.length; i++) {
        high[i] += points.get(i).states().getOrDefault(group, 0L);
      }
      html.shape("path", "class", group.style(), "d", chart.area(figure.times(), low, high));
      low = high;
    }
    figure.end();
  }

  private void writeQueues(List<RecordedSample> points, ChartFigure figure) {
    Set<String> listeners = new LinkedHashSet<>();
    points.forEach(point -> listeners.addAll(point.queues().keySet()));
    for (String listener : listeners.stream().limit(MOST_QUEUES).toList()) {
      writeQueue(listener, points, figure);
    }
    if (listeners.size() > MOST_QUEUES) {
      html.remark("And " + (listeners.size() - MOST_QUEUES) + " more listeners, not drawn.");
    }
  }

  private void writeQueue(String listener, List<RecordedSample> points, ChartFigure figure) {
    double[] waiting = new double[points.size()];
    double[] limit = new double[points.size()];
    for (int i = 0; i < points.size(); i++) {
      Queue queue = points.get(i).queues().get(listener);
      waiting[i] = queue == null ? 0 : queue.waiting();
      limit[i] = queue == null ? 0 : queue.limit();
    }
    long fullest = (long) Arrays.stream(waiting).max().orElse(0);
    long widest = (long) Arrays.stream(limit).max().orElse(0);
    figure.begin(
        "Accept queue of " + listener,
        "at most " + Quantities.number(fullest) + ", limit " + Quantities.number(widest));
    figure.legend("waiting", "waiting");
    // A limit of 4,096 would make a queue of 40 a line on the ground.
    boolean isLimitDrawn = fullest * 20 >= widest;
    if (isLimitDrawn) {
      figure.legend("limit", "limit");
    }
    StepChart chart =
        figure.chart(
            (double) Math.max(fullest, isLimitDrawn ? widest : 0),
            "Connections that wait to be accepted: at most " + fullest + ", limit " + widest);
    html.shape(
        "path",
        "class",
        "waiting",
        "d",
        chart.area(figure.times(), new double[points.size()], waiting));
    if (isLimitDrawn) {
      html.shape("path", "class", "limit line", "d", chart.line(figure.times(), limit));
    }
    figure.end();
  }

  /** A sample counts what happened since the one before. */
  private void writeRates(List<RecordedSample> points, ChartFigure figure) {
    if (points.size() < 2) {
      return;
    }
    int intervals = points.size() - 1;
    double[] opened = new double[intervals];
    double[] closed = new double[intervals];
    List<Instant> begins = new ArrayList<>();
    for (int i = 0; i < intervals; i++) {
      RecordedSample sample = points.get(i + 1);
      double seconds =
          Math.max(1, Duration.between(points.get(i).at(), sample.at()).toMillis()) / 1e3;
      begins.add(points.get(i).at());
      opened[i] = sample.opened() / seconds;
      closed[i] = sample.closed() / seconds;
    }
    double most =
        Math.max(Arrays.stream(opened).max().orElse(0), Arrays.stream(closed).max().orElse(0));
    if (most == 0) {
      return;
    }
    figure.begin("Connections a second", "at most " + StepChart.text(most));
    figure.legend("opened", "opened");
    figure.legend("closed", "closed");
    StepChart chart = figure.chart(most, "Connections a second: at most " + StepChart.text(most));
    html.shape("path", "class", "opened line", "d", chart.line(begins, opened));
    html.shape("path", "class", "closed line", "d", chart.line(begins, closed));
    figure.end();
  }

  private void writeOwners(List<RecordedPort.Presence> owners, ChartFigure figure) {
    if (owners.isEmpty()) {
      return;
    }
    figure.begin("Owners", Quantities.count(owners.size(), "process"));
    figure.bars();
    for (RecordedPort.Presence owner : owners.stream().limit(MOST_OWNERS).toList()) {
      figure.bar(
          owner.process(), "up to " + Quantities.count(owner.mostSockets(), "socket"), owner);
    }
    if (owners.size() > MOST_OWNERS) {
      html.remark("And " + (owners.size() - MOST_OWNERS) + " more, not drawn.");
    }
    figure.endBars();
  }
}
