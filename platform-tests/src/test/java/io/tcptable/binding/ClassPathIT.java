// SPDX-License-Identifier: Apache-2.0
package io.tcptable.binding;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.internal.binding.BindingName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which binding a user gets for what is on the class path, and why not a better one. */
class ClassPathIT {

  private static final boolean HAS_FFM = Runtime.version().feature() >= 22;

  private static final String NO_FFM = Providers.whyNoFfm();
  private static final String NO_JNI = "tcptable-native is not on the class path";
  private static final String NO_JNA = "com.sun.jna.NativeLibrary is not on the class path";
  private static final String NO_JNR = "jnr.ffi.LibraryLoader is not on the class path";

  private static ForkedJvm jvm() {
    return new ForkedJvm().classPath(ForkedJvm.tcptable()).nativeAccess("ALL-UNNAMED");
  }

  private static Map<String, String> passedOver(ForkedJvm.Outcome outcome) {
    Map<String, String> passedOver = new LinkedHashMap<>();
    outcome
        .said()
        .forEach(
            (key, why) -> {
              if (key.startsWith("over.")) {
                passedOver.put(key.substring(5), why);
              }
            });
    return passedOver;
  }

  /** On 22 and later, FFM needs nothing and comes first; before, each library counts. */
  private static void assertChosen(ForkedJvm jvm, String without, Map<String, String> passedOver)
      throws Exception {
    ForkedJvm.Outcome outcome = jvm.run();
    assertThat(outcome.binding()).isEqualTo(HAS_FFM ? "ffm" : without);
    List<Map.Entry<String, String>> inOrder = new ArrayList<>();
    if (!HAS_FFM) {
      inOrder.add(Map.entry("ffm", NO_FFM));
      for (String name : List.of("jni", "jna", "jnr")) {
        if (passedOver.containsKey(name)) {
          inOrder.add(Map.entry(name, passedOver.get(name)));
        }
      }
    }
    assertThat(passedOver(outcome).entrySet()).containsExactlyElementsOf(inOrder);
    // Where plain Java is all that is left, the log says so: see ApplicationsIT.
    assertThat(outcome.errors().contains("tcptable makes no system calls"))
        .isEqualTo(outcome.binding().equals("java"));
    assertThat(outcome.errors().lines()).hasSize(outcome.binding().equals("java") ? 2 : 0);
  }

  @Test
  void nothingButTheLibrary() throws Exception {
    assertChosen(jvm(), "java", Map.of("jni", NO_JNI, "jna", NO_JNA, "jnr", NO_JNR));
  }

  @Test
  void withAll() throws Exception {
    ForkedJvm jvm = jvm().classPath(ForkedJvm.tcptableNative());
    assertChosen(jvm.classPath(ForkedJvm.jna()).classPath(ForkedJvm.jnr()), "jni", Map.of());
  }

  @Test
  void withJnaAndJnr() throws Exception {
    ForkedJvm jvm = jvm().classPath(ForkedJvm.jna()).classPath(ForkedJvm.jnr());
    assertChosen(jvm, "jna", Map.of("jni", NO_JNI));
  }

  @Test
  void withJnr() throws Exception {
    assertChosen(jvm().classPath(ForkedJvm.jnr()), "jnr", Map.of("jni", NO_JNI, "jna", NO_JNA));
  }

  @Test
  void forcedWithHalfOfItsLibraries() throws Exception {
    ForkedJvm jvm = jvm().classPath(ForkedJvm.jars("jnr-ffi-"));
    assertThat(jvm.option("-Dtcptable.binding=jnr").run().error())
        .startsWith("tcptable.binding=jnr: com.kenai.jffi.")
        .endsWith(" is not on the class path");
  }

  @ParameterizedTest
  @CsvSource({"jni, " + NO_JNI, "jna, " + NO_JNA, "jnr, " + NO_JNR})
  void forcedWithoutItsLibrary(String binding, String reason) throws Exception {
    assertThat(jvm().option("-Dtcptable.binding=" + binding).run().error())
        .isEqualTo("tcptable.binding=" + binding + ": " + reason);
  }

  @Test
  void forcedToWhatDoesNotExist() throws Exception {
    assertThat(jvm().option("-Dtcptable.binding=best").run().error())
        .isEqualTo("tcptable.binding=best: not one of " + String.join(", ", BindingName.all()));
  }

  @Test
  void forcedFfm() throws Exception {
    ForkedJvm.Outcome outcome = jvm().option("-Dtcptable.binding=ffm").run();
    if (HAS_FFM) {
      assertThat(outcome.binding()).isEqualTo("ffm");
    } else {
      assertThat(outcome.error()).isEqualTo("tcptable.binding=ffm: " + NO_FFM);
    }
  }

  @ParameterizedTest
  @CsvSource({"jni", "jna", "jnr", "java"})
  void forced(String binding) throws Exception {
    ForkedJvm jvm = jvm().classPath(ForkedJvm.tcptableNative());
    jvm.classPath(ForkedJvm.jna()).classPath(ForkedJvm.jnr());
    ForkedJvm.Outcome outcome = jvm.option("-Dtcptable.binding=" + binding).run();
    assertThat(outcome.binding()).isEqualTo(binding);
    assertThat(passedOver(outcome)).isEmpty();
  }
}
