package io.tcptable.benchmarks;

/**
 * How long to measure. Each round measures every trial once, one after the other, so that a machine
 * that is busy for a while slows all alike.
 *
 * @param processes how often a tool is started in a round
 */
record Pace(int rounds, int warmupMillis, int iterations, int iterationMillis, int processes) {

  static final Pace THOROUGH = new Pace(3, 1500, 3, 400, 3);

  static final Pace QUICK = new Pace(2, 1000, 2, 300, 2);
}
