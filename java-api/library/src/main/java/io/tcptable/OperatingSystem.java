// SPDX-License-Identifier: Apache-2.0
package io.tcptable;

import java.util.Locale;
import java.util.Optional;

/** The operating systems whose tables can be read. */
public enum OperatingSystem {
  LINUX,
  WINDOWS;

  /** The one by this name, as in {@code os.name} with or without a version; empty if none is. */
  static Optional<OperatingSystem> named(String name) {
    String plain = name.toUpperCase(Locale.ROOT);
    for (OperatingSystem system : values()) {
      if (plain.startsWith(system.name())) {
        return Optional.of(system);
      }
    }
    return Optional.empty();
  }

  /**
   * The one whose tables this JVM reads; empty if they cannot be read on this system. Asking makes
   * no system call.
   */
  public static Optional<OperatingSystem> current() {
    return Platforms.system();
  }
}
