// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.windows;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The examples of Microsoft's own page, and what servers are started with. */
class CommandLineTest {

  @Test
  void asDocumented() {
    assertThat(arguments("\"abc\" d e")).containsExactly("abc", "d", "e");
    assertThat(arguments("a\\\\b d\"e f\"g h")).containsExactly("a\\\\b", "de fg", "h");
    assertThat(arguments("a\\\\\\\"b c d")).containsExactly("a\\\"b", "c", "d");
    assertThat(arguments("a\\\\\\\\\"b c\" d e")).containsExactly("a\\\\b c", "d", "e");
    assertThat(arguments("a\"b\"\" c d")).containsExactly("ab\" c d");
  }

  @Test
  void servers() {
    assertThat(CommandLine.split("\"C:\\Program Files\\Python\\python.exe\" run_server.py"))
        .containsExactly("C:\\Program Files\\Python\\python.exe", "run_server.py");
    assertThat(CommandLine.split("node  server.js\t--name \"\" --dir \"C:\\my dir\\\\\""))
        .containsExactly("node", "server.js", "--name", "", "--dir", "C:\\my dir\\");
    assertThat(CommandLine.split("")).isEmpty();
    assertThat(CommandLine.split("   ")).isEmpty();
    assertThat(CommandLine.split("\"unfinished one")).containsExactly("unfinished one");
  }

  /** What Java makes of arguments is split into the same again, unless there are quotes in them. */
  @Test
  void asJavaPassesThem() {
    for (String argument :
        List.of("a", "", " ", "a b", "\\", "a\\", "a b\\\\", "a\tb", "--x=a b", "\u00a0", "(x)")) {
      List<String> all = List.of("C:\\my dir\\node.exe", argument, "end");
      assertThat(CommandLine.split(CommandLine.ofProcessBuilder(all))).isEqualTo(all);
    }
    for (String argument : List.of("\"a\"", "a\"b", "{\"a\": 1}", "\"")) {
      List<String> all = List.of("node", argument, "end");
      assertThat(CommandLine.split(CommandLine.ofProcessBuilder(all))).isNotEqualTo(all);
    }
    assertThat(CommandLine.ofProcessBuilder(List.of("C:\\my dir\\x.exe", "a b\\", "c\\")))
        .isEqualTo("\"C:\\my dir\\x.exe\" \"a b\\\\\" c\\");
  }

  /** Quotes too, where backslashes before them make them ordinary characters. */
  @Test
  void whatJavaCanPassOn() {
    for (String argument :
        List.of(
            "\"a\"", "a\"b", "{\"a\": 1}", "\"", "\\\"", "a \\\\\"b", "\\\\", "a\"\\", " \" ")) {
      List<String> all = List.of("C:\\my dir\\node.exe", argument, "", "end");
      List<String> words = CommandLine.passable(all).orElseThrow();
      assertThat(CommandLine.split(CommandLine.ofProcessBuilder(words))).isEqualTo(all);
    }
    assertThat(CommandLine.passable(List.of("node", "{\"a\": 1}")))
        .contains(List.of("node", "\"{\\\"a\\\": 1}\""));
    assertThat(CommandLine.passable(List.of("node", "a b"))).contains(List.of("node", "a b"));
  }

  /** Java takes the backslash at the end for part of the quotes. */
  @Test
  void whatJavaCannotPassOn() {
    assertThat(CommandLine.passable(List.of("node", "a \"b\" \\"))).isEmpty();
    assertThat(CommandLine.passable(List.of("no\"de"))).isEmpty();
  }

  @Test
  void whatFollowsTheProgram() {
    assertThat(CommandLine.afterProgram("\"C:\\my dir\\x.exe\"  /c \"a  b\" "))
        .isEqualTo("/c \"a  b\"");
    assertThat(CommandLine.afterProgram("x.exe")).isEmpty();
  }

  private static List<String> arguments(String rest) {
    List<String> all = CommandLine.split("program " + rest);
    return all.subList(1, all.size());
  }
}
