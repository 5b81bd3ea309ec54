// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.windows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tcptable.internal.platform.LaunchLine;
import io.tcptable.internal.platform.LaunchRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** How programs are started on Windows. */
class WindowsPlatformTest {

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
  void quotesCannotBePassedOn() {
    assertThatThrownBy(() -> platform.launchLine(request("node.exe", "{\"a\": 1}")))
        .hasMessage("an argument has quotes, which Java does not pass on: node.exe '{\"a\": 1}'");
  }

  @Test
  void namesOfVariablesAreTheSameInCapitals() {
    assertThat(platform.variable("PATH", Set.of("Path", "TEMP"))).contains("Path");
    assertThat(platform.variable("PATHEXT", Set.of("Path", "TEMP"))).isEmpty();
  }
}
