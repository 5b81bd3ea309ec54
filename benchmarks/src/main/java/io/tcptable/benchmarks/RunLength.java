// SPDX-License-Identifier: Apache-2.0
package io.tcptable.benchmarks;

/**
 * How long to measure: the one place that decides how long a run takes. Each round measures every
 * case once, one after the other, so that a machine that is busy for a while slows all alike.
 *
 * @param processes how often a tool is started in a round
 */
record RunLength(int rounds, int warmupMillis, int iterations, int iterationMillis, int processes) {

  /** About half an hour. The compiler of the JVM is done with a large table after about 5 s. */
  static final RunLength THOROUGH = new RunLength(3, 6000, 4, 300, 4);

  /** About four minutes. */
  static final RunLength QUICK = new RunLength(1, 3000, 4, 250, 3);

  /** To see that all runs; the figures mean nothing. */
  static final RunLength TRIAL = new RunLength(1, 1, 1, 1, 1);
}
