// SPDX-License-Identifier: Apache-2.0
package io.tcptable.binding;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A JVM that denies native access, as later ones will by default. */
@Tag("since-24")
class NativeAccessIT {

  private static final String DENY = "--illegal-native-access=deny";

  private static ForkedJvm all(ForkedJvm jvm) {
    return jvm.classPath(ForkedJvm.tcptable(), ForkedJvm.tcptableNative())
        .classPath(ForkedJvm.jna())
        .classPath(ForkedJvm.jnr());
  }

  @ParameterizedTest
  @CsvSource({"ffm", "jni", "jna", "jnr"})
  void deniedOnTheClassPath(String binding) throws Exception {
    ForkedJvm jvm = all(new ForkedJvm()).option(DENY).option("-Dtcptable.binding=" + binding);
    assertThat(jvm.run().error())
        .isEqualTo(
            "tcptable.binding="
                + binding
                + ": native access is denied; start java with --enable-native-access=ALL-UNNAMED");
  }

  @Test
  void deniedToAllLeavesPlainJava() throws Exception {
    ForkedJvm.Outcome outcome = all(new ForkedJvm()).option(DENY).run();
    assertThat(outcome.binding()).isEqualTo("java");
    assertThat(outcome.said()).containsKeys("over.ffm", "over.jni", "over.jna", "over.jnr");
  }

  @ParameterizedTest
  @CsvSource({
    "ffm, io.tcptable",
    "jni, io.tcptable",
    "jna, com.sun.jna",
    "jnr, org.jnrproject.jffi"
  })
  void deniedToAModule(String binding, String module) throws Exception {
    ForkedJvm jvm =
        new ForkedJvm()
            .modulePath(List.of(ForkedJvm.tcptable(), ForkedJvm.tcptableNative()))
            .modulePath(ForkedJvm.jna())
            .modulePath(ForkedJvm.jnr())
            .option("--add-modules=ALL-MODULE-PATH")
            .option("--add-exports=io.tcptable/io.tcptable.internal.binding.jnr=ALL-UNNAMED")
            .option(DENY)
            .option("-Dtcptable.binding=" + binding);
    assertThat(jvm.run().error())
        .isEqualTo(
            "tcptable.binding="
                + binding
                + ": native access is denied; start java with --enable-native-access="
                + module);
  }
}
