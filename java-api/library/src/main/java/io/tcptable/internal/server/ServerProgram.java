// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.server;

import io.tcptable.OsProcess;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a process runs: its program file or, if that is an interpreter, the script or module it was
 * given.
 */
public final class ServerProgram {

  /** Run what they are given, so that two of them have as such nothing in common. */
  private static final Pattern INTERPRETER =
      Pattern.compile(
          "(python|pypy|node|nodejs|deno|bun|ruby|perl|php|lua|java|mono|dotnet)[\\d.]*");

  /** Options of interpreters that take the next word as their value. */
  private static final Set<String> OPTIONS_WITH_VALUE =
      Set.of(
          "-cp",
          "-classpath",
          "--class-path",
          "-p",
          "--module-path",
          "-W",
          "-X",
          "-r",
          "--require",
          "--import",
          "-I");

  /** Options of interpreters whose next word is a program itself: it has no name to compare. */
  private static final Set<String> INLINE_PROGRAM = Set.of("-c", "-e", "--eval");

  /**
   * Start servers for a person or a test and go on with their own work when these end: shells,
   * terminals, editors, debuggers, launchers, build tools and test runners.
   */
  private static final Pattern LAUNCHER =
      Pattern.compile(
          "(ba|da|k|mk|z|fi|c|tc|a|el|nu)?sh|busybox|toybox|pwsh|ipython3?|jupyter.*|ipykernel.*"
              + "|screen|tmux.*|zellij|byobu.*|script|expect|unbuffer|watch|entr"
              + "|code|code-.*|codium|idea.*|pycharm.*|webstorm.*|eclipse.*|netbeans.*|emacs.*|n?vim?"
              + "|gdb|lldb|strace|ltrace|perf|valgrind.*|debugpy.*|pdb"
              + "|sudo|su|doas|runuser|setpriv|setsid|env|nohup|nice|time|timeout|xargs|parallel"
              + "|unshare|nsenter|bwrap|firejail|flock|chrt|taskset|stdbuf"
              + "|g?make|ninja|just|rake|tox|nox|invoke|npm|npx|pnpm|yarn|mvn|gradle.*|bazel.*|cargo"
              + "|pytest|py\\.test|unittest|nose2?|jest.*|mocha|vitest|ava|rspec|minitest|phpunit"
              + "|(org\\.)?junit.*|worker\\.org\\.gradle.*|surefire.*|failsafe.*|robot|behave|cucumber.*|playwright|cypress|locust");

  /** Start a server anew whenever its files change, and do nothing else. */
  private static final Pattern RELOADER =
      Pattern.compile(
          "nodemon|node-dev|ts-node-dev|tsnd|watchmedo|uvicorn|hypercorn|gunicorn|granian"
              + "|air|reflex|gow|cargo-watch|rerun");

  private ServerProgram() {}

  /** Whether this starts servers for others and is no part of any. */
  public static boolean isLauncher(OsProcess process) {
    return names(process).anyMatch(name -> LAUNCHER.matcher(name).matches());
  }

  /** Whether this does nothing but start servers anew. */
  public static boolean isReloader(OsProcess process) {
    return names(process).anyMatch(name -> RELOADER.matcher(name).matches());
  }

  /** The names it goes by: its own, that of its file and, of an interpreter, what that runs. */
  private static Stream<String> names(OsProcess process) {
    Optional<String> file = process.executable().map(ServerProgram::baseName);
    Stream<String> run =
        file.filter(name -> !INTERPRETER.matcher(name).matches()).isPresent()
            ? Stream.empty()
            : process.commandLine().flatMap(ServerProgram::argument).stream()
                .map(word -> baseName(Path.of(word)).replaceAll("\\.(py|js|mjs|rb|exe)$", ""));
    return Stream.of(Stream.of(process.name()), file.stream(), run)
        .flatMap(Function.identity())
        .map(name -> name.toLowerCase(Locale.ROOT));
  }

  /** What it runs; empty if that is not known or has no name. */
  public static Optional<String> of(OsProcess process) {
    Optional<Path> file = process.executable();
    if (file.isPresent() && !INTERPRETER.matcher(baseName(file.get())).matches()) {
      return Optional.of(file.get().toString());
    }
    return file.flatMap(f -> process.commandLine()).flatMap(ServerProgram::argument);
  }

  private static String baseName(Path file) {
    Path name = file.getFileName();
    return name == null ? "" : name.toString();
  }

  /** What an interpreter was told to run: its first argument that is no option. */
  private static Optional<String> argument(List<String> words) {
    for (int i = 1; i < words.size(); i++) {
      String word = words.get(i);
      if (INLINE_PROGRAM.contains(word)) {
        return Optional.empty();
      }
      if (OPTIONS_WITH_VALUE.contains(word)) {
        i++;
      } else if (!word.startsWith("-")) {
        return Optional.of(word);
      }
    }
    return Optional.empty();
  }
}
