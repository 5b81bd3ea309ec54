// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.linux;

import io.tcptable.internal.platform.ShellDialect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The quoting of {@code sh}, see "Quoting" in {@code sh(1p)}. What no terminal shows, such as the
 * end of a line, is written as dollar-single-quotes of POSIX.1-2024 have it, which bash, zsh, ksh
 * and busybox know: whoever prints the line need not replace it, and it can still be pasted.
 */
final class PosixShell implements ShellDialect {

  /** What no shell gives a meaning; zsh has one for {@code =} at the beginning. */
  private static final Pattern PLAIN = Pattern.compile("(?!=)[A-Za-z0-9_@%+=:,./-]+");

  /** Control and format characters, and what Unicode has not assigned. */
  private static final Pattern INVISIBLE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cn}\\p{Zl}\\p{Zp}]");

  private static final Pattern ASSIGNMENT = Pattern.compile("\\w+=.*", Pattern.DOTALL);

  @Override
  public String quoted(String word) {
    return PLAIN.matcher(word).matches() ? word : inQuotes(word);
  }

  private static String inQuotes(String word) {
    return INVISIBLE.matcher(word).find()
        ? "$'" + escaped(word.replace("\\", "\\\\").replace("'", "\\'")) + "'"
        : "'" + word.replace("'", "'\\''") + "'";
  }

  private static String escaped(String word) {
    return INVISIBLE
        .matcher(word)
        .replaceAll(invisible -> Matcher.quoteReplacement(escape(invisible.group())));
  }

  /** Byte by byte, so that the locale of the shell does not matter. */
  private static String escape(String invisible) {
    if (invisible.equals("\n")) {
      return "\\n";
    }
    StringBuilder octal = new StringBuilder();
    for (byte b : invisible.getBytes(StandardCharsets.UTF_8)) {
      octal.append(String.format(Locale.ROOT, "\\%03o", b & 0xff));
    }
    return octal.toString();
  }

  /** Where a program is named, {@code A=b} would be an assignment. */
  @Override
  public String command(List<String> words) {
    String line = ShellDialect.super.command(words);
    String program = words.isEmpty() ? "" : words.get(0);
    return ASSIGNMENT.matcher(program).matches() && line.startsWith(program)
        ? inQuotes(program) + line.substring(program.length())
        : line;
  }

  /** A directory may be named {@code -} or like an option. */
  @Override
  public String in(Path directory, String command) {
    String name = directory.toString();
    return "cd " + quoted(name.startsWith("-") ? "./" + name : name) + " && " + command;
  }
}
