// SPDX-License-Identifier: Apache-2.0
package io.tcptable.benchmarks;

/**
 * How long to measure: the one place that decides how long a run takes. Each round measures every
 * trial once, one after the other, so that a machine that is busy for a while slows all alike.
 *
 * @param processes how often a tool is started in a round
 */
record Pace(int rounds, int warmupMillis, int iterations, int iterationMillis, int processes) {

  /** About half an hour. The compiler of the JVM is done with a large table after about 5 s. */
  static final Pace THOROUGH = new Pace(3, 6000, 4, 300, 4);

  /** About four minutes. */
  static final Pace QUICK = new Pace(1, 3000, 4, 250, 3);

  /** To see that all runs; the figures mean nothing. */
  static final Pace TRIAL = new Pace(1, 1, 1, 1, 1);
}
