// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.table;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PairInternerTest {

  private final PairInterner pool = new PairInterner();

  @Test
  void numbersPairsInTheOrderOfFirstSight() {
    assertThat(pool.indexOf(5, 6)).isZero();
    assertThat(pool.indexOf(6, 5)).isEqualTo(1);
    assertThat(pool.indexOf(5, 6)).isZero();
    assertThat(pool.indexOf(0, 0)).isEqualTo(2);
    assertThat(pool.indexOf(-1, Long.MIN_VALUE)).isEqualTo(3);
    assertThat(pool.toArray()).containsExactly(5, 6, 6, 5, 0, 0, -1, Long.MIN_VALUE);
  }

  /** Of the same sum, on which the hash is made. */
  @Test
  void tellsApartPairsThatCollide() {
    for (int i = 0; i < 50; i++) {
      assertThat(pool.indexOf(i, -31L * i)).isEqualTo(i);
    }
    for (int i = 0; i < 50; i++) {
      assertThat(pool.indexOf(i, -31L * i)).isEqualTo(i);
    }
  }

  @Test
  void keepsAllNumbersAsItGrows() {
    for (int i = 0; i < 10_000; i++) {
      assertThat(pool.indexOf(i, i / 2)).isEqualTo(i);
    }
    for (int i = 0; i < 10_000; i++) {
      assertThat(pool.indexOf(i, i / 2)).isEqualTo(i);
    }
    assertThat(pool.toArray()).hasSize(20_000).endsWith(9_999, 4_999);
  }

  @Test
  void takesAllOfAnother() {
    pool.indexOf(1, 1);
    pool.indexOf(2, 2);
    PairInterner other = new PairInterner();
    for (int i = 5; i > 0; i--) {
      other.indexOf(i, i);
    }

    assertThat(pool.addAll(other)).containsExactly(2, 3, 4, 1, 0);
    assertThat(pool.toArray()).containsExactly(1, 1, 2, 2, 5, 5, 4, 4, 3, 3);
    assertThat(pool.addAll(new PairInterner())).isEmpty();
  }

  @Test
  void forgetsEverything() {
    for (int i = 0; i < 1_000; i++) {
      pool.indexOf(i, i);
    }
    pool.clear();

    assertThat(pool.toArray()).isEmpty();
    assertThat(pool.indexOf(999, 999)).isZero();
    assertThat(pool.indexOf(0, 0)).isEqualTo(1);
  }
}
