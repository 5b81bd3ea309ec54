// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.program.terminal.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import servers.ScriptedServer;

/** The commands and options that the documentation names are there. */
class ReadmeCommandsTest {

  private static final Path CHECKOUT = Path.of("..", "..");
  private static final Path COMMANDS = CHECKOUT.resolve("docs/COMMANDS.md");
  private static final Path JSON = CHECKOUT.resolve("docs/JSON.md");

  /** A row of the table of commands: the command, and what is said of it. */
  private static final Pattern ROW = Pattern.compile("(?m)^\\| `([a-z]+)[^`]*` \\|(.*)\\|$");

  private static final Pattern OPTION = Pattern.compile("`(--[a-z-]+)");

  /** A command line, in a line of its own or within a sentence. */
  private static final Pattern TYPED =
      Pattern.compile("(?m)^(?:\\$ )?\\./tcptable ([^#\\n]+)|`\\./tcptable ([^`]+)`");

  private static final Pattern WORD = Pattern.compile("'([^']*)'|(\\S+)");

  private static final Terminal SILENT =
      new Terminal(
          new ByteArrayOutputStream(),
          new ByteArrayOutputStream(),
          StandardCharsets.UTF_8,
          false,
          Map.of(),
          null);

  /** All pages that are not generated from sources. */
  private static String documentation() throws IOException {
    StringBuilder text = new StringBuilder(Files.readString(CHECKOUT.resolve("README.md")));
    text.append(Files.readString(CHECKOUT.resolve("CONTRIBUTING.md")));
    try (Stream<Path> pages = Files.list(CHECKOUT.resolve("docs"))) {
      for (Path page : pages.filter(page -> page.toString().endsWith(".md")).sorted().toList()) {
        text.append(Files.readString(page));
      }
    }
    return text.toString();
  }

  /** The table of commands. */
  private static String table() throws IOException {
    String page = Files.readString(COMMANDS);
    int start = page.indexOf("\n| command |");
    return page.substring(start, page.indexOf("\n\n", start) + 1);
  }

  @Test
  void theTableNamesEveryCommand() throws IOException {
    assertThat(ROW.matcher(table()).results().map(row -> row.group(1)))
        .containsExactlyElementsOf(commands().keySet());
  }

  /** The choice of sockets that docs/WATCH.md names. */
  @ParameterizedTest
  @ValueSource(strings = {"list", "watch"})
  void watchTakesWhatListTakes(String command) throws IOException {
    String page = Files.readString(Path.of("../../docs/WATCH.md"));
    int start = page.indexOf("the same choice of sockets as `list`");
    List<String> named =
        OPTION
            .matcher(page.substring(start, page.indexOf("\n\n", start)))
            .results()
            .map(option -> option.group(1))
            .toList();

    assertThat(named).hasSizeGreaterThan(5);
    CommandLine line = requireNonNull(commands().get(command));
    assertThat(line.getCommandSpec().optionsMap().keySet()).containsAll(named);
  }

  private static Map<String, CommandLine> commands() {
    return Program.commandLine(SILENT).getSubcommands();
  }

  static Stream<Arguments> options() throws IOException {
    List<Arguments> options = new ArrayList<>();
    Matcher row = ROW.matcher(table());
    while (row.find()) {
      OPTION
          .matcher(row.group(2))
          .results()
          .forEach(option -> options.add(Arguments.of(row.group(1), option.group(1))));
    }
    assertThat(options).hasSizeGreaterThan(20);
    return options.stream();
  }

  @ParameterizedTest
  @MethodSource("options")
  void everyOptionOfTheTableIsInTheHelpOfItsCommand(String command, String option) {
    assertThat(Answer.to(command, "--help").found().out())
        .containsPattern("(?m)^ .*" + Pattern.quote(option) + "\\b");
  }

