// SPDX-License-Identifier: Apache-2.0
package io.tcptable.windows;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tcptable.program.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import servers.FreePorts;

/** The guide's situation by the packaged program on a JVM for Windows: seen and put right. */
@Tag("once")
class WindowsJvmIT {

  private static final int DONE = 0;
  private static final int NOTHING_FOUND = 1;
  private static final int REFUSED = 4;
  private static final int HANGING = 11;

  private final WindowsJvm windows = new WindowsJvm("tcptable");
  private final int port = FreePorts.next();
  private final String health = "http://127.0.0.1:" + port + "/health";

  @Test
  void theGuidesStory() throws Exception {
    assertVersion(windows.launcher("--version"));
    installBatchFile();
    try (Peer first = Peer.hung(4, port);
        Peer second = Peer.hung(4, port);
        Peer third = Peer.hung(4, port)) {
      StuckClients.giveUp(port, 20);
      assertHangs(first, second, third);
      assertRefusesBeforeAnythingIsStopped(first, second, third);

      // Each is sent Ctrl-C, which does not arrive in Wine 8.
      Run restart =
          tcptable(
              "restart",
              "--yes",
              "--grace",
              "500ms",
              "--health",
              health,
              "--",
              "serve",
              "healthy",
              "4",
              number());
      assertThat(restart.code()).as("%s", restart).isEqualTo(DONE);
      assertThat(restart.out())
          .contains("stopped: peer.exe(", "port " + port + ": peer.exe(")
          .contains("" + first.pid(), "" + second.pid(), "" + third.pid());
      assertThat(List.of(first, second, third)).allMatch(Peer::hasEnded);
    }
    assertIsHealthyAndComesBack();
  }

  /** By the program's own classes, with the libraries of the binding, on the class path. */
  @ParameterizedTest
  @ValueSource(strings = {"jna", "jnr"})
  void otherBindings(String binding) throws IOException {
    try (Peer server = Peer.hung(4, port)) {
      Run list =
          windows.java(
              windows.withBindings(),
              "io.tcptable.program.Main",
              "list",
              number(),
              "--json",
              "--binding",
              binding);
      assertThat(list.code()).as("%s", list).isEqualTo(DONE);
      JsonNode json = new ObjectMapper().readTree(list.out());
      assertThat(json.path("binding").asText()).isEqualTo(binding);
      assertThat(json.findValuesAsText("pid")).containsExactly("" + server.pid());
    }
  }

  private static void assertVersion(Run version) throws IOException {
    assertThat(version.out())
        .contains("Java " + WindowsJvm.javaVersion(), "Windows", "binding: jni", "iphlpapi");
    assertThat(version.err()).isEmpty();
    assertThat(version.code()).isEqualTo(DONE);
  }

  /** As those that npm installs: found by PATH and PATHEXT, beside a script for another shell. */
  private void installBatchFile() throws IOException {
    var tools = Files.createDirectories(windows.folder().resolve("my tools"));
    Files.writeString(tools.resolve("serve"), "#!/bin/sh\nexit 1\n");
    Files.writeString(tools.resolve("serve.cmd"), "@echo off\r\n\"%~dp0..\\peer.exe\" %* stay\r\n");
    windows.path(List.of("", "\"" + windows.path("my tools") + "\" "));
  }

  private void assertHangs(Peer... servers) throws IOException {
    Run diagnosis = tcptable("diagnose", "--json", "--deadline", "1s", "--health", health);
    assertThat(diagnosis.code()).as("%s", diagnosis).isEqualTo(HANGING);
    JsonNode json = new ObjectMapper().readTree(diagnosis.out());
    assertThat(json.path("verdict").asText()).isEqualTo("HANGING");
    assertThat(json.path("findings").findValuesAsText("code"))
        .contains("SEVERAL_SERVERS", "CLOSE_WAIT_PILEUP", "HEALTH_NO_RESPONSE");
    for (Peer server : servers) {
      assertThat(json.path("sockets").findValuesAsText("pid")).contains("" + server.pid());
    }
  }

  private void assertRefusesBeforeAnythingIsStopped(Peer... servers) {
    Run unsafe = tcptable("restart", "--yes", "--", "serve", "%PATH%");
    assertThat(unsafe.err()).contains("nothing was done: cmd.exe cannot pass this", "%PATH%");
    assertThat(unsafe.code()).isEqualTo(REFUSED);
    assertThat(List.of(servers)).noneMatch(Peer::hasEnded);
  }

  private void assertIsHealthyAndComesBack() throws IOException {
    Run healthy = tcptable("diagnose", "--health", health);
    assertThat(healthy.out()).startsWith("HEALTHY  Port " + port);
    assertThat(healthy.code()).isEqualTo(DONE);

    Run again = tcptable("restart", "--yes", "--grace", "500ms", "--health", health);
    assertThat(again.code()).as("%s", again).isEqualTo(DONE);

    Run free = tcptable("free", "--yes", "--grace", "500ms");
    assertThat(free.out()).contains("stopped: peer.exe(", "port " + port + ": nobody listens");
    assertThat(free.code()).isEqualTo(DONE);

    Run list = tcptable("list", "--state", "listen", "--json");
    assertThat(new ObjectMapper().readTree(list.out()).get("sockets")).isEmpty();
    assertThat(list.code()).isEqualTo(NOTHING_FOUND);
  }

  private Run tcptable(String command, String... more) {
    String[] words = new String[more.length + 2];
    words[0] = command;
    words[1] = number();
    System.arraycopy(more, 0, words, 2, more.length);
    return windows.tcptable(words);
  }

  private String number() {
    return Integer.toString(port);
  }
}
