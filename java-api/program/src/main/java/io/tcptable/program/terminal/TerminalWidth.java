// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.terminal;

import io.tcptable.internal.platform.ChildProcesses;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** How many columns the screen has. */
final class TerminalWidth {

  private static final int USUAL = 80;
  private static final int LEAST = 20;

  private TerminalWidth() {}

  /** {@code COLUMNS} if it is a number, else what {@code stty size} says, else 80. */
  static int of(Map<String, String> environment) {
    int columns = number(environment.getOrDefault("COLUMNS", ""));
    if (columns <= 0) {
      columns = askStty();
    }
    return columns <= 0 ? USUAL : Math.max(LEAST, columns);
  }

  /** The second of two numbers, as in {@code 24 80}; below 1 if the terminal does not know. */
  private static int askStty() {
    try {
      Process stty =
          ChildProcesses.start(
              new ProcessBuilder("stty", "size")
                  .redirectInput(new File("/dev/tty"))
                  .redirectError(ProcessBuilder.Redirect.DISCARD));
      String size = new String(stty.getInputStream().readNBytes(32), StandardCharsets.US_ASCII);
      return number(size.substring(size.indexOf(' ') + 1).trim());
    } catch (IOException e) {
      return -1;
    }
  }

  private static int number(String digits) {
    return digits.matches("[0-9]{1,9}") ? Integer.parseInt(digits) : -1;
  }
}
