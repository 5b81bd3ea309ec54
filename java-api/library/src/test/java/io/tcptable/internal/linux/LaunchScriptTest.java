// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tcptable.internal.platform.LaunchLine;
import io.tcptable.internal.platform.LaunchRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever shell runs the script, the program gets these variables, and no others. */
@EnabledOnOs(OS.LINUX)
class LaunchScriptTest {

  private static final Map<String, String> VARIABLES =
      new LinkedHashMap<>(
          Map.ofEntries(
              Map.entry("PATH", "/usr/bin:/bin"),
              Map.entry("SECRET", "s3cret 'x' \"y\" $(id) `id` \\ \n\t*"),
              Map.entry("UTF", "\u0141\u00f3d\u017a \u2603 \u0081\u0088"),
              Map.entry("EMPTY", ""),
              Map.entry("odd-name", "x"),
              Map.entry("BASH_FUNC_f%%", "() { :; }"),
              Map.entry("-n", "x"),
              Map.entry("PWD", "/nowhere"),
              Map.entry("SHLVL", "7"),
              Map.entry("UID", "77"),
              Map.entry("PPID", "1"),
              Map.entry("IFS", "S"),
              Map.entry("SHELLOPTS", "xtrace"),
              Map.entry("BASH_ENV", "/nowhere"),
              Map.entry("ENV", "/nowhere"),
              Map.entry("LD_LIBRARY_PATH", "/nowhere"),
              Map.entry("LC_ALL", "C"),
              Map.entry("TCPTABLE_3", "x"),
              Map.entry("HOME", "/home/x")));

  @TempDir private Path directory;

  private LaunchLine line(List<String> words, Map<String, String> variables) throws IOException {
    return LaunchScript.of(
            new LaunchRequest(
                words,
                variables,
                directory,
                Optional.empty(),
                Optional.of(directory.resolve("out")),
                Optional.of(directory.resolve("err"))),
            0027)
        .after(List.of());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/bin/sh", "/bin/dash", "/bin/bash", "/bin/bash --posix", "/bin/busybox sh"})
  void theProgramGetsTheVariablesAsTheyAre(String shell) throws Exception {
    List<String> command = new ArrayList<>(List.of(shell.split(" ", -1)));
    assumeTrue(Files.isExecutable(Path.of(command.get(0))), "needs " + shell);
    LaunchLine line = line(List.of("/usr/bin/env", "-0"), VARIABLES);
    command.addAll(line.words().subList(1, line.words().size()));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().clear();
    builder.environment().putAll(line.environment());
    Process process = builder.start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();

    assertThat(process.exitValue()).isZero();
    assertThat(Files.readString(directory.resolve("err"))).isEmpty();
    List<String> expected =
        VARIABLES.entrySet().stream().map(Map.Entry::toString).sorted().toList();
    String printed = Files.readString(directory.resolve("out"), StandardCharsets.UTF_8);
    assertThat(new TreeSet<>(List.of(printed.split("\0"))))
        .containsExactlyElementsOf(new TreeSet<>(expected));
    assertThat(Files.getAttribute(directory.resolve("out"), "unix:mode")).isEqualTo(0100640);
  }

  @Test
  void noValueAndNoWordIsPartOfTheScript() throws IOException {
    LaunchLine line = line(List.of("prog", "$(id)"), VARIABLES);

    assertThat(String.join("\n", line.words().subList(0, 3)))
        .doesNotContain("s3cret", "/home/x", "prog", "$(id)", directory.toString());
    assertThat(line.words()).endsWith("tcptable", "prog", "$(id)");
    assertThat(line.environment().keySet()).allMatch(name -> name.matches("TCPTABLE_\\d+"));
  }

  @Test
  void whatTheKernelOrTheProgramEnvWouldNotTakeIsRefused() {
    assertThatThrownBy(() -> line(List.of("a=b"), Map.of()))
        .isInstanceOf(IOException.class)
        .hasMessage("the name of its program contains '='");
    assertThatThrownBy(() -> line(List.of("x"), Map.of("A", "x".repeat(131_072))))
        .isInstanceOf(IOException.class)
        .hasMessage("a variable of its environment is too long");
    Map<String, String> many = new LinkedHashMap<>();
    for (int i = 0; i < 5000; i++) {
      many.put("VARIABLE_" + i, "");
    }
    assertThatThrownBy(() -> line(List.of("x"), many))
        .isInstanceOf(IOException.class)
        .hasMessage("its environment has too many variables");
  }
}
