// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.windows;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How a program is found by its name on Windows; with endings in small letters, as Linux cares. */
class WindowsProgramSearchTest {

  @TempDir private Path folder;
  private Path tools;
  private Path npm;

  @BeforeEach
  void install() throws IOException {
    tools = Files.createDirectory(folder.resolve("my tools"));
    npm = Files.createFile(tools.resolve("npm.cmd"));
    Files.createFile(tools.resolve("npm"));
    Files.createFile(tools.resolve("server.1.exe"));
    Files.createDirectory(tools.resolve("npx.cmd"));
  }

  private WindowsProgramSearch path(String path) {
    return new WindowsProgramSearch(
        folder, path.replace("TOOLS", tools.toString()), ".exe;.cmd;; ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "TOOLS",
        "TOOLS  ",
        "\"TOOLS\"",
        "C:\\none;;TOOLS",
        ";TOOLS;",
        "%JAVA_HOME%\\bin;\"/a;b\";TOOLS",
        "my tools",
        "nul\0;TOOLS"
      })
  void entries(String path) {
    assertThat(path(path).find("npm")).contains(npm);
  }

  @Test
  void aScriptOfAnotherShellBesideIsNotTaken() {
    assertThat(path("TOOLS").find("npm.cmd")).contains(npm);
    assertThat(path("").find("my tools/npm")).contains(npm);
    assertThat(path("").find(npm.resolveSibling("npm").toString())).contains(npm);
  }

  @Test
  void anEndingOfItsOwn() {
    assertThat(path("TOOLS").find("server.1")).contains(npm.resolveSibling("server.1.exe"));
    assertThat(path("TOOLS").find("server.1.exe")).contains(npm.resolveSibling("server.1.exe"));
  }

  @Test
  void aFileWithoutAnEndingByItsPathOnly() throws IOException {
    Path bare = Files.createFile(folder.resolve("bare"));

    assertThat(path(folder.toString()).find("bare")).isEmpty();
    assertThat(path("").find("./bare")).contains(bare);
  }

  @Test
  void neitherADirectoryNorTheCurrentOneIsSearched() throws IOException {
    Files.createFile(folder.resolve("here.exe"));

    assertThat(path("TOOLS").find("npx")).isEmpty();
    assertThat(path("TOOLS").find("here")).isEmpty();
    assertThat(path("").find("npm")).isEmpty();
    assertThat(path("TOOLS").find("")).isEmpty();
  }
}
