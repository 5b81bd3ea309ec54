// SPDX-License-Identifier: Apache-2.0
package io.tcptable.binding;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.agreement.NeedsRoot;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** PID 1 of a PID namespace reaps all orphans, and takes no exit code from the JVM. */
@NeedsRoot
class OrphansIT {

  private static final Map<String, String> ALL_REAPED =
      Map.of("pid", "1", "codes", "400", "exit", "7", "reaped", "500", "zombies", "0");

  private static ForkedJvm pidOne(String binding, String... before) throws Exception {
    return new ForkedJvm(OrphansMain.class)
        .classPath(ForkedJvm.everything())
        .nativeAccess("ALL-UNNAMED")
        .option("-Dtcptable.binding=" + binding)
        .under("unshare", "--pid", "--fork", "--kill-child", "--mount-proc")
        .under(before);
  }

  static Stream<String> providers() {
    return Providers.names().stream();
  }

  @ParameterizedTest
  @MethodSource("providers")
  void orphansAreReapedAndExitCodesArrive(String binding) throws Exception {
    ForkedJvm.Outcome outcome = pidOne(binding).run();

    assertThat(outcome.said()).as(outcome.errors()).isEqualTo(ALL_REAPED);
  }

  /** The kernel would reap all by itself then, and tell no exit code; the JVM sets it right. */
  @Test
  void evenIfTheSignalOfAnEndIsIgnoredAtTheStart() throws Exception {
    ForkedJvm.Outcome outcome =
        pidOne(Providers.names().get(0), "sh", "-c", "trap '' CHLD; exec \"$@\"", "sh").run();

    assertThat(outcome.said()).as(outcome.errors()).isEqualTo(ALL_REAPED);
  }
}
