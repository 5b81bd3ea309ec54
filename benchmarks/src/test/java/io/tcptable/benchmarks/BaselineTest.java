// SPDX-License-Identifier: Apache-2.0
package io.tcptable.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The C baseline finds what tcptable does, from the same sources. */
@Timeout(20)
class BaselineTest {

  private static final int ON_PORT = 12;
  private static final int[] THREADS = {1, 2, 4};

  @BeforeAll
  static void needsCompiler() {
    Needs.compiler();
  }

  @ParameterizedTest
  @ValueSource(strings = {"bpf", "proc"})
  void findsTheOwnersOfAPort(String owners) {
    Needs.sources(owners);
    try (SocketFarm farm = SocketFarm.start(new Size(50, 3));
        Baseline baseline = new Baseline()) {
      for (int threads : THREADS) {
        assertThat(baseline.snapshot(Question.PORT_OWNERS, farm.port(), owners, threads))
            .isEqualTo(ON_PORT);
        assertThat(baseline.owned()).isEqualTo(ON_PORT);
      }
    }
  }

  @Test
  void leavesOwnersOut() {
    try (SocketFarm farm = SocketFarm.start(new Size(50, 3));
        Baseline baseline = new Baseline()) {
      assertThat(baseline.snapshot(Question.PORT_LISTENERS, farm.port(), "proc", 1)).isEqualTo(2);
      assertThat(baseline.owned()).isZero();
    }
  }

  /** The first time as a whole, then in halves, which neither lack a socket nor share one. */
  @ParameterizedTest
  @ValueSource(strings = {"bpf", "proc"})
  void findsTheOwnersOfALargeTable(String owners) {
    Needs.sources(owners);
    int sockets = 4_000;
    try (SocketFarm farm = SocketFarm.start(new Size(sockets, 20));
        Baseline baseline = new Baseline()) {
      for (int threads : THREADS) {
        long found = baseline.snapshot(Question.ALL_OWNERS, farm.port(), owners, threads);
        // Others may have sockets here, too.
        assertThat(found).isBetween((long) sockets, sockets * 4L / 3);
        assertThat(baseline.owned()).isBetween((long) sockets, found);
      }
    }
  }

  /** More descriptors than one record of the iterator over all tasks may tell of. */
  @ParameterizedTest
  @ValueSource(strings = {"bpf", "proc"})
  void findsTheOwnersInALongTable(String owners) {
    Needs.sources(owners);
    int sockets = 10_000;
    try (SocketFarm farm = SocketFarm.start(new Size(sockets, 2));
        Baseline baseline = new Baseline()) {
      baseline.snapshot(Question.ALL_OWNERS, farm.port(), owners, 2);
      assertThat(baseline.owned()).isGreaterThanOrEqualTo(sockets);
    }
  }
}
