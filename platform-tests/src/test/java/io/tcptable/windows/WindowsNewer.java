// SPDX-License-Identifier: Apache-2.0
package io.tcptable.windows;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tcptable.program.Run;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import servers.FreePorts;

/** What takes Wine 10 and Java 21: runs by {@code wine10.sh}. */
class WindowsNewer {

  private final WindowsJvm windows = new WindowsJvm("newer");
  private final int port = FreePorts.next();

  /** FFM is a preview of Java 21: compiled for that, from the same sources. */
  private Run byFfm(String... arguments) {
    List<String> words = new ArrayList<>();
    words.add("io.tcptable.program.Main");
    words.addAll(List.of(arguments));
    return windows.java(
        List.of(
            "--enable-preview",
            "--enable-native-access=ALL-UNNAMED",
            "-Dtcptable.binding=ffm",
            "-cp",
            windows.classPath("ffm-21")),
        words.toArray(String[]::new));
  }

  @Test
  void ffmLooksAndPutsRight() throws Exception {
    String health = "http://127.0.0.1:" + port + "/";
    try (Peer hung = Peer.hung(4, port)) {
      Run diagnosis =
          byFfm("diagnose", "" + port, "--json", "--deadline", "1s", "--health", health);
      JsonNode json = new ObjectMapper().readTree(diagnosis.out());
      assertThat(json.path("binding").asText()).as("%s", diagnosis).isEqualTo("ffm");
      assertThat(json.path("verdict").asText()).isEqualTo("HANGING");
      assertThat(json.path("sockets").findValuesAsText("pid")).contains("" + hung.pid());

      Run restart =
          byFfm(
              "restart",
              "" + port,
              "--yes",
              "--health",
              health,
              "--",
              "./peer.exe",
              "healthy",
              "4",
              "" + port,
              "stay");
      assertThat(restart.code()).as("%s", restart).isZero();
      assertThat(hung.hasEnded()).isTrue();
    }
    Run again = byFfm("restart", "" + port, "--yes", "--health", health);
    assertThat(again.code()).as("%s", again).isZero();
    Run free = byFfm("free", "" + port, "--yes");
    assertThat(free.code()).as("%s", free).isZero();
  }

  @Test
  void ffmAsksWindowsToClose() throws Exception {
    try (Peer window = Peer.withWindow(4, port)) {
      Run free = byFfm("free", "" + port, "--yes", "--grace", "20s");
      assertThat(free.code()).as("%s", free).isZero();
      assertThat(window.exitCode()).isEqualTo(Peer.CLOSED);
    }
  }

  @Test
  void ownersOfIpv6SocketsAreFoundAndStopped() throws Exception {
    try (Peer server = Peer.hung(6, port)) {
      Run list = windows.tcptable("list", "" + port, "--json");
      JsonNode sockets = new ObjectMapper().readTree(list.out()).path("sockets");
      assertThat(sockets.findValuesAsText("pid")).as("%s", list).containsExactly("" + server.pid());
      Run free = windows.tcptable("free", "" + port, "--yes");
      assertThat(free.out()).contains("stopped: peer.exe(" + server.pid() + ")");
      assertThat(server.hasEnded()).isTrue();
    }
  }

  /** Starts a server on the port and stops it, from one batch file; the report of the stop. */
  private JsonNode startedAndFreed(String server) throws Exception {
    String tcptable = "\"%~dp0tcptable.cmd\" ";
    Files.writeString(
        windows.folder().resolve("story.cmd"),
        String.join(
            "\r\n",
            "@echo off",
            "call " + tcptable + "start " + port + " -- " + server + " healthy 4 " + port + " stay",
            "call " + tcptable + "free " + port + " --yes --json --grace 20s >free.json"));
    Run story = windows.run(List.of("cmd", "/c", "story.cmd"));
    assertThat(story.code()).as("%s", story).isZero();
    return new ObjectMapper().readTree(windows.folder().resolve("free.json").toFile());
  }

  private static String outcome(JsonNode report, String step) {
    for (JsonNode one : report.path("steps")) {
      if (one.path("step").asText().equals(step)) {
        return one.path("outcome").asText();
      }
    }
    throw new AssertionError(step + " is not in " + report);
  }

  private static void assertEndsByCtrlC(JsonNode report) {
    assertThat(outcome(report, "terminate")).as("%s", report).isEqualTo("done");
    assertThat(outcome(report, "kill")).as("%s", report).isEqualTo("skipped");
  }

  /**
   * What is started has its own console. Wine sends Ctrl-C only to the group of who sends it, so
   * that one program has to start both; Windows sends it to all on the console.
   */
  @Test
  void aServerThatIsAloneOnItsConsoleIsSentCtrlC() throws Exception {
    assertEndsByCtrlC(startedAndFreed("./peer.exe"));
  }

  /** The batch file's cmd.exe waits for the server and for nothing else. */
  @Test
  void aServerAndItsBatchFileAreSentCtrlC() throws Exception {
    Files.writeString(windows.folder().resolve("one.cmd"), "@peer.exe %*\r\n");
    assertEndsByCtrlC(startedAndFreed("./one.cmd"));
  }

  /** The batch file has started another server besides, which lives on. */
  @Test
  void aServerThatSharesItsConsoleIsNot() throws Exception {
    int other = FreePorts.next();
    Files.writeString(
        windows.folder().resolve("both.cmd"),
        "@echo off\r\nstart /b peer.exe healthy 4 " + other + " stay\r\npeer.exe %*\r\n");
    try {
      JsonNode report = startedAndFreed("./both.cmd");
      assertThat(outcome(report, "terminate")).as("%s", report).isEqualTo("skipped");
      assertThat(outcome(report, "kill")).as("%s", report).isEqualTo("done");
    } finally {
      Run free = windows.tcptable("free", "" + other, "--yes");
      assertThat(free.out()).contains("stopped: peer.exe(");
    }
  }
}
