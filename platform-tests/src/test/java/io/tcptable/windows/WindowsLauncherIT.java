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
    Process launcher = start("restart", "3001", "--", "my server.exe", "--x=1");
    assertThat(lines(launcher))
        .endsWith("-jar", Wine.path(jar), "restart", "3001", "--", "my server.exe", "--x=1");
    assertThat(launcher.waitFor()).isEqualTo(7);
  }

  @Test
  void saysThatNothingIsBuilt() throws Exception {
    Process launcher = start("list");
    assertThat(lines(launcher)).isEmpty();
    assertThat(launcher.waitFor()).isEqualTo(COULD_NOT_START);
  }

  /** Of an old Java or a broken one: 1, which is the program's code for "nothing found". */
  @Test
  void aJavaThatCannotStartIsNoAnswer() throws Exception {
    Files.createFile(checkout.resolve("java-api/program/target/tcptable-program-1-all.jar"));
    assertHint(start(Map.of("EXIT_CODE", "1"), "list", "3001"), "arguments.exe");
  }

  @Test
  void noJavaIsNoAnswer() throws Exception {
    Files.createFile(checkout.resolve("java-api/program/target/tcptable-program-1-all.jar"));
    assertHint(start(Map.of("TCPTABLE_JAVA", "C:\\none\\java.exe"), "list", "3001"), "java.exe");
  }

  @Test
  void nothingFoundIsHandedOn() throws Exception {
    Files.createFile(checkout.resolve("java-api/program/target/tcptable-program-1-all.jar"));
    Process launcher = start(Map.of("EXIT_CODE", "79"), "list", "3001");
    assertThat(lines(launcher)).contains("-Dtcptable.nothing-found=79");
    assertThat(launcher.waitFor()).isEqualTo(1);
  }

  /** Which the servers that it starts would have too. */
  @Test
  void noVariableOfTheLauncherIsLeft() throws Exception {
    Files.createFile(checkout.resolve("java-api/program/target/tcptable-program-1-all.jar"));
    Process launcher = start(Map.of("SHOW", "1", "JAVA", "mine"), "list", "3001");
    assertThat(lines(launcher))
        .contains("SHOW=1", "JAVA=mine")
        .noneMatch(line -> line.startsWith("_tt_"));
    assertThat(launcher.waitFor()).isEqualTo(7);
  }

  private static void assertHint(Process launcher, String java) throws Exception {
    byte[] said = launcher.getErrorStream().readAllBytes();
    assertThat(new String(said, StandardCharsets.US_ASCII))
        .contains("tcptable: ", java, "needs Java 17 or later", "TCPTABLE_JAVA");
    assertThat(launcher.waitFor()).isEqualTo(COULD_NOT_START);
  }

  private Process start(String... arguments) throws IOException {
    return start(Map.of(), arguments);
  }

  private Process start(Map<String, String> variables, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("wine", "cmd", "/c", "tcptable.cmd"));
    command.addAll(Arrays.asList(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).directory(checkout.toFile());
    builder.environment().putAll(Wine.environment());
    builder.environment().put("TCPTABLE_JAVA", Wine.path(Wine.program("arguments.exe")));
    builder.environment().putAll(variables);
    return builder.start();
  }

  private static List<String> lines(Process process) throws IOException {
    byte[] output = process.getInputStream().readAllBytes();
    return new String(output, StandardCharsets.US_ASCII).lines().toList();
  }
}
