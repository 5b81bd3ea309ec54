// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Names of programs of one sort, from a file of this package that has one a line; a {@code *} at
 * the end of a name stands for any ending, {@code #} begins a comment.
 */
final class ProgramNames {

  private final Set<String> names;
  private final List<String> beginnings;

  private ProgramNames(List<String> lines) {
    names = lines.stream().filter(line -> !line.endsWith("*")).collect(Collectors.toSet());
    beginnings =
        lines.stream()
            .filter(line -> line.endsWith("*"))
            .map(line -> line.substring(0, line.length() - 1))
            .toList();
  }

  static ProgramNames read(String file) {
    return new ProgramNames(lines(file));
  }

  /** The lines of a file, without comments. */
  static List<String> lines(String file) {
    try (InputStream in = ProgramNames.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException("no resource " + file);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(String::strip)
          .filter(line -> !line.isEmpty() && !line.startsWith("#"))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether it is one of them, upper or lower case. */
  boolean contains(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return names.contains(lower) || beginnings.stream().anyMatch(lower::startsWith);
  }
}
