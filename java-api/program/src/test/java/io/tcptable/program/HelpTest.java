// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.internal.binding.BindingName;
import io.tcptable.program.terminal.Terminal;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** What the help says is true. */
class HelpTest {

  @ParameterizedTest
  @ValueSource(strings = {"--help", "-h", "list --help", "list -h"})
  void helpIsTheAnswer(String line) {
    Answer answer = Answer.to(line.split(" ")).found();
    assertThat(answer.out()).contains("Usage: tcptable", "Exit codes:", "Examples:");
    assertThat(answer.err()).isEmpty();
  }

  @Test
  void theProgramNamesItsCommands() {
    assertThat(Answer.to("--help").found().out())
        .contains("Usage: tcptable COMMAND")
        .containsPattern("list +List TCP sockets")
        .containsPattern("diagnose +Explain why a port does not answer");
  }

  @Test
  void everyOptionIsExplained() {
    assertThat(Answer.to("list", "--help").found().out())
        .contains(
            "-l, --listen",
            "--state=",
            "--pid=",
            "--family=4|6",
            "--detail",
            "--no-owners",
            "--json",
            "--csv",
            "-n, --numeric",
            "--binding=" + String.join("|", BindingName.all()),
            "--color, --colour=auto|always|never",
            "--debug",
            "-h, --help",
            "-V, --version");
  }

  @Test
  void everyColumnIsExplained() throws Exception {
    String help = Answer.to("list", "--help").found().out();
    try (LoopbackSockets sockets = new LoopbackSockets()) {
      String waiting = Integer.toString(sockets.goneClient());
      String titles = Answer.to("list", "--detail", waiting).found().lines().get(0);
      assertThat(Pattern.compile(" +").splitAsStream(titles))
          .hasSize(11)
          .allSatisfy(title -> assertThat(help).contains("  " + title));
    }
  }

  @Test
  void theExitCodesAreThoseUsed() {
    assertThat(Answer.to("list", "--help").out())
        .containsSubsequence(
            "Exit codes:", "0   found", "1   nothing found", "2   ", "3   ", "6   ");
    assertThat(Answer.to("--help").out())
        .containsSubsequence(
            "Exit codes:", "0  ", "1  ", "2  ", "3  ", "4  ", "5  ", "6  ", "10-14  ");
  }

  @ParameterizedTest
  @ValueSource(ints = {60, 80, 200})
  void fitsTheScreen(int columns) {
    assertThat(Answer.onScreenWith("NO_COLOR", "1", "list", "--help").out())
        .doesNotContain("\u001b");
    assertThat(Answer.onScreen(columns, "list", "--help", "--color=never").lines())
        .allMatch(
            line -> line.replaceAll("\u001b\\[[0-9;]*m", "").length() <= Math.max(80, columns));
  }

  @Test
  void noTextIsWrapped() {
    textsStandAsTheyWereWritten();
  }

  /** No line below the exit codes is too long for the screen. */
  static void textsStandAsTheyWereWritten() {
    CommandLine program = Program.commandLine(Terminal.ofProcess());
    assertThat(Stream.concat(Stream.of(program), program.getSubcommands().values().stream()))
        .hasSizeGreaterThan(10)
        .allSatisfy(
            command ->
                assertThat(command.getUsageMessage().lines())
                    .containsSequence(command.getCommandSpec().usageMessage().footer()));
  }

  @ParameterizedTest
  @MethodSource("examples")
  void examplesWork(String example) {
    String[] words = example.replaceAll(" +[|>].*", "").split(" ", -1);
    Answer answer = Answer.to(Arrays.copyOfRange(words, 1, words.length));
    assertThat(answer.code()).as(answer.err()).isIn(0, 1, 3, 10, 11, 12, 13, 14);
    assertThat(answer.err()).doesNotContain("internal error");
  }

  static Stream<String> examples() {
    List<String> examples =
        Stream.of("--help", "list --help")
            .flatMap(line -> Answer.to(line.split(" ")).lines().stream())
            .map(String::strip)
            .filter(line -> line.startsWith("tcptable ") && !line.contains("["))
            .map(line -> line.replaceAll("   +.*", ""))
            // It starts the packaged program's own backends: DemoIT runs it.
            .filter(line -> !line.equals("tcptable demo"))
            .toList();
    assertThat(examples).hasSizeGreaterThanOrEqualTo(8);
    return examples.stream();
  }

  @ParameterizedTest
  @ValueSource(strings = {"tr-TR", "ar-EG-u-nu-arab", "hi-IN-u-nu-deva"})
  void theSameInEveryLocale(String tag) throws Exception {
    Locale before = Locale.getDefault();
    try (LoopbackSockets sockets = new LoopbackSockets()) {
      List<String> lines =
          List.of(
              "list --no-owners --state listen,FIN_WAIT_2,time_wait " + sockets.port(),
              "list --no-owners --csv --binding JNI " + sockets.port(),
              "list --help",
              "list --state x",
              "list -1",
              "lst");
      for (String line : lines) {
        Locale.setDefault(Locale.ROOT);
        Answer expected = Answer.to(line.split(" "));
        Locale.setDefault(Locale.forLanguageTag(tag));
        assertThat(Answer.to(line.split(" "))).as(line).isEqualTo(expected);
      }
      Locale.setDefault(Locale.forLanguageTag(tag));
      assertThat(Answer.to("list", "--json", "--detail", sockets.portText()).out())
          .matches("\\p{ASCII}*")
          .contains("\"state\":\"LISTEN\"", "\"family\":\"ipv4\"", "\"ownership\":\"owned\"");
    } finally {
      Locale.setDefault(before);
    }
  }
}
