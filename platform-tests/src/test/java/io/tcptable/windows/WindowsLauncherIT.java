// SPDX-License-Identifier: Apache-2.0
package io.tcptable.windows;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code tcptable.cmd} in the command interpreter of Wine, with a Java that prints what it got. */
@Tag("once")
class WindowsLauncherIT {

  private static final int COULD_NOT_START = 125;

  @TempDir private Path checkout;

  @BeforeEach
  void copy() throws IOException {
    Files.createDirectories(checkout.resolve("java-api/program/target"));
    Files.copy(Path.of("../tcptable.cmd"), checkout.resolve("tcptable.cmd"));
  }

  @Test
  void handsOnArgumentsAndExitCode() throws Exception {
    Path jar = checkout.resolve("java-api/program/target/tcptable-program-1 2-all.jar");
    Files.createFile(jar);
    Started launcher = start("restart", "3001", "--", "my server.exe", "--x=1");
    assertThat(launcher.lines())
        .endsWith("-jar", Wine.path(jar), "restart", "3001", "--", "my server.exe", "--x=1");
    assertThat(launcher.code()).isEqualTo(7);
  }

  /** The build makes it from the checkout's. */
  @Test
  void theInstalledOneFindsItsProgramBesideItsFolder() throws Exception {
    Path jar = Files.createDirectory(checkout.resolve("lib")).resolve("tcptable.jar");
    Files.createDirectory(checkout.resolve("bin"));
    Files.copy(
        Path.of("../packages/target/image/bin/tcptable.cmd"), checkout.resolve("bin/tcptable.cmd"));
    String installed = "bin\\tcptable.cmd";

    Started none = launch(installed, Map.of(), "list");
    assertThat(none.complaints())
        .contains("tcptable: the folder lib is not beside the folder of this file; unpack");
    assertThat(none.code()).isEqualTo(COULD_NOT_START);

    Files.createFile(jar);
    Started launcher = launch(installed, Map.of(), "list", "3001");
    assertThat(launcher.lines())
        .endsWith("list", "3001")
        .anyMatch(line -> line.endsWith("\\lib\\tcptable.jar"));
    assertThat(launcher.code()).isEqualTo(7);

    Path brought = Files.createDirectories(checkout.resolve("runtime/bin")).resolve("java.exe");
    Files.copy(Wine.program("arguments.exe"), brought);
    Map<String, String> another = Map.of("TCPTABLE_JAVA", "", "JAVA_HOME", "C:\\none");
    assertThat(launch(installed, another, "list", "3001").lines()).endsWith("list", "3001");
    Map<String, String> told = Map.of("TCPTABLE_JAVA", "C:\\none\\java.exe");
    assertThat(launch(installed, told, "list", "3001").code()).isEqualTo(COULD_NOT_START);
  }

  @Test
  void saysThatNothingIsBuilt() throws Exception {
    Started launcher = start("list");
    assertThat(launcher.lines()).isEmpty();
    assertThat(launcher.code()).isEqualTo(COULD_NOT_START);
  }

  /** It ends with 1, which is the program's code for "nothing found". */
  @ParameterizedTest
  @ValueSource(strings = {"1.8.0_504", "9", "11.0.32.1", "16.0.2"})
  void aJavaThatIsTooOldIsNoAnswer(String version) throws Exception {
    Files.createFile(checkout.resolve("java-api/program/target/tcptable-program-1-all.jar"));
    assertHint(
        start(Map.of("EXIT_CODE", "1", "VERSION", version), "list", "3001"),
        "arguments.exe is too old: Java 17 or later is needed");
  }

  /** By too little memory, say; or it has crashed: 0xC0000005. */
  @ParameterizedTest
  @CsvSource({"1,17", "1,17.0.15", "1,21.0.9", "1,28-ea", "-1073741819,25.0.1"})
  void aJavaThatCannotStartIsNoAnswer(String code, String version) throws Exception {
    Files.createFile(checkout.resolve("java-api/program/target/tcptable-program-1-all.jar"));
    Started launcher = start(Map.of("EXIT_CODE", code, "VERSION", version), "restart", "3001");
    assertThat(launcher.complaints())
        .contains("tcptable: Java could not start, or crashed, as said above: ", "arguments.exe")
        .doesNotContain("Java 17", "winget");
    assertThat(launcher.code()).isEqualTo(COULD_NOT_START);
  }

  @Test
  void noJavaIsNoAnswer() throws Exception {
    Files.createFile(checkout.resolve("java-api/program/target/tcptable-program-1-all.jar"));
    assertHint(
        start(Map.of("TCPTABLE_JAVA", "C:\\none\\java.exe"), "list", "3001"),
        "there is no program C:\\none\\java.exe");
  }

  @Test
  void nothingFoundIsHandedOn() throws Exception {
    Files.createFile(checkout.resolve("java-api/program/target/tcptable-program-1-all.jar"));
    Started launcher = start(Map.of("EXIT_CODE", "79"), "list", "3001");
    assertThat(launcher.lines()).contains("-Dtcptable.nothing-found=79");
    assertThat(launcher.code()).isEqualTo(1);
  }

  /** Which the servers that it starts would have too. */
  @Test
  void noVariableOfTheLauncherIsLeft() throws Exception {
    Files.createFile(checkout.resolve("java-api/program/target/tcptable-program-1-all.jar"));
    Started launcher = start(Map.of("SHOW", "1", "JAVA", "mine"), "list", "3001");
    assertThat(launcher.lines())
        .contains("SHOW=1", "JAVA=mine")
        .noneMatch(line -> line.startsWith("_tt_"));
    assertThat(launcher.code()).isEqualTo(7);
  }

  private static void assertHint(Started launcher, String what) {
    assertThat(launcher.complaints())
        .contains("tcptable: ", what, "TCPTABLE_JAVA", "winget install");
    assertThat(launcher.code()).isEqualTo(COULD_NOT_START);
  }

  /** One that has ended. */
  private record Started(int code, List<String> lines, String complaints) {}

  private Started start(String... arguments) throws Exception {
    return start(Map.of(), arguments);
  }

  private Started start(Map<String, String> variables, String... arguments) throws Exception {
    return launch("tcptable.cmd", variables, arguments);
  }

  /**
   * An empty variable is none. Its output goes to files: a pipe is kept open by what the first
   * program in Wine starts, which stays a minute longer than the last one.
   */
  private Started launch(String file, Map<String, String> variables, String... arguments)
      throws Exception {
    List<String> command = new ArrayList<>(List.of("wine", "cmd", "/c", file));
    command.addAll(Arrays.asList(arguments));
    Path out = checkout.resolve("out");
    Path err = checkout.resolve("err");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(checkout.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().putAll(Wine.environment());
    builder.environment().put("TCPTABLE_JAVA", Wine.path(Wine.program("arguments.exe")));
    builder.environment().putAll(variables);
    builder.environment().values().removeIf(String::isEmpty);
    int code = builder.start().waitFor();
    return new Started(code, text(out).lines().toList(), text(err));
  }

  private static String text(Path file) throws IOException {
    return new String(Files.readAllBytes(file), StandardCharsets.US_ASCII);
  }
}
