// SPDX-License-Identifier: Apache-2.0
package io.tcptable.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A program that answers some of the questions, each time as a whole process. */
public enum Tool {
  TCPTABLE("`./tcptable`"),
  /** The same without the cache that its script keeps. */
  NO_CACHE("`java -jar tcptable.jar`"),
  BASELINE("C, as a process"),
  SS("`ss`"),
  LSOF("`lsof`"),
  NETSTAT("`netstat`"),
  PSUTIL("psutil"),
  /** Starting a process at all. */
  TRUE("`true`");

  /** Names the checkout with the script and the jar of the program. */
  static final String CHECKOUT = "tcptable.checkout";

  private static final Pattern VERSION = Pattern.compile("\\d+(\\.\\d+)+");
  private static final List<String> NO_ANSWER = List.of();

  private final String title;

  Tool(String title) {
    this.title = title;
  }

  /** In Markdown. */
  String title() {
    return title;
  }

  /** The command that answers the question with a line a socket, empty if the tool cannot. */
  List<String> command(Question question, int port) {
    String threads = Integer.toString(Baseline.THREADS);
    return switch (this) {
      case TCPTABLE -> list(List.of(checkout("tcptable")), question, port);
      case NO_CACHE -> list(List.of(java(), "-jar", jar()), question, port);
      case BASELINE ->
          switch (question) {
            case ALL_OWNERS -> List.of(CProgram.baseline(), threads);
            case PORT_OWNERS -> List.of(CProgram.baseline(), threads, Integer.toString(port));
            case ALL, PORT_LISTENERS -> NO_ANSWER;
          };
      case SS ->
          switch (question) {
            case ALL_OWNERS -> List.of("ss", "-tanp");
            case ALL -> List.of("ss", "-tan");
            case PORT_OWNERS -> List.of("ss", "-tanp", "sport", "=", ":" + port);
            case PORT_LISTENERS -> List.of("ss", "-tln", "sport", "=", ":" + port);
          };
      case LSOF ->
          switch (question) {
            case ALL_OWNERS -> List.of("lsof", "-nP", "-iTCP");
            case PORT_OWNERS -> List.of("lsof", "-nP", "-iTCP:" + port);
            case ALL, PORT_LISTENERS -> NO_ANSWER;
          };
      case NETSTAT ->
          switch (question) {
            case ALL_OWNERS -> List.of("netstat", "-tanp");
            case ALL -> List.of("netstat", "-tan");
            case PORT_OWNERS, PORT_LISTENERS -> NO_ANSWER;
          };
      case PSUTIL ->
          question == Question.ALL_OWNERS
              ? List.of(
                  Python.WITH_PSUTIL.orElse("python3"),
                  "-c",
                  "import psutil; print('\\n' * len(psutil.net_connections('tcp')))")
              : NO_ANSWER;
      case TRUE -> List.of("true");
    };
  }

  private static List<String> list(List<String> program, Question question, int port) {
    return Stream.of(
            program.stream(),
            Stream.of("list"),
            question.owners() ? Stream.<String>of() : Stream.of("--no-owners"),
            question == Question.PORT_LISTENERS ? Stream.of("--listen") : Stream.<String>of(),
            question.onePort() ? Stream.of(Integer.toString(port)) : Stream.<String>of())
        .flatMap(words -> words)
        .toList();
  }

  private static String checkout(String file) {
    return Path.of(System.getProperty(CHECKOUT, ".."), file).toString();
  }

  private static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  private static String jar() {
    return checkout(
        "java-api/program/target/tcptable-program-" + Machine.version("tcptable") + "-all.jar");
  }

  /** Several may be installed, and not each of them with psutil. */
  private static final class Python {
    static final Optional<String> WITH_PSUTIL =
        Stream.of("python3", "/usr/bin/python3")
            .filter(python -> output(psutilVersion(python)).isPresent())
            .findFirst();
  }

  private static List<String> psutilVersion(String python) {
    return List.of(python, "-c", "import psutil; print(psutil.__version__)");
  }

  private List<String> versionCommand() {
    return switch (this) {
      case TCPTABLE -> List.of(checkout("tcptable"), "--version");
      case NO_CACHE -> List.of(java(), "-jar", jar(), "--version");
      case BASELINE -> List.of(CProgram.compiler().orElse("gcc"), "--version");
      case SS -> List.of("ss", "-V");
      case LSOF -> List.of("lsof", "-v");
      case NETSTAT -> List.of("netstat", "--version");
      case PSUTIL -> psutilVersion(Python.WITH_PSUTIL.orElse("python3"));
      case TRUE -> List.of("true", "--version");
    };
  }

  /** Its version; empty if it is not installed. */
  Optional<String> version() {
    return output(versionCommand())
        .flatMap(text -> VERSION.matcher(text).results().map(MatchResult::group).findFirst());
  }

  private static Optional<String> output(List<String> command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return process.waitFor() == 0 ? Optional.of(output) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
