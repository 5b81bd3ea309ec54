// SPDX-License-Identifier: Apache-2.0
package io.tcptable.restart;

import io.tcptable.internal.platform.FileTail;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The last lines of what a server has written since it was started. */
final class LogTail {

  private static final int MOST_LINES = 10;
  private static final int MOST_BYTES = 16 * 1024;

  private LogTail() {}

  /**
   * Reads the last lines; none if there are none, or the log cannot be read.
   *
   * @param from how long the log was before the server was started
   */
  static List<String> read(Path log, long from) {
    try {
      List<String> lines =
          FileTail.read(log, from, MOST_BYTES).text().lines().filter(it -> !it.isBlank()).toList();
      return lines.subList(Math.max(0, lines.size() - MOST_LINES), lines.size());
    } catch (IOException e) {
      return List.of();
    }
  }
}
