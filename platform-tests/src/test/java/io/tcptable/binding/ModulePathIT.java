// SPDX-License-Identifier: Apache-2.0
package io.tcptable.binding;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The packaged jar as a module, and without a word from the JDK. */
class ModulePathIT {

  private static final boolean HAS_FFM = Runtime.version().feature() >= 22;

  private static ForkedJvm jvm() {
    return new ForkedJvm().modulePath(List.of(ForkedJvm.tcptable()));
  }

  private static void assertQuietly(ForkedJvm jvm, String binding) throws Exception {
    ForkedJvm.Outcome outcome = jvm.run();
    assertThat(outcome.binding()).isEqualTo(binding);
    assertThat(outcome.errors()).isEmpty();
  }

  @Test
  void aloneNeedsNothing() throws Exception {
    ForkedJvm jvm = jvm().option("--add-modules=io.tcptable").nativeAccess("io.tcptable");
    if (HAS_FFM) {
      assertQuietly(jvm, "ffm");
    } else {
      ForkedJvm.Outcome outcome = jvm.run();
      assertThat(outcome.binding()).isEqualTo("java");
      assertThat(outcome.errors()).contains("WARNING: tcptable makes no system calls");
      assertThat(outcome.errors().lines()).hasSize(2);
    }
  }

  @Test
  void withTheJniLibrary() throws Exception {
    ForkedJvm jvm = jvm().modulePath(List.of(ForkedJvm.tcptableNative()));
    jvm.option("--add-modules=io.tcptable").nativeAccess("io.tcptable");
    assertQuietly(jvm.option("-Dtcptable.binding=jni"), "jni");
  }

  @Test
  void theJniLibraryThatWasLeftOutIsNotThere() throws Exception {
    ForkedJvm jvm = jvm().modulePath(List.of(ForkedJvm.tcptableNative()));
    jvm.option("--limit-modules=io.tcptable").option("--add-modules=io.tcptable");
    jvm.option("-Dtcptable.binding=jni");
    assertThat(jvm.run().error())
        .isEqualTo(
            "tcptable.binding=jni: the module io.tcptable.natives takes no part in this run:"
                + " require it, or see --add-modules");
  }

  @Test
  void withTheJniLibraryOnTheClassPath() throws Exception {
    ForkedJvm jvm = jvm().classPath(ForkedJvm.tcptableNative());
    jvm.option("--add-modules=io.tcptable").nativeAccess("io.tcptable");
    assertQuietly(jvm.option("-Dtcptable.binding=jni"), "jni");
  }

  @Test
  void withJna() throws Exception {
    ForkedJvm jvm = jvm().modulePath(ForkedJvm.jna());
    jvm.option("--add-modules=io.tcptable,com.sun.jna").nativeAccess("com.sun.jna");
    assertQuietly(jvm.option("-Dtcptable.binding=jna"), "jna");
  }

  @Test
  void jnaThatWasNotAskedForIsNotThere() throws Exception {
    ForkedJvm jvm = jvm().modulePath(ForkedJvm.jna()).option("--add-modules=io.tcptable");
    assertThat(jvm.option("-Dtcptable.binding=jna").run().error())
        .isEqualTo(
            "tcptable.binding=jna: com.sun.jna.NativeLibrary is in no module of this run;"
                + " see --add-modules");
  }

  /** It warns of its own use of Unsafe on 24 and later, so no silence here. */
  @Test
  void withJnr() throws Exception {
    ForkedJvm jvm = jvm().modulePath(ForkedJvm.jnr()).option("--add-modules=ALL-MODULE-PATH");
    jvm.nativeAccess("org.jnrproject.jffi").option("-Dtcptable.binding=jnr");
    String addExports = "--add-exports io.tcptable/io.tcptable.internal.binding.jnr=ALL-UNNAMED";
    assertThat(jvm.run().error())
        .isEqualTo(
            "tcptable.binding=jnr: jnr-ffi may not see the module io.tcptable; start java with "
                + addExports);
    jvm.option(addExports.replace("exports ", "exports="));
    assertThat(jvm.run().binding()).isEqualTo("jnr");
  }
}
