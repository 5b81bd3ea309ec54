// SPDX-License-Identifier: Apache-2.0
package io.tcptable.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class AxisTest {

  @Test
  void placesValuesByTheirLogarithm() {
    Axis axis = Axis.of(DoubleStream.of(10_000, 1, 50), 1);

    assertThat(axis.place(1)).isZero();
    assertThat(axis.place(100)).isCloseTo(0.5, within(1e-9));
    assertThat(axis.place(10_000)).isEqualTo(1);
  }

  @Test
  void leavesAMargin() {
    assertThat(Axis.of(DoubleStream.of(2, 8), 2)).isEqualTo(new Axis(1, 16));
  }

  @Test
  void showsThePowersOfTenWithin() {
    assertThat(new Axis(0.5, 1000).decades()).containsExactly(1.0, 10.0, 100.0, 1000.0);
    assertThat(new Axis(2, 9).decades()).isEmpty();
  }
}
