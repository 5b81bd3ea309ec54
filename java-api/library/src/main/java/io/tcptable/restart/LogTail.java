// SPDX-License-Identifier: Apache-2.0
package io.tcptable.restart;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.Charset;
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
    try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
      long start = Math.max(Math.min(from, file.length()), file.length() - MOST_BYTES);
      byte[] bytes = new byte[(int) (file.length() - start)];
      file.seek(start);
      file.readFully(bytes);
      List<String> lines =
          new String(bytes, Charset.defaultCharset())
              .lines()
              .filter(line -> !line.isBlank())
              .toList();
      return lines.subList(Math.max(0, lines.size() - MOST_LINES), lines.size());
    } catch (IOException e) {
      return List.of();
    }
  }
}
