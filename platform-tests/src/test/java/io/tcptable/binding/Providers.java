// SPDX-License-Identifier: Apache-2.0
package io.tcptable.binding;

import io.tcptable.internal.binding.BindingName;
import io.tcptable.internal.binding.BindingSelection;
import io.tcptable.internal.binding.LinuxCalls;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;

/** The providers that this JVM must be able to load. */
public final class Providers {

  private Providers() {}

  /** By name, best first. */
  public static List<String> names() {
    return BindingName.providers(LinuxCalls.class).keySet().stream()
        .filter(name -> Runtime.version().feature() >= 22 || !name.equals("ffm"))
        .toList();
  }

  /** Why there is no {@code ffm} where there is none: as this build is, or as this Java is. */
  public static String whyNoFfm() {
    return BindingName.FFM
        .leftOut()
        .orElse("needs Java 22 or later, this is " + Runtime.version().feature());
  }

  /** Each by its name; fails if one does not load. */
  public static Map<String, LinuxCalls> all() {
    Map<String, LinuxCalls> all = new LinkedHashMap<>();
    names().forEach(name -> all.put(name, calls(name)));
    return all;
  }

  /** Each as an argument of a test. */
  static Stream<Named<LinuxCalls>> named() {
    return all().entrySet().stream().map(each -> Named.of(each.getKey(), each.getValue()));
  }

  /** The provider of this name; fails if it does not load. */
  public static LinuxCalls calls(String name) {
    return Objects.requireNonNull(choice(name).calls());
  }

  /** The provider of this name as if it had been forced. */
  public static BindingSelection<LinuxCalls> choice(String name) {
    return BindingSelection.of(LinuxCalls.class, name);
  }
}
