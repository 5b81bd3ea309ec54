// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.report;

import java.util.ArrayList;
import java.util.List;

/** The samples of a recording, however many: neighbours become one when there are too many. */
final class Timeline {

  /** More than a page has pixels to show. */
  static final int MOST = 1_000;

  private final List<RecordedSample> points = new ArrayList<>();

  /** How many samples one point stands for, at least. */
  private int each = 1;

  private int ofLast;

  void add(RecordedSample sample) {
    if (ofLast > 0 && ofLast < each) {
      points.set(points.size() - 1, points.get(points.size() - 1).with(sample));
      ofLast++;
      return;
    }
    if (points.size() == MOST) {
      halve();
    }
    points.add(sample);
    ofLast = 1;
  }

  private void halve() {
    for (int i = 0; i < points.size() / 2; i++) {
      points.set(i, points.get(2 * i).with(points.get(2 * i + 1)));
    }
    points.subList(points.size() / 2, points.size()).clear();
    each *= 2;
  }

  List<RecordedSample> points() {
    return points;
  }

  /** How many samples a point stands for. */
  int each() {
    return each;
  }
}
