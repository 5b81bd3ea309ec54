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
            "a\nb",
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
            "\t",
            "é");
    Process shell =
        new ProcessBuilder("sh", "-c", "printf '%s\\0' " + SHELL.command(words)).start();

    String printed = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(printed).isEqualTo(String.join("\0", words) + "\0");
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
