// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.ThisSystem;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The old console of Windows gets no codes that it would print as they are. */
class ColourChoiceTest {

  @AfterEach
  void end() {
    ThisSystem.isItself();
  }

  @Test
  void onWindows() {
    ThisSystem.isWindows(3001, 4242);
    assertThat(isColoured(Map.of("OS", "Windows_NT"))).isFalse();
    assertThat(isColoured(Map.of("OS", "Windows_NT", "WT_SESSION", "1"))).isTrue();
    assertThat(isColoured(Map.of("OS", "Windows_NT", "TERM", "xterm"))).isTrue();
    assertThat(isColoured(Map.of("OS", "Windows_NT", "TERM", "dumb"))).isFalse();
  }

  @Test
  void elsewhere() {
    assertThat(isColoured(Map.of())).isTrue();
  }

  private static boolean isColoured(Map<String, String> environment) {
    OutputStream nowhere = OutputStream.nullOutputStream();
    return ColourChoice.AUTO.isColoured(
        new Terminal(nowhere, nowhere, StandardCharsets.UTF_8, true, environment));
  }
}
