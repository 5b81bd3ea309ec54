// SPDX-License-Identifier: Apache-2.0
package io.tcptable.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.agreement.NeedsRoot;
import io.tcptable.binding.ForkedJvm;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A repeated snapshot allocates what the table keeps, and next to nothing besides. */
class AllocationIT {

  /** Whatever the number of sockets: the list of PIDs, for the greater part. */
  private static final int BESIDES = 16 * 1024;

  @NeedsRoot
  @ParameterizedTest
  @MethodSource("io.tcptable.binding.Providers#names")
  void isWhatTheTableKeeps(String provider) throws Exception {
    Map<String, String> said =
        new ForkedJvm(AllocationProbe.class, provider)
            .alone()
            .classPath(ForkedJvm.everything())
            .nativeAccess("ALL-UNNAMED")
            // All by the thread that measures, compiled as soon as it is worth it.
            .option("-Djava.util.concurrent.ForkJoinPool.common.parallelism=0")
            .option("-Xbatch")
            .run()
            .said();

    assertThat(said).containsOnlyKeys("allocated", "kept", "sockets");
    long sockets = number(said, "sockets");
    assertThat(sockets).isGreaterThan(3_000);
    assertThat(number(said, "kept")).isLessThanOrEqualTo(64 * sockets + BESIDES);
    assertThat(number(said, "allocated"))
        .isLessThanOrEqualTo(number(said, "kept") + BESIDES)
        .isGreaterThan(24 * sockets);
  }

  private static long number(Map<String, String> said, String name) {
    return Long.parseLong(said.getOrDefault(name, ""));
  }
}
