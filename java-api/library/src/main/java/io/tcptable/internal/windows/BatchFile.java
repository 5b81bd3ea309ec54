// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.windows;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Starts a batch file through {@code cmd.exe}, which reads its line by rules of its own: {@code /s}
 * makes it take off the first and the last quote and nothing else, {@code /d} leaves out what the
 * registry has it run first, {@code /v:off} makes {@code !} an ordinary character. Words in quotes
 * stay as they are, but for what no quotes help against.
 */
final class BatchFile {

  private static final Pattern PLAIN = Pattern.compile("[\\w\\-./:\\\\@+#~]+");

  /** Ends a word or a line, or is replaced, in quotes too. */
  private static final Pattern UNSAFE = Pattern.compile("[\"%\r\n\0]");

  private static final List<String> OPTIONS = List.of("/d", "/e:on", "/v:off", "/s", "/c");

  /** Of Java: whether words with quotes in them are left alone. */
  private static final String AMBIGUOUS = "jdk.lang.Process.allowAmbiguousCommands";

  private BatchFile() {}

  static boolean is(Path file) {
    String name = file.toString().toLowerCase(Locale.ROOT);
    return name.endsWith(".cmd") || name.endsWith(".bat");
  }

  /**
   * The words that start it, for {@link ProcessBuilder}.
   *
   * @param interpreter the path of {@code cmd.exe}
   * @throws IOException if a word cannot be passed to a batch file; the message says which
   */
  static List<String> start(String interpreter, Path file, List<String> arguments)
      throws IOException {
    if ("false".equalsIgnoreCase(System.getProperty(AMBIGUOUS))) {
      throw new IOException(
          "this JVM starts no batch files, as " + AMBIGUOUS + " is false: " + file);
    }
    List<String> words = new ArrayList<>();
    words.add(quoted(file.toString(), file));
    for (String argument : arguments) {
      words.add(PLAIN.matcher(argument).matches() ? argument : quoted(argument, file));
    }
    // In quotes as a whole, so that Java leaves it as it is.
    String line = '"' + String.join(" ", words) + '"';
    List<String> command = new ArrayList<>(List.of(interpreter));
    command.addAll(OPTIONS);
    command.add(line);
    return command;
  }

  /** Whether a command line was made by {@link #start}: no other program uses these options. */
  static boolean isStart(List<String> words) {
    int options = 1 + OPTIONS.size();
    return words.size() > options && words.subList(1, options).equals(OPTIONS);
  }

  private static String quoted(String word, Path file) throws IOException {
    if (UNSAFE.matcher(word).find()) {
      throw new IOException(
          "cmd.exe cannot pass this to the batch file "
              + file
              + ", as it has a quote, a percent sign or a line break: "
              + word);
    }
    int end = word.length();
    while (end > 0 && word.charAt(end - 1) == '\\') {
      end--;
    }
    // For the program that the file hands it to: a backslash would keep the quote from ending it.
    return '"' + word + word.substring(end) + '"';
  }
}