  static Stream<String> commandLines() throws IOException {
    List<String> lines = new ArrayList<>();
    Matcher typed = TYPED.matcher(documentation());
    while (typed.find()) {
      lines.add((typed.group(1) == null ? typed.group(2) : typed.group(1)).strip());
    }
    assertThat(lines).hasSizeGreaterThanOrEqualTo(8);
    return lines.stream();
  }

  @ParameterizedTest
  @MethodSource("commandLines")
  void everyCommandLineCanBeTyped(String line) {
    String[] words =
        WORD.matcher(line.replace("COMMAND --help", "list --help").replace("PORT", "3001"))
            .results()
            .map(word -> word.group(1) == null ? word.group(2) : word.group(1))
            .toArray(String[]::new);

    // It throws whatever would be said of arguments that make no sense.
    assertThat(Program.commandLine(SILENT, words).parseArgs(words).errors()).isEmpty();
  }

  @Test
  void theJsonOfListHasTheFieldsOfItsTable() throws IOException {
    try (ScriptedServer server = ScriptedServer.answering("HTTP/1.1 200 OK\r\n\r\n")) {
      String port = Integer.toString(server.port());
      Map<String, Object> json = Json.object(Answer.to("list", "--json", "--detail", port).out());

      Set<String> ofNamespaces = Set.of("unseenNamespaces", "unplacedProcesses");
      assertThat(json.keySet())
          .containsExactlyInAnyOrderElementsOf(
              fields("list").stream().filter(name -> !ofNamespaces.contains(name)).toList());
      assertThat(fields("list")).containsAll(ofNamespaces);
      assertThat(Json.list(json, "sockets").get(0).keySet())
          .isSubsetOf(fieldsOfEach("list", "sockets"))
          .contains("family", "local", "state", "ownership", "owners");
    }
  }

  @Test
  void theJsonOfDiagnoseHasTheFieldsOfItsTable() throws IOException {
    try (ScriptedServer server = ScriptedServer.answering("HTTP/1.1 503 Busy\r\n\r\n")) {
      Answer answer = Answer.to("diagnose", "--json", Integer.toString(server.port()));
      Map<String, Object> json = Json.object(answer.out());

      assertThat(json.keySet())
          .containsExactlyInAnyOrderElementsOf(
              fields("diagnose").stream().filter(name -> !name.equals("threadDumps")).toList());
      // What is left out is counted only if there is any.
      assertThat(Json.list(json, "findings").get(0).keySet())
          .isSubsetOf(fieldsOfEach("diagnose", "findings"))
          .contains("code", "severity", "confidence", "pids", "seen", "evidence", "meaning")
          .contains("advice");
      assertThat(Json.list(json, "processes").get(0).keySet())
          .contains("commandLine", "portRole")
          .doesNotContain("commandLineOmitted", "logsOmitted", "unansweredMillis");
      assertThat(fieldsOfEach("diagnose", "processes"))
          .contains("commandLine", "portRole")
          .contains("commandLineOmitted", "logsOmitted", "unansweredMillis");
    }
  }

  private static List<String> fields(String command) throws IOException {
    return rows(command).stream().filter(name -> !name.startsWith(".")).toList();
  }

  /** The fields of each object in a list: the rows below it, which begin with a dot. */
  private static List<String> fieldsOfEach(String command, String list) throws IOException {
    return rows(command).stream()
        .dropWhile(name -> !name.equals(list))
        .skip(1)
        .takeWhile(name -> name.startsWith("."))
        .map(name -> name.substring(1))
        .toList();
  }

  /** The first column of a command's table, without brackets. */
  private static List<String> rows(String command) throws IOException {
    String page = Files.readString(JSON);
    int start = page.indexOf("\n## JSON of `" + command + "`");
    int next = page.indexOf("\n## ", start + 1);
    String section = page.substring(start, next < 0 ? page.length() : next);
    return Pattern.compile("(?m)^\\| (`[^|]+`) \\|")
        .matcher(section)
        .results()
        .flatMap(row -> Stream.of(row.group(1).split(", ", -1)))
        .map(name -> name.replaceAll("[`\\[\\]]", ""))
        .toList();
  }
}
