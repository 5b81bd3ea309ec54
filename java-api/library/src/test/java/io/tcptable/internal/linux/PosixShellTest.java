// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Commands that a person may paste into a shell. */
class PosixShellTest {

  private static final PosixShell SHELL = new PosixShell();

  @Test
  void aShellTakesItApartIntoTheSameWords() throws Exception {
    List<String> words =
        List.of(
            "plain-1.0/x=y",
            "A=b",
            "=ls",
            "two words",
            "",
            "it's",
            "$HOME",
            "$(id)",
            "`id`",
            "*",
            "\"",
            "~",
            "#",
            "!x",
            ";",
            "&",
            "|",
            "<a",
            ">a",
            "(",
            "{a,b}",
            "\\",
            "é");
    assertThat(takenApart("sh", words)).isEqualTo(words);
    assertThat(takenApart("bash", words)).isEqualTo(words);
  }

  /** The newest that POSIX says of quotes, which dash does not know yet. */
  @Test
  void whatNoTerminalShowsIsWrittenSoThatItCanBePasted() throws Exception {
    List<String> words =
        List.of(
            "a\nb",
            "\n",
            "\t",
            "it's\n\\n",
            "\u001b[2J1",
            "\u202e1",
            "a\u2028b",
            "\u00ad",
            "é\r",
            "x=\n");

    String line = SHELL.command(words);

    assertThat(line).doesNotContainPattern("[^ -~é]").startsWith("$'a\\nb' $'\\n'");
    assertThat(takenApart("bash", words)).isEqualTo(words);
  }

  private static List<String> takenApart(String shell, List<String> words) throws Exception {
    Process process =
        new ProcessBuilder(shell, "-c", "printf '%s\\0' " + SHELL.command(words)).start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return List.of(printed.substring(0, printed.length() - 1).split("\0", -1));
  }

  @Test
  void whatNeedsNoQuotesHasNone() {
    assertThat(SHELL.command("python3", "backend/run_server.py", "--port=3001"))
        .isEqualTo("python3 backend/run_server.py --port=3001");
  }

  @Test
  void aProgramIsNeverAnAssignment() {
    assertThat(SHELL.command("PATH=.", "A=b")).isEqualTo("'PATH=.' A=b");
  }

  @Test
  void aDirectoryIsNeverAnOption() {
    assertThat(SHELL.in(Path.of("-"), "ls")).isEqualTo("cd ./- && ls");
    assertThat(SHELL.in(Path.of("/a b"), "ls")).isEqualTo("cd '/a b' && ls");
  }
}
