// SPDX-License-Identifier: Apache-2.0
package io.tcptable.restart;

import java.nio.file.Path;

/**
 * Where the output of a started server goes unless told otherwise: {@code tcptable-PORT.log} in the
 * user's directory for state, {@code $XDG_STATE_HOME/tcptable} or {@code ~/.local/state/tcptable},
 * on Windows {@code %LOCALAPPDATA%\tcptable}.
 */
final class DefaultLog {

  private DefaultLog() {}

  static Path of(int port) {
    return directory().resolve("tcptable-" + port + ".log");
  }

  /** The user's directory for this program's state. */
  static Path directory() {
    return ofPrograms().resolve("tcptable");
  }

  private static Path ofPrograms() {
    for (String variable : new String[] {"XDG_STATE_HOME", "LOCALAPPDATA"}) {
      String value = System.getenv(variable);
      if (value != null && Path.of(value).isAbsolute()) {
        return Path.of(value);
      }
    }
    return Path.of(System.getProperty("user.home"), ".local", "state");
  }
}
