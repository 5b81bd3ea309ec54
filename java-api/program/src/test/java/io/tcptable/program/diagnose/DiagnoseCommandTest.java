// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.diagnose;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.program.Answer;
import io.tcptable.program.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import servers.FreePorts;
import servers.ScriptedServer;

/** {@code diagnose} on real servers, in each of its three forms. */
class DiagnoseCommandTest {

  private static ScriptedServer serve(String status) {
    return ScriptedServer.answering(
        "HTTP/1.1 " + status + "\r\n\r\n{\"status\": \"healthy\", \"uptime\": 5}");
  }

  private static String port(ScriptedServer server) {
    return Integer.toString(server.port());
  }

  @Test
  void aHealthyServerInOneLineWithItsEvidence() throws IOException {
    try (ScriptedServer server = serve("200 OK")) {
      Answer answer =
          Answer.to("diagnose", port(server), "--expect-json", "{\"status\": \"healthy\"}").found();
      assertThat(answer.lines().get(0))
          .startsWith("HEALTHY  Port " + port(server) + " is healthy: java(")
          .contains("answered 200 OK");
      assertThat(answer.out())
          .contains("Health  http://localhost:" + port(server) + "/health")
          .contains("LISTEN")
          .contains("java(" + ProcessHandle.current().pid() + ")")
          .doesNotContain("Next:");
    }
  }

  @Test
  void noProbeSendsNothing() throws IOException {
    try (ServerSocket listener = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      Answer answer = Answer.to("diagnose", "--no-probe", "" + listener.getLocalPort());
      assertThat(answer.code()).isEqualTo(14);
      assertThat(answer.out())
          .contains("was not asked: it is held by java(")
          .contains("  not asked");
      Answer json = Answer.to("diagnose", "--no-probe", "--json", "" + listener.getLocalPort());
      Map<String, Object> health = Json.object(Json.object(json.out()), "health");
      assertThat(health).containsEntry("outcome", "NOT_ASKED");
      assertThat(Json.list(health, "attempts")).isEmpty();
      assertThat(Answer.to("diagnose", "1", "--no-probe", "--slow", "1s").err())
          .contains("--no-probe leaves the health check out");
    }
  }

  @Test
  void aSickServerAsJson() throws IOException {
    try (ScriptedServer server = serve("503 Service Unavailable")) {
      Answer answer = Answer.to("diagnose", "--json", port(server));
      assertThat(answer.code()).isEqualTo(10);
      Map<String, Object> json = Json.object(answer.out());
      assertThat(json)
          .containsEntry("schema", "tcptable.diagnosis/2")
          .containsEntry("port", Long.valueOf(server.port()))
          .containsEntry("verdict", "DEGRADED");
      Map<String, Object> finding = Json.list(json, "findings").get(0);
      assertThat(finding.keySet())
          .containsExactly(
              "code", "severity", "confidence", "pids", "seen", "evidence", "meaning", "advice");
      assertThat(finding)
          .containsEntry("code", "HEALTH_WRONG_STATUS")
          .containsEntry("severity", "warning")
          .containsEntry("confidence", "certain")
          .containsEntry("pids", List.of(ProcessHandle.current().pid()));
      assertThat(Json.object(finding, "evidence")).containsEntry("status", 503L);
      Map<String, Object> health = Json.object(json, "health");
      assertThat(health).containsEntry("outcome", "WRONG_STATUS").containsEntry("assumed", true);
      Map<String, Object> attempt = Json.list(health, "attempts").get(0);
      assertThat(attempt).containsEntry("status", 503L).containsEntry("address", "127.0.0.1");
      assertThat(Json.number(attempt, "connectMicros"))
          .isBetween(1L, Json.number(attempt, "firstByteMicros"));
      assertThat(Json.list(json, "processes").get(0))
          .containsEntry("pid", ProcessHandle.current().pid())
          .containsEntry("owner", true)
          .containsKeys("commandLine", "state", "openDescriptors", "descriptorLimit", "user");
      assertThat(Json.list(json, "processes").get(1))
          .containsEntry("owner", false)
          .doesNotContainKey("commandLine");
      assertThat(Json.list(json, "sockets").get(0)).containsEntry("state", "LISTEN");
    }
  }

