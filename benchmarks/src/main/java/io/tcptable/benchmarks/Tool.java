package io.tcptable.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** A program that answers some of the questions, each time as a whole process. */
public enum Tool {
  SS,
  LSOF,
  NETSTAT,
  PSUTIL,
  /** Starting a process at all. */
  TRUE;

  private static final Pattern VERSION = Pattern.compile("\\d+(\\.\\d+)+");
  private static final List<String> NO_ANSWER = List.of();

  String title() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The command that answers the question, empty if the tool cannot. */
  List<String> command(Question question, int port) {
    return switch (this) {
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
              ? List.of("python3", "-c", "import psutil; psutil.net_connections('tcp')")
              : NO_ANSWER;
      case TRUE -> List.of("true");
    };
  }

  private List<String> versionCommand() {
    return switch (this) {
      case SS -> List.of("ss", "-V");
      case LSOF -> List.of("lsof", "-v");
      case NETSTAT -> List.of("netstat", "--version");
      case PSUTIL -> List.of("python3", "-c", "import psutil; print(psutil.__version__)");
      case TRUE -> List.of("true", "--version");
    };
  }

  /** Its version; empty if it is not installed. */
  Optional<String> version() {
    try {
      Process process = new ProcessBuilder(versionCommand()).redirectErrorStream(true).start();
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return process.waitFor() == 0
          ? VERSION.matcher(output).results().map(MatchResult::group).findFirst()
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
