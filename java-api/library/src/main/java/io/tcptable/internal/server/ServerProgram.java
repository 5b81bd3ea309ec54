// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.server;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a process runs: its program file or, if that is an interpreter, the script or module it was
 * given.
 */
public final class ServerProgram {

  private static final ProgramNames INTERPRETERS = ProgramNames.read("interpreters.txt");
  private static final ProgramNames LAUNCHERS = ProgramNames.read("launchers.txt");
  private static final ProgramNames DELEGATES = ProgramNames.read("delegates.txt");
  private static final ProgramNames RELOADERS = ProgramNames.read("reloaders.txt");

  private static final Set<String> SHELLS =
      Set.of("sh", "ash", "bash", "dash", "ksh", "mksh", "zsh", "busybox");

  /** The command interpreter of Windows, and the options behind which it takes a command. */
  private static final String COMMAND_INTERPRETER = "cmd";

  private static final Pattern COMMAND_FOLLOWS = Pattern.compile("(?i)/[ck]");
  private static final Pattern BATCH_FILE = Pattern.compile("(?i)\\.(?:cmd|bat)(?![\\w.\\\\/])");

  private static final Pattern LOOP = Pattern.compile("\\b(?:while|until|for)\\b");

  /** What may follow the name of an interpreter, as in {@code python3.11}. */
  private static final Pattern VERSION = Pattern.compile("[\\d.]*$");

  /** What may follow the name of a script. */
  private static final Pattern SUFFIX = Pattern.compile("\\.(py|js|mjs|rb|exe)$");

  /** What the kernel appends to the name of a file that is gone, see {@code proc_pid_exe(5)}. */
  private static final String DELETED = " (deleted)";

  private static final String EXE = ".exe";

  /** How many names of its path tell a script whose own name says nothing. */
  private static final int LONG_NAME = 3;

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
          "--loader",
          "--env-file",
          "--watch-path",
          "-I");

  /** Options of interpreters whose next word is a program itself: it has no name to compare. */
  private static final Set<String> INLINE_PROGRAM = Set.of("-c", "-e", "--eval");

  private ServerProgram() {}

  /** Whether this starts servers for others and is no part of any, such as a shell. */
  public static boolean isLauncher(ServerProcess process) {
    return names(process).anyMatch(LAUNCHERS::contains);
  }

  /**
   * Whether a command runs other programs, which may have more rights than it has, or has another
   * process run them.
   *
   * @param image the file whose code runs
   * @param words the program and its arguments
   */
  public static boolean runsOthers(Path image, List<String> words) {
    String file = undecorated(baseName(image));
    Optional<String> script = isInterpreter(file) ? argument(words) : Optional.empty();
    return Stream.concat(Stream.of(file, words.get(0)), script.stream())
        .map(word -> undecorated(SUFFIX.matcher(baseName(word)).replaceFirst("")))
        .anyMatch(name -> LAUNCHERS.contains(name) || DELEGATES.contains(name));
  }

  /** Whether this starts a server again when its files change, and does nothing else. */
  static boolean isReloader(ServerProcess process) {
    return Stream.concat(names(process), longName(process).stream())
        .anyMatch(
            name ->
                RELOADERS.contains(name)
                    || process.commandLine().stream()
                        .skip(1)
                        .anyMatch(word -> RELOADERS.contains(name + " " + word)));
  }

  /** The last three names in the path of a script: {@code forever/bin/monitor}. */
  private static Optional<String> longName(ServerProcess process) {
    return fileName(process)
        .filter(ServerProgram::isInterpreter)
        .flatMap(file -> argument(process.commandLine()))
        .map(path -> path.replace('\\', '/').split("/"))
        .filter(names -> names.length >= LONG_NAME)
        .map(
            names ->
                String.join("/", List.of(names).subList(names.length - LONG_NAME, names.length)));
  }

  /** Whether this is a shell that runs a loop from its command line, and so its server again. */
  public static boolean isShellLoop(ServerProcess process) {
    return isShellScript(process) && process.commandLine().contains("-c");
  }

  /** Whether this is a shell that runs a script: from a file, or one with a loop. */
  public static boolean isShellScript(ServerProcess process) {
    List<String> words = process.commandLine();
    if (fileName(process).filter(COMMAND_INTERPRETER::equalsIgnoreCase).isPresent()) {
      return isBatchFile(words);
    }
    boolean isShell =
        fileName(process)
            .map(name -> VERSION.matcher(name).replaceFirst(""))
            .filter(SHELLS::contains)
            .isPresent();
    if (!isShell || words.size() < 2) {
      return false;
    }
    int inline = words.indexOf("-c");
    return inline < 0
        ? words.stream().skip(1).anyMatch(word -> !word.startsWith("-"))
        : inline + 1 < words.size() && LOOP.matcher(words.get(inline + 1)).find();
  }

  /** Its quotes are not those of other programs: a word may be a whole command. */
  private static boolean isBatchFile(List<String> words) {
    return words.stream()
        .dropWhile(word -> !COMMAND_FOLLOWS.matcher(word).matches())
        .skip(1)
        .anyMatch(word -> BATCH_FILE.matcher(word).find());
  }

  /** The names it goes by: its own, that of its file and, of an interpreter, what that runs. */
  private static Stream<String> names(ServerProcess process) {
    Optional<String> file = fileName(process);
    Optional<String> script =
        file.filter(name -> !isInterpreter(name)).isPresent()
            ? Optional.empty()
            : script(process).map(name -> SUFFIX.matcher(name).replaceFirst(""));
    return Stream.of(Optional.of(ownName(process)), file, script).flatMap(Optional::stream);
  }

  /** The name that it goes by, which on Linux it may choose. */
  static String ownName(ServerProcess process) {
    return undecorated(process.name());
  }

  /** The name of its file, which it cannot choose. */
  static Optional<String> fileName(ServerProcess process) {
    return process.executable().map(ServerProgram::baseName).map(ServerProgram::undecorated);
  }

  /** The name of the script that an interpreter says it was given to run. */
  static Optional<String> script(ServerProcess process) {
    return argument(process.commandLine()).map(ServerProgram::baseName);
  }

  /** What it runs; empty if that is not known or has no name. */
  static Optional<String> of(ServerProcess process) {
    Optional<Path> file = process.executable();
    if (file.isPresent() && !isInterpreter(undecorated(baseName(file.get())))) {
      return Optional.of(file.get().toString());
    }
    return file.flatMap(f -> argument(process.commandLine()));
  }

  static boolean isInterpreter(String name) {
    return INTERPRETERS.contains(VERSION.matcher(name).replaceFirst(""));
  }

  private static String baseName(Path file) {
    return baseName(file.toString());
  }

  /** Of a word, which need not be a path that this JVM can express. */
  private static String baseName(String word) {
    return word.substring(Math.max(word.lastIndexOf('/'), word.lastIndexOf('\\')) + 1);
  }

  /** A program may have been replaced since it was started, and on Windows it has an ending. */
  private static String undecorated(String name) {
    String there =
        name.endsWith(DELETED) ? name.substring(0, name.length() - DELETED.length()) : name;
    int end = there.length() - EXE.length();
    return end > 0 && there.regionMatches(true, end, EXE, 0, EXE.length())
        ? there.substring(0, end)
        : there;
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
