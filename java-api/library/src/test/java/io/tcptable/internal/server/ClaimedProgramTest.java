// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.internal.linux.LinuxPlatform;
import io.tcptable.internal.platform.Platform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A process may say anything of itself; only the file that it runs is certain. */
class ClaimedProgramTest {

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

  private Optional<String> called(Path runs, String path, String claimed) {
    return new ClaimedProgram(runs, directory, Map.of("PATH", path), LINUX).called(claimed);
  }

  @ParameterizedTest
  @ValueSource(strings = {"bin/server", "./bin/server", "./link", "bin/../bin/server"})
  void aPathIsOfTheFileThatRuns(String claimed) {
    assertThat(called(server, "", claimed)).contains(claimed);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "./payload",
        "./server",
        "other/server",
        "/bin/sh",
        "server: master process",
        "server: master process " + "bin/server",
        "-bash",
        "",
        "\0",
        "."
      })
  void anythingElseIsNotBelieved(String claimed) {
    assertThat(called(server, "/nowhere", claimed)).isEmpty();
  }

  @Test
  void aNameIsFoundOnThePathOfTheServer() {
    assertThat(called(server, directory.resolve("bin").toString(), "server")).contains("server");
    assertThat(called(server, "bin", "server")).contains("server");
  }

  @Test
  void aNameThatIsAnotherFileIsReplacedByTheFileThatRuns() {
    assertThat(called(server, directory.resolve("other").toString(), "server"))
        .contains(server.toString());
    assertThat(called(server, "", "server")).contains(server.toString());
  }
}