  @Test
  void aHangingServerForATicket() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(silent.getLocalPort());
      Answer answer = Answer.to("diagnose", port, "--markdown", "--deadline", "300ms");
      assertThat(answer.code()).isEqualTo(11);
      assertThat(answer.lines().get(0)).isEqualTo("## Port " + port + ": HANGING");
      assertThat(answer.out())
          .contains("### `NOT_ACCEPTING`: critical, certain")
          .contains("| Figure | Value |")
          .containsOnlyOnce("is this process: it is not stopped")
          .contains("| Owner | State |")
          .contains("Sockets: ");
    }
  }

  @Test
  void aHangingServerForAPerson() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(silent.getLocalPort());
      Answer answer = Answer.onScreen(80, "diagnose", port, "--deadline", "300ms", "--color=never");
      assertThat(answer.code()).isEqualTo(11);
      assertThat(answer.lines().get(0)).startsWith("HANGING  Port " + port + " hangs: ");
      assertThat(answer.out())
          .contains("CRITICAL  NOT_ACCEPTING")
          .contains("CRITICAL  HEALTH_NO_RESPONSE")
          .containsOnlyOnce("is this process: it is not stopped");
      assertThat(answer.lines())
          .filteredOn(line -> !line.startsWith("  > ") && !line.startsWith("Next: "))
          .allMatch(line -> line.length() <= 80);
      assertThat(Answer.onScreen(80, "diagnose", port, "--deadline", "300ms").out())
          .startsWith("\u001b[31mHANGING\u001b[0m");
    }
  }

  @Test
  void aFreePort() {
    String port = Integer.toString(FreePorts.next());
    Answer answer = Answer.to("diagnose", port);
    assertThat(answer.code()).isEqualTo(13);
    assertThat(answer.lines().get(0)).isEqualTo("FREE  Port " + port + " is free: nobody listens.");
    assertThat(answer.out())
        .endsWith("Next: tcptable start " + port + " -- COMMAND" + System.lineSeparator());
  }

  @Test
  void aNamedPageIsTheOneAsked() throws IOException {
    try (ScriptedServer server = serve("404 Not Found")) {
      String url = "http://127.0.0.1:" + port(server) + "/ready";
      Answer answer = Answer.to("diagnose", port(server), "--health", url, "--json");
      assertThat(answer.code()).isEqualTo(10);
      assertThat(Json.object(Json.object(answer.out()), "health"))
          .containsEntry("url", url)
          .containsEntry("assumed", false)
          .containsEntry("outcome", "WRONG_STATUS");
      Answer.to("diagnose", port(server), "--health", url, "--expect-status", "404").found();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "diagnose|no port given",
        "diagnose 3001 3002|unexpected argument '3002'",
        "diagnose 0|'0' is not a port",
        "diagnose 3001 --json --markdown|cannot be combined",
        "diagnose 3001 --health ftp://localhost|does not start with http, https or tcp",
        "diagnose 3001 --health tcp://localhost|names no port",
        "diagnose 3001 --expect-json {status}|'{status}' is not JSON",
        "diagnose 3001 --insecure --cacert ca.pem|--insecure and --cacert cannot be combined",
        "diagnose 3001 --cacert /nowhere/ca.pem|'/nowhere/ca.pem' cannot be read as certificates",
        "diagnose 3001 --expect-status ok|'ok' is not an HTTP status",
        "diagnose 3001 --deadline soon|'soon' is not a duration",
        "diagnose 3001 --deadline 0s|'0s' is not a duration",
      })
  void badArgumentsAreOneLine(String line, String complaint) {
    Answer answer = Answer.to(line.split(" "));
    assertThat(answer.code()).isEqualTo(2);
    assertThat(answer.out()).isEmpty();
    assertThat(answer.err())
        .hasLineCount(1)
        .contains(complaint)
        .contains("(see tcptable diagnose --help)");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--health=URL",
        "--expect-status=STATUS",
        "--expect-body=TEXT",
        "--expect-json=JSON",
        "--insecure",
        "--cacert=FILE",
        "--deadline=TIME",
        "--slow=TIME",
        "--threads",
        "--json",
        "--markdown",
        "0    HEALTHY",
        "10   DEGRADED",
        "11   HANGING",
        "12   DOWN",
        "13   FREE",
        "14   UNKNOWN",
        "tcptable.diagnosis/2"
      })
  void helpExplains(String what) {
    assertThat(Answer.to("diagnose", "--help").found().out()).contains(what);
  }
}
