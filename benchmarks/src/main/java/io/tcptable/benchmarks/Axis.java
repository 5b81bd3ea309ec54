// SPDX-License-Identifier: Apache-2.0
package io.tcptable.benchmarks;

import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.stream.DoubleStream;

/** What a logarithmic axis shows. */
record Axis(double least, double most) {

  /** Shows all values, and at both ends so many times more. */
  static Axis of(DoubleStream values, double margin) {
    DoubleSummaryStatistics range = values.summaryStatistics();
    return new Axis(range.getMin() / margin, range.getMax() * margin);
  }

  /** Where a value lies between both ends, 0 to 1. */
  double place(double value) {
    return Math.log(value / least) / Math.log(most / least);
  }

  /** The powers of ten that it shows. */
  List<Double> decades() {
    double first = Math.pow(10, Math.ceil(Math.log10(least)));
    return DoubleStream.iterate(first, value -> value <= most, value -> value * 10)
        .boxed()
        .toList();
  }
}
