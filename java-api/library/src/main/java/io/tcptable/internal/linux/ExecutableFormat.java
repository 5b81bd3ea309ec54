// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.linux;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds what would make {@code execve(2)} refuse a file that may be executed: a script whose
 * interpreter is missing, or a program for another processor or without its loader. What is neither
 * is taken for a script of {@code sh}, as {@code execvp(3)} and shells do.
 */
final class ExecutableFormat {

  /** How much of the first line of a script the kernel reads. */
  private static final int MOST_OF_LINE = 255;

  /** The kernel follows no more from one script to the next, see {@code execve(2)}. */
  private static final int MOST_INTERPRETERS = 5;

  /** What runs a script that does not say what runs it, see {@code execvp(3)}. */
  private static final String SHELL = "/bin/sh";

  private static final Path OTHER_FORMATS = Path.of("/proc/sys/fs/binfmt_misc");

  private static final List<String> NO_FORMATS = List.of("register", "status");

  private final Path file;
  private final Path directory;
  private final LinuxProgramSearch search;

  /**
   * @param search where {@code env} looks for an interpreter
   */
  ExecutableFormat(Path file, LinuxProgramSearch search) {
    this.file = file;
    this.directory = search.directory();
    this.search = search;
  }

  /**
   * The file whose code runs: of a script its interpreter, and what {@code env} finds. Links are
   * followed.
   */
  static Path image(Path program, LinuxProgramSearch search) {
    Path image = program;
    for (int i = 0; i < MOST_INTERPRETERS; i++) {
      List<String> words = interpreter(image);
      if (words.isEmpty()) {
        break;
      }
      Path next = search.directory().resolve(words.get(0));
      image = ofEnv(words).flatMap(search::find).orElse(next);
    }
    try {
      return image.toRealPath();
    } catch (IOException e) {
      return image;
    }
  }

  /** The words of the first line of a script; of a file without such a line, the shell. */
  private static List<String> interpreter(Path file) {
    String line;
    byte[] begin;
    try (InputStream in = Files.newInputStream(file)) {
      begin = in.readNBytes(MOST_OF_LINE);
      line = firstLine(begin);
    } catch (IOException e) {
      return List.of();
    }
    return line.startsWith("#!")
        ? words(line.substring(2))
        : ElfProgram.is(begin) || line.indexOf('\0') >= 0 ? List.of() : List.of(SHELL);
  }

  private static String firstLine(byte[] begin) {
    return new String(begin, StandardCharsets.ISO_8859_1).split("\n", 2)[0];
  }

  private static List<String> words(String line) {
    return Arrays.stream(line.split("[ \t]+")).filter(word -> !word.isEmpty()).toList();
  }

  /**
   * Makes sure that it can be executed, as far as that is known.
   *
   * @throws IOException if it cannot; the message says why
   */
  void require() throws IOException {
    byte[] begin;
    try (InputStream in = Files.newInputStream(file)) {
      begin = in.readNBytes(MOST_OF_LINE);
    } catch (IOException e) {
      // A program may be run that may not be read.
      return;
    }
    String line = firstLine(begin);
    if (begin.length == 0) {
      throw new IOException(file + " is empty");
    }
    if (line.startsWith("#!")) {
      requireInterpreter(line.substring(2));
    } else if (ElfProgram.is(begin)) {
      requireProgram();
    } else if (line.indexOf('\0') >= 0 && !hasOtherFormats()) {
      throw new IOException(file + " is neither a program for Linux nor a script");
    }
  }

  private void requireInterpreter(String line) throws IOException {
    List<String> words = words(line);
    if (words.isEmpty()) {
      return;
    }
    String name = words.get(0);
    if (name.endsWith("\r") || words.get(words.size() - 1).endsWith("\r")) {
      throw new IOException(
          "the first line of " + file + " ends as on Windows, in CR LF: convert it with dos2unix");
    }
    if (!Files.isExecutable(directory.resolve(name))) {
      throw missing(name);
    }
    Optional<String> program = ofEnv(words);
    if (program.isPresent() && search.find(program.get()).isEmpty()) {
      throw missing(program.get());
    }
  }

  /** What {@code env(1)} is to look for; with options it may mean anything. */
  private static Optional<String> ofEnv(List<String> words) {
    return words.size() > 1 && words.get(0).endsWith("/env")
        ? Optional.of(words.get(1)).filter(word -> !word.startsWith("-") && word.indexOf('=') < 0)
        : Optional.empty();
  }

  private IOException missing(String interpreter) {
    return new IOException("the interpreter of " + file + " is missing: " + interpreter);
  }

  private void requireProgram() throws IOException {
    ElfProgram program;
    try {
      program = ElfProgram.read(file);
    } catch (IOException e) {
      return;
    }
    if (!program.runsOn(ElfProgram.own())) {
      if (!hasOtherFormats()) {
        throw new IOException(file + " is made for another processor than this one");
      }
      return;
    }
    Optional<String> loader = program.loader();
    if (loader.isPresent() && !Files.exists(Path.of(loader.get()))) {
      throw new IOException("the loader of " + file + " is missing: " + loader.get());
    }
  }

  /** Whether the kernel knows more formats, see {@code binfmt_misc}: then it may execute all. */
  private static boolean hasOtherFormats() {
    try (Stream<Path> formats = Files.list(OTHER_FORMATS)) {
      return formats.anyMatch(it -> !NO_FORMATS.contains(String.valueOf(it.getFileName())));
    } catch (IOException e) {
      return false;
    }
  }
}
