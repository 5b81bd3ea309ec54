// SPDX-License-Identifier: Apache-2.0
package io.tcptable.binding;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two hundred applications of one JVM bring the library, each with a class loader of its own. */
@Tag("once")
class ClassLoadersIT {

  @TempDir private Path temporary;

  @Test
  void eachGetsTheSameAnswerAndNothingIsLeft() throws Exception {
    ForkedJvm.Outcome outcome =
        new ForkedJvm(
                ClassLoadersProbe.class, "200", ForkedJvm.tcptable(), ForkedJvm.tcptableNative())
            .alone()
            .classPath(ForkedJvm.everything())
            .nativeAccess("ALL-UNNAMED")
            .option("-Dtcptable.binding=jni")
            .option("-Djava.io.tmpdir=" + temporary)
            .option("-Xmx256m")
            .run();

    assertThat(outcome.said())
        .as(outcome.errors())
        .containsEntry("loaders", "201")
        .containsEntry("sizes", "[1]")
        .containsEntry("kept", "0");
    assertThat(temporary).isEmptyDirectory();
  }
}
