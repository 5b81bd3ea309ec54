// SPDX-License-Identifier: Apache-2.0
package io.tcptable.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Tables, and the place in a file that they are written to. */
final class Markdown {

  private Markdown() {}

  /** A table whose first column is text and whose others are figures. */
  static void table(StringBuilder into, List<String> header, List<List<String>> rows) {
    row(into, header);
    into.append("|---").append("|--:".repeat(header.size() - 1)).append("|\n");
    rows.forEach(row -> row(into, row));
    into.append('\n');
  }

  private static void row(StringBuilder into, List<String> cells) {
    into.append("| ").append(String.join(" | ", cells)).append(" |\n");
  }

  /**
   * Replaces what stands between {@code <!-- NAME: begin -->} and {@code <!-- NAME: end -->} in the
   * file; makes a file of nothing else if new.
   */
  static void replaceIn(Path file, String name, String text) throws IOException {
    String opening = "<!-- " + name + ": begin -->";
    String closing = "<!-- " + name + ": end -->";
    String before = Files.exists(file) ? Files.readString(file) : opening + closing + "\n";
    int begin = before.indexOf(opening);
    int end = before.indexOf(closing);
    if (begin < 0 || end < begin) {
      throw new IOException(file + " has no markers " + opening + " and " + closing);
    }
    Files.writeString(
        file, before.substring(0, begin) + opening + "\n" + text + before.substring(end));
  }
}
