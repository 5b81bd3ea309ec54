// SPDX-License-Identifier: Apache-2.0
package io.tcptable.binding;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.agreement.NeedsRoot;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A thousand snapshots leave as many descriptors open as there were before. */
class DescriptorsIT {

  private static Map<String, String> probe(String provider, String owners, String how)
      throws Exception {
    ForkedJvm.Outcome outcome =
        new ForkedJvm(DescriptorsProbe.class, provider, owners, how)
            .alone()
            .classPath(ForkedJvm.everything())
            .nativeAccess("ALL-UNNAMED")
            .run();
    assertThat(outcome.said())
        .as(outcome.errors())
        .containsOnlyKeys("before", "after", "failed", "neverClosed");
    return outcome.said();
  }

  private static int number(Map<String, String> said, String name) {
    return Integer.parseInt(said.getOrDefault(name, ""));
  }

  static Stream<Arguments> readers() {
    return Providers.names().stream()
        .flatMap(name -> Stream.of("bpf", "proc").map(owners -> Arguments.of(name, owners)));
  }

  @NeedsRoot
  @ParameterizedTest
  @MethodSource("readers")
  void areAllClosed(String provider, String owners) throws Exception {
    Map<String, String> said = probe(provider, owners, "working");
    assertThat(number(said, "after")).isEqualTo(number(said, "before"));
    assertThat(number(said, "failed")).isZero();
  }

  @Tag("once")
  @NeedsRoot
  @ParameterizedTest
  @MethodSource("readers")
  void areAllClosedWhenCallsFailHalfWay(String provider, String owners) throws Exception {
    Map<String, String> said = probe(provider, owners, "failing");
    assertThat(number(said, "after")).isEqualTo(number(said, "before"));
    assertThat(said).as("opened by the snapshots").containsEntry("neverClosed", "[]");
    assertThat(number(said, "failed")).as("of 1,000").isBetween(10, 990);
  }
}
