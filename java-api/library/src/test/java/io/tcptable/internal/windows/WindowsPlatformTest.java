// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.windows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tcptable.internal.platform.LaunchLine;
import io.tcptable.internal.platform.LaunchRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How programs are started on Windows. */
class WindowsPlatformTest {

  @TempDir private Path folder;

  private final WindowsPlatform platform = new WindowsPlatform();

  private static LaunchRequest request(String... words) {
    return new LaunchRequest(
        List.of(words),
        Map.of("A", "1"),
        Path.of("there"),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  @Test
  void aCommandLineIsThatOfItsArguments() throws IOException {
    assertThat(platform.launchLine(request("node.exe", "my server.js", "--dir", "C:\\a b\\")))
        .isEqualTo(
            new LaunchLine(
                List.of("node.exe", "my server.js", "--dir", "C:\\a b\\"),
                Map.of("A", "1"),
                Optional.of(Path.of("there"))));
  }

  @Test
  void quotesArePassedOn() throws IOException {
    assertThat(platform.launchLine(request("node.exe", "{\"a\": 1}")).words())
        .containsExactly("node.exe", "\"{\\\"a\\\": 1}\"");
  }

  @Test
  void whatJavaCannotPassOn() {
    assertThatThrownBy(() -> platform.launchLine(request("node.exe", "\"a\" \\")))
        .hasMessageStartingWith("Java cannot pass on these arguments: ");
  }

  /** It reads quotes by rules of its own. */
  @Test
  void theCommandInterpreterGetsItsWordsAsTheyAre() throws IOException {
    List<String> words = List.of("C:\\Windows\\System32\\CMD.EXE", "/c", "echo \"a\"");

    assertThat(platform.launchLine(request(words.toArray(String[]::new))).words()).isEqualTo(words);
  }

  @Test
  void theVeryFileThatWasFoundIsStarted() throws IOException {
    Map<String, String> environment = Map.of("Path", folder.toString(), "PathExt", ".exe;.cmd");
    Path npm = Files.createFile(folder.resolve("npm.cmd"));
    Path node = Files.write(folder.resolve("node.exe"), new byte[] {'M', 'Z'});

    assertThat(platform.startable(List.of("node", "a.js"), folder, environment))
        .containsExactly(node.toString(), "a.js");
    assertThat(platform.startable(List.of("npm", "run", "dev"), folder, environment))
        .startsWith("C:\\Windows\\System32\\cmd.exe", "/d")
        .endsWith("/c", "\"\"" + npm + "\" run dev\"");
    assertThatThrownBy(() -> platform.startable(List.of("yarn"), folder, environment))
        .hasMessage("no such program: yarn");
  }

  @Test
  void namesOfVariablesAreTheSameInCapitals() {
    assertThat(platform.variable("PATH", Set.of("Path", "TEMP"))).contains("Path");
    assertThat(platform.variable("PATHEXT", Set.of("Path", "TEMP"))).isEmpty();
  }
}
