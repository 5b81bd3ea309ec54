// SPDX-License-Identifier: Apache-2.0
package io.tcptable.windows;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.tcptable.program.Run;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import servers.FreePorts;

/**
 * More of the packaged program on Windows than each check has time for, from an odd directory. Runs
 * if it is named, see {@code docs/WINDOWS.md}.
 */
class WindowsThorough {

  private static final String SERVER = "s\u00e9rv\u00e9r 1.exe";

  private final WindowsJvm windows = new WindowsJvm("b \u00e4 & (x)");
  private final String port = Integer.toString(FreePorts.next());

  @ParameterizedTest
  @ValueSource(strings = {"list", "diagnose", "restart", "free", "start", "wait", "drop", "demo"})
  void everyCommandHasItsHelp(String command) {
    Run help = windows.launcher(command, "--help");
    assertThat(help.out()).contains("tcptable " + command);
    assertThat(help.err()).isEmpty();
    assertThat(help.code()).isZero();
  }

  /** Its name, its directory and its arguments have to survive, whatever the code page is. */
  @Test
  void aServerWithAnOddNameComesBack() throws Exception {
    Path file = windows.folder().resolve(SERVER);
    Files.deleteIfExists(file);
    Files.copy(windows.folder().resolve("peer.exe"), file);
    String health = "http://127.0.0.1:" + port + "/";
    try {
      Run start =
          windows.tcptable(
              "start",
              port,
              "--health",
              health,
              "--",
              "./" + SERVER,
              "healthy",
              "4",
              port,
              "stay",
              "a b\\");
      assertThat(start.code()).as("%s", start).isZero();
      assertListens();

      Run again = windows.tcptable("restart", port, "--yes", "--health", health);
      assertThat(again.code()).as("%s", again).isZero();
      assertListens();
    } finally {
      Run free = windows.launcher("free", port, "--yes");
      assertThat(free.code()).as("%s", free).isZero();
    }
  }

  private void assertListens() throws Exception {
    Run list = windows.launcher("list", port, "--listen", "--json");
    assertThat(new ObjectMapper().readTree(list.out()).findValuesAsText("name"))
        .isEqualTo(List.of(SERVER));
  }

  @Test
  void commandsThatOnlyLook() throws Exception {
    try (Peer server = Peer.hung(4, Integer.parseInt(port))) {
      StuckClients.giveUp(Integer.parseInt(port), 3);
      String pid = Long.toString(server.pid());
      assertThat(windows.launcher("list", port, "--csv").out()).contains(pid);
      assertThat(windows.launcher("diagnose", port, "--deadline", "1s", "--markdown").out())
          .contains(pid, "HANGING");
      assertThat(windows.launcher("free", port, "--dry-run").out()).contains(pid);
      assertThat(windows.launcher("drop", port, "--dry-run").out()).contains("CLOSE_WAIT");
      assertThat(windows.launcher("wait", port, "--listening").code()).isZero();
      assertThat(server.hasEnded()).isFalse();
    }
    assertThat(windows.launcher("wait", port, "--free").code()).isZero();
  }

  /** Where Wine does not name the owners of Java's listeners, they cannot be put right. */
  @Test
  void theDemoRunsToItsEnd() throws Exception {
    Run demo = windows.launcher("demo");
    assertThat(demo.out())
        .contains("CLOSE_WAIT_PILEUP", "HEALTH_NO_RESPONSE", "The demo ends here");
    assertThat(demo.err()).doesNotContain("internal error", "SO_REUSEPORT");
    if (Wine.namesOwnersOfIpv6()) {
      assertThat(demo.out())
          .containsSubsequence("HANGING", "SEVERAL_SERVERS", "stopped: java.exe(", "HEALTHY");
      assertThat(demo.err()).isEmpty();
      assertThat(demo.code()).isZero();
    }
  }
}
