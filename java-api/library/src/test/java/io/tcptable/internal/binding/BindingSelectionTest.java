// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.binding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BindingSelectionTest {

  private static final Map<String, String> NONE_LOADS = providers("missing", "unlinked");

  private static Map<String, String> providers(String... names) {
    Map<String, Class<?>> classes =
        Map.of(
            "good", Good.class,
            "unlinked", Unlinked.class,
            "uninitialized", Uninitialized.class,
            "explained", Explained.class,
            "broken", Broken.class,
            "wired", Wired.class,
            "buggy", Buggy.class);
    Map<String, String> providers = new LinkedHashMap<>();
    for (String name : names) {
      Class<?> type = classes.get(name);
      providers.put(name, type == null ? "no.such.Provider" : type.getName());
    }
    return providers;
  }

  private static BindingSelection<Runnable> choose(
      Map<String, String> providers, @Nullable String forced) {
    return BindingSelection.of(Runnable.class, providers, forced);
  }

  private static String why(String name) {
    return Objects.requireNonNull(choose(providers(name), null).passedOver().get(name));
  }

  /** For tools that leave out what is not used. */
  @ParameterizedTest
  @ValueSource(classes = {LinuxCalls.class, WindowsCalls.class})
  void theirClassesAreListedAsServices(Class<?> seam) throws IOException {
    try (InputStream list =
        seam.getModule().getResourceAsStream("META-INF/services/" + seam.getName())) {
      String text = new String(Objects.requireNonNull(list).readAllBytes(), StandardCharsets.UTF_8);
      assertThat(text.lines().filter(line -> !line.startsWith("#")))
          .containsExactlyElementsOf(BindingName.providers(seam).values());
    }
  }

  @Test
  void theFirstThatLoadsIsTaken() {
    BindingSelection<Runnable> choice =
        choose(providers("unlinked", "explained", "good", "buggy"), null);
    assertThat(choice.name()).isEqualTo("good");
    assertThat(choice.calls()).isInstanceOf(Good.class);
    assertThat(choice.passedOver().keySet()).containsExactly("unlinked", "explained");
  }

  @Test
  void withoutAnyThereIsPlainJava() {
    BindingSelection<Runnable> choice = choose(NONE_LOADS, null);
    assertThat(choice.name()).isEqualTo("java");
    assertThat(choice.calls()).isNull();
    assertThat(choice.passedOver().keySet()).containsExactly("missing", "unlinked");
  }

  @Test
  void aForcedOneIsTakenWhateverIsBetter() {
    BindingSelection<Runnable> choice = choose(providers("buggy", "good"), "good");
    assertThat(choice.name()).isEqualTo("good");
    assertThat(choice.passedOver()).isEmpty();
  }

  @Test
  void ofSeveralTheFirstThatLoadsIsTaken() {
    BindingSelection<Runnable> choice =
        choose(providers("good", "explained", "other"), "explained,other,java");
    assertThat(choice.name()).isEqualTo("java");
    assertThat(choice.passedOver()).containsOnlyKeys("explained", "other");

    choice = choose(providers("buggy", "good"), "good,buggy");
    assertThat(choice.name()).isEqualTo("good");
    assertThat(choice.passedOver())
        .containsExactly(Map.entry("buggy", "good comes first in tcptable.binding=good,buggy"));
  }

  @Test
  void severalOfWhichNoneLoadsAreAnError() {
    assertThatThrownBy(() -> choose(providers("explained", "good", "missing"), "explained,missing"))
        .isInstanceOf(BindingException.class)
        .hasMessageStartingWith("tcptable.binding=explained,missing: not on a Friday; ");
    assertThatThrownBy(() -> choose(providers("good"), "good,best"))
        .isInstanceOf(BindingException.class)
        .hasMessageStartingWith("tcptable.binding=best: not one of good, java");
  }

  @Test
  void plainJavaCanBeForced() {
    BindingSelection<Runnable> choice = choose(providers("good"), "java");
    assertThat(choice.calls()).isNull();
    assertThat(choice.passedOver()).isEmpty();
  }

  @Test
  void aForcedOneThatDoesNotLoadIsAnError() {
    assertThatThrownBy(() -> choose(providers("explained", "good"), "explained"))
        .isInstanceOf(BindingException.class)
        .hasMessage("tcptable.binding=explained: not on a Friday");
  }

  @Test
  void anUnknownOneIsAnError() {
    assertThatThrownBy(() -> choose(providers("good"), "best"))
        .isInstanceOf(BindingException.class)
        .hasMessage("tcptable.binding=best: not one of good, java");
  }

  @Test
  void aProviderHasTheLastWordOnWhyNot() {
    assertThat(why("explained")).isEqualTo("not on a Friday");
  }

  @Test
  void aMissingFunctionIsNamed() {
    assertThat(why("unlinked")).isEqualTo("the C library has no getdents64");
  }

  /** It is not taken for the one that needs a newer Java. */
  @Test
  void aMissingClassIsNamed() {
    assertThat(why("missing")).isEqualTo("no class no.such.Provider");
  }

  /** As Felix does, which is one of OSGi. */
  @Test
  void whatAnotherClassLoaderAddsIsLeftOut() {
    assertThat(why("wired")).startsWith("com.sun.jna.Native is ").doesNotContain("bundle");
  }

  @Test
  void aClassThatFailedForOthersBeforeIsNotCalledMissing() {
    String why = why("broken");
    assertThat(why).startsWith("Could not initialize class ").doesNotContain("class path");
  }

  @Test
  void aBugIsNotHidden() {
    assertThat(why("buggy")).isEqualTo("IllegalStateException: a bug");
  }

  /** The JVM says what happened at the first attempt only. */
  @Test
  void theReasonIsTheSameEachTime() {
    String first = why("uninitialized");
    assertThat(first).startsWith("com.sun.jna.Native is ");
    assertThat(why("uninitialized")).isEqualTo(first);
  }

  static final class Good implements Runnable {
    @Override
    public void run() {}
  }

  static final class Explained implements Runnable {
    Explained() {
      throw new BindingException("not on a Friday", new IllegalStateException("it is Friday"));
    }

    @Override
    public void run() {}
  }

  static final class Unlinked implements Runnable {
    Unlinked() {
      throw new UnsatisfiedLinkError("the C library has no getdents64");
    }

    @Override
    public void run() {}
  }

  static final class Wired implements Runnable {
    Wired() {
      throw new NoClassDefFoundError("com/sun/jna/Native not found by bundle [1]");
    }

    @Override
    public void run() {}
  }

  static final class Buggy implements Runnable {
    Buggy() {
      throw new IllegalArgumentException("below it", new IllegalStateException("a bug"));
    }

    @Override
    public void run() {}
  }

  static final class Broken implements Runnable {
    Broken() {
      throw new NoClassDefFoundError("Could not initialize class com.sun.jna.Native");
    }

    @Override
    public void run() {}
  }

  static final class Uninitialized implements Runnable {
    private static final int HANDLE = handle();

    private static int handle() {
      throw new NoClassDefFoundError("com/sun/jna/Native");
    }

    @Override
    public void run() {
      throw new IllegalStateException("handle " + HANDLE);
    }
  }
}
