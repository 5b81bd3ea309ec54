// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.Advice;
import io.tcptable.Advice.Diagnose;
import io.tcptable.Advice.Diagnose.How;
import io.tcptable.TcpState;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the library advises, as commands of this program. */
class AdviceTextTest {

  private static Advice restart(List<String> command, Optional<Path> directory) {
    return new Advice.Restart(3001, command, directory, Optional.empty());
  }

  static Stream<Arguments> actions() {
    return Stream.of(
        Arguments.of(
            restart(List.of("python3", "srv.py", "."), Optional.empty()),
            "tcptable restart 3001 -- python3 srv.py ."),
        Arguments.of(
            restart(List.of("./run", "a b", "$(id)"), Optional.of(Path.of("/srv/my app"))),
            "tcptable restart 3001 --cwd '/srv/my app' -- ./run 'a b' '$(id)'"),
        Arguments.of(restart(List.of(), Optional.empty()), "tcptable restart 3001 -- COMMAND"),
        Arguments.of(new Advice.Free(3001), "tcptable free 3001"),
        Arguments.of(new Advice.Start(3001), "tcptable start 3001 -- COMMAND"),
        Arguments.of(new Advice.ListOfProcess(42), "tcptable list --pid 42"),
        Arguments.of(new Advice.ListOfNamespace(3001, 42), "tcptable list 3001 --namespace 42"),
        Arguments.of(
            new Advice.ListOfPort(3001, TcpState.SYN_RECEIVED),
            "tcptable list 3001 --state SYN_RECEIVED"),
        Arguments.of(new Diagnose(3001, How.AGAIN, Optional.empty()), "tcptable diagnose 3001"),
        Arguments.of(
            new Diagnose(3001, How.OTHER_HEALTH, Optional.empty()),
            "tcptable diagnose 3001 --health URL"),
        Arguments.of(
            new Diagnose(3001, How.OTHER_HEALTH, Optional.of("http://[::1]:3001")),
            "tcptable diagnose 3001 --health 'http://[::1]:3001'"),
        Arguments.of(
            new Diagnose(3001, How.AS_SUPERUSER, Optional.empty()), "sudo tcptable diagnose 3001"),
        Arguments.of(
            new Diagnose(3001, How.WITH_THREADS, Optional.empty()),
            "tcptable diagnose 3001 --threads"),
        Arguments.of(new Advice.Command("docker build ."), "docker build ."));
  }

  @ParameterizedTest
  @MethodSource("actions")
  void isACommandHoweverItEnds(Advice advice, String command) {
    assertThat(AdviceText.of(advice)).isEqualTo(new AdviceText(true, command));
    assertThat(AdviceText.of(advice).kind()).isEqualTo("command");
  }

  @Test
  void aHintIsASentence() {
    assertThat(AdviceText.of(new Advice.Hint("Wait a minute")))
        .isEqualTo(new AdviceText(false, "Wait a minute"));
  }

  @Test
  void anotherUsersServerIsStartedAsThatUser() {
    Advice restart =
        new Advice.Restart(
            3001,
            List.of("./payload", "x"),
            Optional.of(Path.of("/home/evil")),
            Optional.of("evil"));
    assertThat(AdviceText.of(restart).text())
        .isEqualTo("tcptable restart 3001 --cwd /home/evil -- runuser -u evil -- ./payload x");
  }

  /** A shell gives the program these very words, and runs nothing else. */
  @Test
  void wordsOfOthersStayWords() throws Exception {
    List<String> foreign =
        List.of(
            "; touch x",
            "$(touch x)",
            "`touch x`",
            "a\nb",
            "--help",
            "-rf",
            "%s%n",
            "'",
            "\"",
            "\\",
            "&",
            "|",
            ">x",
            "*",
            "~",
            "!!",
            "#",
            "{a,b}",
            "é",
            "");
    Path directory = Path.of("/home/it's $(touch x)");
    Advice restart =
        new Advice.Restart(3001, foreign, Optional.of(directory), Optional.of("-rf;x"));
    Process shell =
        new ProcessBuilder(
                "bash",
                "-c",
                "tcptable() { printf '%s\\0' \"$@\"; }; " + AdviceText.of(restart).text())
            .redirectErrorStream(true)
            .start();
    String printed = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(printed.split("\0", -1))
        .startsWith(
            "restart", "3001", "--cwd", directory.toString(), "--", "runuser", "-u", "-rf;x")
        .containsSubsequence(foreign)
        .hasSize(9 + foreign.size() + 1);
  }
}
