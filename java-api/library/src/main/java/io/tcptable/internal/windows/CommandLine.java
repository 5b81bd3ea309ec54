// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.windows;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Splits a command line into arguments as the C library of Windows does, see <a
 * href="https://learn.microsoft.com/cpp/c-language/parsing-c-command-line-arguments">Parsing C
 * command-line arguments</a>.
 */
final class CommandLine {

  private static final Pattern BEFORE_QUOTE = Pattern.compile("(\\\\*)\"");
  private static final Pattern BEFORE_END = Pattern.compile("(\\\\+)$");

  private final String line;
  private int at;

  private CommandLine(String line) {
    this.line = line;
  }

  static List<String> split(String line) {
    CommandLine rest = new CommandLine(line);
    List<String> arguments = new ArrayList<>();
    if (rest.skipBlanks()) {
      arguments.add(rest.program());
    }
    while (rest.skipBlanks()) {
      arguments.add(rest.argument());
    }
    return arguments;
  }

  /**
   * Words of which {@link ProcessBuilder} makes a line that is split into these; empty if there are
   * none. Quotes are put behind backslashes, in a word that is in quotes already.
   */
  static Optional<List<String>> passable(List<String> words) {
    List<String> escaped = words.stream().map(CommandLine::escaped).toList();
    return Optional.of(escaped).filter(it -> split(ofProcessBuilder(it)).equals(words));
  }

  private static String escaped(String word) {
    if (word.indexOf('"') < 0) {
      return word;
    }
    String inside = BEFORE_QUOTE.matcher(word).replaceAll("$1$1\\\\\"");
    return '"' + BEFORE_END.matcher(inside).replaceAll("$1$1") + '"';
  }

  /**
   * What {@link ProcessBuilder} makes of arguments: it quotes those that have blanks, and doubles
   * backslashes at their end; what is in quotes already it leaves alone.
   */
  static String ofProcessBuilder(List<String> arguments) {
    return arguments.stream().map(CommandLine::quoted).collect(Collectors.joining(" "));
  }

  private static String quoted(String argument) {
    boolean isQuoted =
        argument.length() > 1
            && argument.startsWith("\"")
            && argument.endsWith("\"")
            && !argument.endsWith("\\\"");
    boolean hasBlank =
        argument.chars().anyMatch(it -> Character.isSpaceChar(it) || Character.isWhitespace(it));
    if (isQuoted || (!argument.isEmpty() && !hasBlank)) {
      return argument;
    }
    int end = argument.length();
    while (end > 0 && argument.charAt(end - 1) == '\\') {
      end--;
    }
    return '"' + argument + argument.substring(end) + '"';
  }

  /** What follows the program, as it stands. */
  static String afterProgram(String line) {
    CommandLine rest = new CommandLine(line);
    if (rest.skipBlanks()) {
      rest.program();
    }
    return line.substring(rest.at).strip();
  }

  /** Whether something follows. */
  private boolean skipBlanks() {
    while (at < line.length() && isBlank()) {
      at++;
    }
    return at < line.length();
  }

  private boolean isBlank() {
    return line.charAt(at) == ' ' || line.charAt(at) == '\t';
  }

  /** A file's name has no quotes in it, and a backslash is nothing but itself. */
  private String program() {
    StringBuilder name = new StringBuilder();
    boolean quoted = false;
    for (; at < line.length() && (quoted || !isBlank()); at++) {
      if (line.charAt(at) == '"') {
        quoted = !quoted;
      } else {
        name.append(line.charAt(at));
      }
    }
    return name.toString();
  }

  private String argument() {
    StringBuilder argument = new StringBuilder();
    boolean quoted = false;
    while (at < line.length() && (quoted || !isBlank())) {
      int backslashes = skipBackslashes();
      if (at < line.length() && line.charAt(at) == '"') {
        argument.append("\\".repeat(backslashes / 2));
        if (backslashes % 2 == 1) {
          argument.append('"');
        } else if (quoted && at + 1 < line.length() && line.charAt(at + 1) == '"') {
          argument.append('"');
          at++;
        } else {
          quoted = !quoted;
        }
        at++;
      } else {
        argument.append("\\".repeat(backslashes));
        if (at < line.length() && (quoted || !isBlank())) {
          argument.append(line.charAt(at++));
        }
      }
    }
    return argument.toString();
  }

  private int skipBackslashes() {
    int from = at;
    while (at < line.length() && line.charAt(at) == '\\') {
      at++;
    }
    return at - from;
  }
}
