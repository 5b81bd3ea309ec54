package io.tcptable.benchmarks;

/**
 * How long to measure: the one place that decides how long a run takes. Each round measures every
 * trial once, one after the other, so that a machine that is busy for a while slows all alike.
 *
 * @param processes how often a tool is started in a round
 */
record Pace(int rounds, int warmupMillis, int iterations, int iterationMillis, int processes) {

  /** About eleven minutes. */
  static final Pace THOROUGH = new Pace(2, 3000, 3, 300, 4);

  /** About three minutes. */
  static final Pace QUICK = new Pace(1, 900, 4, 250, 3);

  /** To see that all runs; the figures mean nothing. */
  static final Pace TRIAL = new Pace(1, 1, 1, 1, 1);
}
