// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.report;

/**
 * The style of a page. A rule that sets a colour of text sets its background, so that a test can
 * compute the contrast of each pair. On paper it is light.
 */
final class Stylesheet {

  static final String TEXT =
      """
      :root {
        --page: #ffffff; --text: #1b2330; --quiet: #566173; --line: #d5dbe3;
        --card: #f4f6f9; --code: #e6ebf2;
        --good: #17643a; --warning: #8a4b00; --critical: #b3261e; --info: #44546a; --on: #ffffff;
        --established: #1769aa; --close-wait: #c2410c; --syn: #7c3aed; --fin-wait: #0f766e;
        --time-wait: #7c8899; --other: #94720a; --mark: #b3261e;
      }
      @media (prefers-color-scheme: dark) {
        :root {
          --page: #12161c; --text: #e6eaf0; --quiet: #a3aebd; --line: #36404d;
          --card: #1b2129; --code: #2a323d;
          --good: #6fd39b; --warning: #f5b454; --critical: #ff8f85; --info: #b4c1d3; --on: #12161c;
          --established: #5ab0f2; --close-wait: #ff8a4c; --syn: #b79bff; --fin-wait: #2dd4bf;
          --time-wait: #8d99a8; --other: #e0b93b; --mark: #ff8f85;
        }
      }
      * { box-sizing: border-box; }
      html { color: var(--text); background: var(--page); }
      body { margin: 0; font: 1rem/1.5 system-ui, sans-serif; }
      main { max-width: 1080px; margin: 0 auto; padding: 24px 16px 48px; }
      h1 { font-size: 1.75rem; line-height: 1.2; margin: 0 0 12px; }
      h2 { font-size: 1.2rem; margin: 40px 0 12px; }
      h3 { font-size: 1rem; margin: 0 0 8px; }
      h1, h2, h3, p, dd, li, code, .sentence { overflow-wrap: anywhere; }
      p { margin: 0 0 8px; }
      ul { margin: 0 0 8px; padding-left: 20px; }
      small { font-weight: normal; color: var(--quiet); background: var(--card); }
      code { font: 0.9em/1.4 ui-monospace, "DejaVu Sans Mono", monospace; padding: 2px 5px;
        border-radius: 4px; color: var(--text); background: var(--code);
        box-decoration-break: clone; -webkit-box-decoration-break: clone; }
      .headline { font-size: 1.1rem; }
      .badge { display: inline-block; padding: 0 10px; border-radius: 6px; font-size: 0.85em;
        font-weight: 600; }
      h3 .badge { font-size: 0.8rem; text-transform: uppercase; }
      .badge.good { color: var(--on); background: var(--good); }
      .badge.warning { color: var(--on); background: var(--warning); }
      .badge.critical { color: var(--on); background: var(--critical); }
      .badge.info { color: var(--on); background: var(--info); }
      dl { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 310px), 1fr));
        gap: 8px 24px; margin: 16px 0 0; }
      dt { font-size: 0.85rem; color: var(--quiet); background: var(--page); }
      dd { margin: 0; }
      article { padding: 12px 16px; margin: 0 0 12px; border-radius: 6px;
        color: var(--text); background: var(--card); border-left: 4px solid var(--line); }
      .critical-edge { border-left-color: var(--critical); }
      .warning-edge { border-left-color: var(--warning); }
      .info-edge { border-left-color: var(--info); }
      article p:last-child { margin-bottom: 0; }
      .seen { font-weight: 600; }
      .figures { font-size: 0.85rem; color: var(--quiet); background: var(--card); }
      .more, footer { font-size: 0.85rem; color: var(--quiet); background: var(--page); }
      .summary { color: var(--quiet); background: var(--page); }
      .wide { overflow-x: auto; }
      table { border-collapse: collapse; width: 100%; font-size: 0.875rem; }
      th, td { text-align: left; vertical-align: top; padding: 5px 14px 5px 0;
        border-bottom: 1px solid var(--line); }
      th { white-space: nowrap; color: var(--quiet); background: var(--page); }
      td { white-space: nowrap; }
      td.sentence { white-space: normal; min-width: 9em; }
      .number { text-align: right; font-variant-numeric: tabular-nums; }
      figure { margin: 0 0 24px; }
      figcaption { margin-bottom: 6px; }
      .key { white-space: nowrap; margin-left: 14px; font-size: 0.875rem; }
      .swatch { width: 11px; height: 11px; }
      .plot { display: flex; gap: 6px; }
      .scale { display: flex; flex-direction: column; justify-content: space-between;
        flex: 0 0 44px; text-align: right; line-height: 1; }
      .scale, .axis { font-size: 0.8rem; font-variant-numeric: tabular-nums;
        color: var(--quiet); background: var(--page); }
      .axis { display: flex; justify-content: space-between; margin: 4px 0 0 50px; }
      .chart { flex: 1; min-width: 0; height: 120px; border: solid var(--line);
        border-width: 1px 0; }
      .bar { margin-left: 50px; }
      .bar p { margin: 0; font-size: 0.875rem; }
      .lane { display: block; width: 100%; height: 10px; }
      .established, .waiting { fill: var(--established); }
      .close-wait { fill: var(--close-wait); }
      .syn { fill: var(--syn); }
      .fin-wait { fill: var(--fin-wait); }
      .time-wait { fill: var(--time-wait); }
      .other { fill: var(--other); }
      .limit { fill: var(--critical); stroke: var(--critical); stroke-dasharray: 6 4; }
      .opened { fill: var(--established); stroke: var(--established); }
      .closed { fill: var(--close-wait); stroke: var(--close-wait); }
      .mark { stroke: var(--mark); stroke-dasharray: 2 3; }
      .owner-bar { stroke: var(--established); }
      .line { fill: none; stroke-width: 2; vector-effect: non-scaling-stroke; }
      .mark.line { stroke-width: 1; }
      .owner-bar.line { stroke-width: 8; }
      footer { margin-top: 40px; border-top: 1px solid var(--line); padding-top: 12px; }
      @media (max-width: 560px) {
        .scale { flex-basis: 34px; }
        .axis, .bar { margin-left: 40px; }
      }
      @media print {
        :root {
          --page: #ffffff; --text: #1b2330; --quiet: #566173; --line: #d5dbe3;
          --card: #f4f6f9; --code: #e6ebf2;
          --good: #17643a; --warning: #8a4b00; --critical: #b3261e; --info: #44546a;
          --on: #ffffff;
          --established: #1769aa; --close-wait: #c2410c; --syn: #7c3aed; --fin-wait: #0f766e;
          --time-wait: #7c8899; --other: #94720a; --mark: #b3261e;
        }
        html { font-size: 11px; }
        body { -webkit-print-color-adjust: exact; print-color-adjust: exact; }
        main { max-width: none; padding: 0; }
        article, figure, tr { break-inside: avoid; }
        h2, h3, figcaption { break-after: avoid; }
        .wide { overflow: visible; }
      }
      """;

  private Stylesheet() {}
}
