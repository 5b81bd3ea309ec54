// SPDX-License-Identifier: Apache-2.0
package io.tcptable.architecture;

import java.lang.reflect.Modifier;
import java.util.Set;
import java.util.stream.Stream;

/** The types that users of the library see. */
final class ExportedTypes {

  private static final Set<String> PACKAGES =
      Set.of(
          "io.tcptable",
          "io.tcptable.process",
          "io.tcptable.health",
          "io.tcptable.diagnose",
          "io.tcptable.restart",
          "io.tcptable.watch");

  private ExportedTypes() {}

  static Stream<Class<?>> all() {
    return ArrowsTest.CLASSES.stream()
        .filter(type -> PACKAGES.contains(type.getPackageName()))
        .<Class<?>>map(type -> loaded(type.getName()))
        .filter(ExportedTypes::isPublic);
  }

  private static Class<?> loaded(String name) {
    try {
      return Class.forName(name);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }

  private static boolean isPublic(Class<?> type) {
    return Modifier.isPublic(type.getModifiers())
        && (type.getEnclosingClass() == null || isPublic(type.getEnclosingClass()));
  }
}
