package io.tcptable.binding;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Ten thousand snapshots leave as many descriptors open as there were before. */
class DescriptorsIT {

  /** Where possible in a PID namespace of its own, so that the walk is over few processes. */
  private static Map<String, String> probe(String provider, String how) throws Exception {
    ForkedJvm jvm = new ForkedJvm(DescriptorsProbe.class, provider, how);
    if (ForkedJvm.isRoot()) {
      jvm.under("unshare", "--pid", "--fork", "--kill-child", "--mount-proc");
      // Its file is named after the PID, which is always the same there.
      jvm.option("-XX:-UsePerfData");
    }
    ForkedJvm.Outcome outcome =
        jvm.classPath(ForkedJvm.everything()).nativeAccess("ALL-UNNAMED").run();
    assertThat(outcome.said())
        .as(outcome.errors())
        .containsOnlyKeys("before", "after", "failed", "neverClosed");
    return outcome.said();
  }

  private static int number(Map<String, String> said, String name) {
    return Integer.parseInt(said.getOrDefault(name, ""));
  }

  @ParameterizedTest
  @MethodSource("io.tcptable.binding.Providers#names")
  void areAllClosed(String provider) throws Exception {
    Map<String, String> said = probe(provider, "working");
    assertThat(number(said, "after")).isEqualTo(number(said, "before"));
    assertThat(number(said, "failed")).isZero();
  }

  @ParameterizedTest
  @MethodSource("io.tcptable.binding.Providers#names")
  void areAllClosedWhenCallsFailHalfWay(String provider) throws Exception {
    Map<String, String> said = probe(provider, "failing");
    assertThat(number(said, "after")).isEqualTo(number(said, "before"));
    assertThat(said).as("opened by the snapshots").containsEntry("neverClosed", "[]");
    assertThat(number(said, "failed")).as("of 10,000").isBetween(100, 9_900);
  }
}
