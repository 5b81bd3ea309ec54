// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.windows;

import io.tcptable.internal.binding.BindingException;
import io.tcptable.internal.platform.LaunchLine;
import io.tcptable.internal.platform.LaunchRequest;
import io.tcptable.internal.platform.Phrases;
import io.tcptable.internal.platform.Platform;
import io.tcptable.internal.platform.ShellDialect;
import io.tcptable.internal.platform.SourceException;
import io.tcptable.internal.platform.SourceException.Kind;
import io.tcptable.internal.platform.SystemAccess;
import io.tcptable.internal.platform.SystemCommands;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Windows. */
public final class WindowsPlatform implements Platform {

  /** Drivers listen in its name, such as that of HTTP. */
  private static final long SYSTEM = 4;

  private static final String INTERPRETER = "cmd.exe";

  private final ShellDialect shell = new PowerShell();
  private final SystemCommands commands = new WindowsCommands(shell);

  @Override
  public String name() {
    return "Windows";
  }

  /** There is but one source of owners, so that none can be demanded. */
  @Override
  public SystemAccess open(@Nullable String binding, @Nullable String owners) {
    try {
      return WindowsAccess.open(binding);
    } catch (BindingException e) {
      throw new SourceException(binding == null ? Kind.UNSUPPORTED : Kind.FORCED_BINDING, e);
    }
  }

  @Override
  public Phrases phrases() {
    return WindowsPhrases.ALL;
  }

  @Override
  public ShellDialect shell() {
    return shell;
  }

  @Override
  public void requireOwnFile(Path file) {
    // A directory of another user is out of reach there, unless that user has opened it.
  }

  /** "Path" and "PATH" are one variable. */
  @Override
  public Optional<String> variable(String name, Set<String> names) {
    return names.stream().filter(name::equalsIgnoreCase).findFirst();
  }

  /** Windows itself takes them as they are. */
  @Override
  public Charset argumentEncoding() {
    return StandardCharsets.UTF_16LE;
  }

  /** A program is given one line, and splits it itself. */
  @Override
  public LaunchLine launchLine(LaunchRequest request) throws IOException {
    List<String> words = request.words();
    return new LaunchLine(
        passable(words.get(0), words.subList(1, words.size())),
        request.environment(),
        Optional.of(request.directory()));
  }

  @Override
  public SystemCommands commands() {
    return commands;
  }

  @Override
  public Optional<String> systemProcess(long pid) {
    return pid == SYSTEM ? Optional.of("is Windows itself") : Optional.empty();
  }

  @Override
  public List<Integer> listenersElsewhere(int port) {
    return List.of();
  }

  @Override
  public Path stateDirectory() {
    String local = System.getenv("LOCALAPPDATA");
    return local != null && Path.of(local).isAbsolute()
        ? Path.of(local, "tcptable")
        : Path.of(System.getProperty("user.home"), "AppData", "Local", "tcptable");
  }

  /** What is below the user's own directory, no other user may write to. */
  @Override
  public Path lockDirectory() throws IOException {
    return Files.createDirectories(stateDirectory());
  }

  @Override
  public Optional<Path> superuserLocks() {
    return Optional.empty();
  }

  @Override
  public Optional<Path> detacher() {
    return Optional.empty();
  }

  @Override
  public Optional<Path> findProgram(String name, Path directory, Map<String, String> environment) {
    return new WindowsProgramSearch(
            directory,
            variableOf(environment, "PATH").orElse(""),
            variableOf(environment, "PATHEXT").orElse(WindowsProgramSearch.USUAL_ENDINGS))
        .find(name);
  }

  /** By the very file: Windows would look for a name elsewhere and in another order. */
  @Override
  public List<String> startable(List<String> words, Path directory, Map<String, String> environment)
      throws IOException {
    String name = words.get(0);
    Path file =
        findProgram(name, directory, environment)
            .orElseThrow(() -> new IOException("no such program: " + name));
    List<String> arguments = words.subList(1, words.size());
    if (BatchFile.is(file)) {
      return BatchFile.start(interpreter(), file, arguments);
    }
    ProgramImage.require(file, System.getProperty("os.arch", ""));
    return passable(file.toString(), arguments);
  }

  private List<String> passable(String program, List<String> arguments) throws IOException {
    List<String> words = new ArrayList<>();
    words.add(program);
    words.addAll(arguments);
    // It takes its line as it stands, so that quotes would reach it with backslashes.
    return program.toLowerCase(Locale.ROOT).endsWith(INTERPRETER)
        ? words
        : CommandLine.passable(words)
            .orElseThrow(
                () ->
                    new IOException(
                        "Java cannot pass on these arguments: " + shell.command(arguments)));
  }

  private static String interpreter() {
    String system = System.getenv("SystemRoot");
    return (system == null ? "C:\\Windows" : system) + "\\System32\\" + INTERPRETER;
  }

  @Override
  public Optional<Boolean> isTerminal(int descriptor) {
    return Optional.empty();
  }

  /** The old console prints the codes as they are. */
  @Override
  public boolean showsColours(UnaryOperator<@Nullable String> environment) {
    return !"dumb".equals(environment.apply("TERM"))
        && Stream.of("WT_SESSION", "TERM", "TERM_PROGRAM", "ANSICON", "ConEmuANSI")
            .anyMatch(name -> environment.apply(name) != null);
  }
}
