// SPDX-License-Identifier: Apache-2.0
package io.tcptable.restart;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.binding.ForkedJvm;
import io.tcptable.binding.Providers;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A virtual thread that waits for the end of a process does not keep others from going on. */
@Tag("since-22")
class VirtualThreadsIT {

  static Stream<String> bindings() {
    return Stream.concat(Providers.names().stream(), Stream.of("java"));
  }

  @ParameterizedTest
  @MethodSource("bindings")
  void whoWaitsLetsOthersGoOn(String binding) throws Exception {
    ForkedJvm.Outcome outcome =
        new ForkedJvm(VirtualThreadsMain.class)
            .classPath(ForkedJvm.everything())
            .nativeAccess("ALL-UNNAMED")
            .option("-Djdk.virtualThreadScheduler.parallelism=1")
            .option("-Djdk.virtualThreadScheduler.maxPoolSize=1")
            .option("-Dtcptable.binding=" + binding)
            .run();

    assertThat(outcome.output().lines())
        .as(outcome.errors())
        .containsExactly("waits", "kills", "has ended");
  }
}
