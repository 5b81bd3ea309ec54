// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.internal.linux.LinuxPlatform;
import io.tcptable.internal.platform.Platform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A process may say anything of itself; only the file that it runs is certain. */
class ClaimedCommandTest {

  private static final Platform LINUX = new LinuxPlatform();

  @TempDir private Path directory;

  private Path server;

  @BeforeEach
  void makePrograms() throws IOException {
    server = program("bin/server");
    program("other/server");
    Files.createSymbolicLink(directory.resolve("link"), server);
  }

  private Path program(String name) throws IOException {
    Path file = directory.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
  }

  private List<String> command(Path runs, String path, String... claimed) {
    SceneProcess process =
        new SceneProcess(100).runs(runs.toString()).claims(claimed).in(directory);
    return ClaimedCommand.of(process.evidence(), LINUX, path);
  }

  @ParameterizedTest
  @ValueSource(strings = {"bin/server", "./bin/server", "./link", "bin/../bin/server"})
  void aPathIsOfTheFileThatRuns(String claimed) {
    assertThat(command(server, "", claimed, "-p", "80")).containsExactly(claimed, "-p", "80");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "./payload",
        "other/server",
        "/bin/sh",
        "server: master process",
        "-bash",
        "",
        "\0",
        "."
      })
  void anythingElseIsNotBelieved(String claimed) {
    assertThat(command(server, "/nowhere", claimed)).isEmpty();
  }

  @Test
  void aNameIsFoundOnThePath() {
    assertThat(command(server, directory.resolve("bin").toString(), "server", "x"))
        .containsExactly("server", "x");
  }

  @Test
  void aNameThatThePathFindsElsewhereIsReplacedByTheFile() {
    assertThat(command(server, directory.resolve("other").toString(), "server", "x"))
        .containsExactly(server.toString(), "x");
    assertThat(command(server, "", "server")).containsExactly(server.toString());
    assertThat(command(server, "bin", "server")).containsExactly(server.toString());
  }

  @Test
  void aFileThatWasReplacedIsStillThatOfTheProgram() {
    assertThat(command(Path.of(server + " (deleted)"), "", "bin/server"))
        .containsExactly("bin/server");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\nb", "\u001b[2J", "a\rb", "\u202e", "\ufffd", "\u0085", "\u2028"})
  void aWordThatATerminalDoesNotShowIsNotOffered(String word) {
    assertThat(command(server, "", "bin/server", word)).isEmpty();
  }

  @Test
  void aWordThatIsTooLongToPasteIsNotOffered() {
    assertThat(command(server, "", "bin/server", "x".repeat(10_000))).isEmpty();
  }

  @Test
  void quotesAndOptionsAreLeftToTheShellsQuoting() {
    assertThat(command(server, "", "bin/server", "$(id)", "; reboot", "--help", "-rf", "%s"))
        .containsExactly("bin/server", "$(id)", "; reboot", "--help", "-rf", "%s");
  }
}
