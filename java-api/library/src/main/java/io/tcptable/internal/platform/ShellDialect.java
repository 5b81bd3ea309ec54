// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.platform;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * How the shell of an operating system takes a line apart: the one place where words that others
 * have chosen become part of a command line.
 */
public interface ShellDialect {

  /** One word as the shell gives it to a program unchanged; in quotes if it needs them. */
  String quoted(String word);

  /** A command that is run in a directory. */
  String in(Path directory, String command);

  /** The words of a command in one line. */
  default String command(List<String> words) {
    return words.stream().map(this::quoted).collect(Collectors.joining(" "));
  }

  /** The words of a command in one line. */
  default String command(String... words) {
    return command(List.of(words));
  }
}
