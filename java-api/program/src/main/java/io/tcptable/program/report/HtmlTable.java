// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.report;

import io.tcptable.internal.wording.Quantities;

/** A table of at most so many rows; what is left out is counted below it. */
final class HtmlTable {

  /** Before a title: the cells below it are numbers, and stand to the right. */
  static final String NUMBER = "#";

  /** Before a title: the cells below it may be broken anywhere. All others stay on one line. */
  static final String SENTENCE = "~";

  private final Html html;
  private final int most;
  private final String[] titles;
  private int rows;

  /**
   * @param most how many rows are written
   */
  HtmlTable(Html html, int most, String... titles) {
    this.html = html;
    this.most = most;
    this.titles = titles;
    html.open("div", "class", "wide").open("table").open("thead").open("tr");
    for (String title : titles) {
      html.element(
          "th",
          title.substring(style(title).isEmpty() ? 0 : 1),
          "scope",
          "col",
          "class",
          style(title));
    }
    html.close().close().open("tbody");
  }

  private static String style(String title) {
    if (title.startsWith(NUMBER)) {
      return "number";
    }
    return title.startsWith(SENTENCE) ? "sentence" : "";
  }

  void row(String... cells) {
    if (++rows <= most) {
      html.open("tr");
      for (int i = 0; i < cells.length; i++) {
        html.element("td", cells[i], "class", style(titles[i]));
      }
      html.close();
    }
  }

  /**
   * Ends it.
   *
   * @param more how many rows were left out before
   */
  void end(long more) {
    html.close().close().close();
    long omitted = Math.max(0, rows - most) + more;
    if (omitted > 0) {
      html.remark("And " + Quantities.number(omitted) + " more, not shown.");
    }
  }
}
