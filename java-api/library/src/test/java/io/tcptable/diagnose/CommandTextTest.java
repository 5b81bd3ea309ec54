// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.internal.server.SupervisorCommand;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Commands that a person may paste into a shell. */
class CommandTextTest {

  @Test
  void aShellTakesItApartIntoTheSameWords() throws Exception {
    List<String> words =
        List.of("plain-1.0/x=y", "two words", "", "it's", "$HOME", "*", "a\nb", "\"", "~");
    Process shell =
        new ProcessBuilder("sh", "-c", "printf '%s\\0' " + CommandText.of(words)).start();

    String printed = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(printed).isEqualTo(String.join("\0", words) + "\0");
  }

  @Test
  void whatNeedsNoQuotesHasNone() {
    assertThat(CommandText.of(List.of("python3", "backend/run_server.py", "--port=3001")))
        .isEqualTo("python3 backend/run_server.py --port=3001");
  }

  @ParameterizedTest
  @CsvSource({
    "docker 0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef, restart,"
        + " docker restart 0123456789ab",
    "docker web, logs, docker logs web",
    "libpod web, restart, podman restart web",
    "lxc web, restart, lxc restart web",
    "lxc web, logs, lxc info --show-log web",
    "machine web, restart, machinectl reboot web",
    "machine web, logs, journalctl -M web -n 50",
    "cri-containerd web, restart, crictl stop web",
    "cri-containerd web, logs, crictl logs web"
  })
  void eachRuntimeOfContainersHasItsCommand(String container, String verb, String command) {
    assertThat(SupervisorCommand.ofContainer(container, verb)).isEqualTo(command);
  }
}
