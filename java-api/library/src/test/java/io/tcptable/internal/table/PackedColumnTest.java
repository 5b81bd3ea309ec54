// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.table;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PackedColumnTest {

  @ParameterizedTest
  @ValueSource(
      ints = {0, 1, 255, 256, 65_535, 65_536, 0xff_ffff, 0x100_0000, -1, Integer.MIN_VALUE})
  void givesBackWhatItWasGiven(int largest) {
    int[] values = {0, largest, 1, largest, 0, largest >>> 1};
    int smaller = largest == 0 ? 0 : 1;
    values[2] = smaller;

    PackedColumn column = new PackedColumn(values, values.length, 0);

    for (int row = 0; row < values.length; row++) {
      assertThat(column.get(row)).as("row %d", row).isEqualTo(values[row]);
    }
  }

  /** What lies between front and back is left over from before. */
  @Test
  void joinsFrontAndBack() {
    PackedColumn column = new PackedColumn(new int[] {1, 2, 999_999, 999_999, 3}, 2, 1);

    assertThat(new int[] {column.get(0), column.get(1), column.get(2)}).containsExactly(1, 2, 3);
  }

  @Test
  void zerosAreZeroAnywhere() {
    assertThat(PackedColumn.ZEROS.get(0)).isZero();
    assertThat(PackedColumn.ZEROS.get(1_000_000)).isZero();
  }
}
