// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.list;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.TcpQuery;
import io.tcptable.TcpSocket;
import io.tcptable.TcpState;
import io.tcptable.TcpTable;
import io.tcptable.internal.json.JsonDocument;
import io.tcptable.program.Answer;
import io.tcptable.program.Json;
import io.tcptable.program.LoopbackSockets;
import io.tcptable.program.Prefork;
import io.tcptable.program.command.ExitCode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** The JSON of {@code list}, field by field, against the library's own view of the same sockets. */
class ListJsonTest {

  private static final String INSTANT = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z";

  @Test
  void theObject() throws Exception {
    try (LoopbackSockets sockets = new LoopbackSockets()) {
      Instant before = Instant.now();
      Answer answer = Answer.to("list", "--json", sockets.portText()).found();
      Map<String, Object> object = Json.object(answer.out());

      assertThat(answer.out()).endsWith("}" + System.lineSeparator()).hasLineCount(1);
      assertThat(object.keySet())
          .containsExactly(
              "schema",
              "takenAt",
              "binding",
              "socketSource",
              "ownerSource",
              "unreadableProcesses",
              "hasHiddenProcesses",
              "sockets");
      assertThat(object).containsEntry("schema", "tcptable.list/1");
      assertThat(Json.text(object, "takenAt")).matches(INSTANT);
      assertThat(Instant.parse(Json.text(object, "takenAt")))
          .isBetween(before.minusMillis(1), Instant.now());
      assertThat(object)
          .containsEntry("binding", TcpTable.binding().name())
          .containsEntry("socketSource", TcpTable.sources().sockets());
      assertThat(Json.text(object, "ownerSource")).isIn("bpf", "proc");
      assertThat(Json.number(object, "unreadableProcesses")).isNotNegative();
      assertThat(object)
          .containsEntry("hasHiddenProcesses", TcpTable.snapshot().hasHiddenProcesses());
      assertThat(Json.list(object, "sockets")).hasSize(3);
    }
  }

  @Test
  void aListener() throws Exception {
    try (LoopbackSockets sockets = new LoopbackSockets()) {
      Map<String, Object> json = only(sockets, "--listen");
      TcpSocket socket = only(sockets, TcpState.LISTEN);
      assertThat(json)
          .contains(
              entry("family", "ipv4"),
              entry("local", Map.of("address", "127.0.0.1", "port", (long) sockets.port())),
              entry("remote", Map.of("address", "0.0.0.0", "port", 0L)),
              entry("state", "LISTEN"),
              entry("ownership", "owned"));
      assertThat(json.get("receiveQueue")).isEqualTo(0L);
      equal(json, "sendQueue", socket.sendQueue());
      equal(json, "uid", socket.uid());
      equal(json, "inode", socket.inode());
      equal(json, "cookie", socket.cookie());
      equal(json, "mark", socket.mark());
      assertThat(json.containsKey("interface")).isEqualTo(socket.interfaceIndex().isPresent());
      assertThat(json).doesNotContainKeys("v6only", "timer", "detail").doesNotContainValue(null);

      Map<String, Object> owner = Json.list(json, "owners").get(0);
      assertThat(owner.keySet()).containsExactly("pid", "startedAt", "name");
      assertThat(owner).containsEntry("pid", ProcessHandle.current().pid());
      assertThat(owner).containsEntry("name", "java");
      assertThat(Json.text(owner, "startedAt"))
          .matches(INSTANT)
          .isEqualTo(JsonDocument.text(socket.owners().get(0).startedAt()));
    }
  }

  @Test
  void aConnectionInDetail() throws Exception {
    try (LoopbackSockets sockets = new LoopbackSockets()) {
      Map<String, Object> json = only(sockets, "--state=CLOSE_WAIT", "--detail");
      assertThat(json).containsEntry("state", "CLOSE_WAIT").containsEntry("receiveQueue", 1L);
      assertThat(json)
          .containsEntry(
              "remote", Map.of("address", "127.0.0.1", "port", (long) sockets.goneClient()));
      boolean known = only(sockets, TcpState.CLOSE_WAIT).detail().isPresent();
      assertThat(json.containsKey("detail")).isEqualTo(known);
      if (known) {
        Map<String, Object> detail = Json.object(json, "detail");
        assertThat(detail.keySet())
            .containsExactly(
                "roundTripMicros",
                "roundTripVariationMicros",
                "retransmits",
                "lastSentMillis",
                "lastReceivedMillis");
        assertThat(detail.values())
            .allSatisfy(figure -> assertThat((long) figure).isBetween(0L, 60_000L));
      }
    }
  }

  @Test
  void aTimer() throws Exception {
    try (LoopbackSockets sockets = new LoopbackSockets()) {
      // The client that closed first waits for the last word of a server that never says it.
      Answer answer = Answer.to("list", "--json", Integer.toString(sockets.goneClient())).found();
      // To another remote address, another process may use the same port.
      Map<String, Object> json =
          Json.list(Json.object(answer.out()), "sockets").stream()
              .filter(socket -> "FIN_WAIT_2".equals(socket.get("state")))
              .findFirst()
              .orElseThrow();
      assertThat(json).containsEntry("ownership", "none").containsEntry("owners", List.of());
      Map<String, Object> timer = Json.object(json, "timer");
      assertThat(timer.keySet()).containsExactly("kind", "remainingMillis", "retransmits");
      assertThat(Json.text(timer, "kind")).isIn("time_wait", "keepalive");
      assertThat(Json.number(timer, "remainingMillis")).isBetween(1L, 61_000L);
      assertThat(timer).containsEntry("retransmits", 0L);
    }
  }

  @Test
  void ownersNotLookedFor() throws Exception {
    try (LoopbackSockets sockets = new LoopbackSockets()) {
      assertThat(only(sockets, "--listen", "--no-owners"))
          .containsEntry("ownership", "unknown")
          .containsEntry("owners", List.of());
    }
  }

  @Test
  void severalOwnersAndAHostileName() throws Exception {
    try (Prefork prefork = new Prefork("\u001b[31m\"\u00e9vil\"", 2)) {
      Answer answer = Answer.to("list", "--json", prefork.portText()).found();
      assertThat(answer.out()).doesNotContain("\u001b");
      Map<String, Object> json = Json.list(Json.object(answer.out()), "sockets").get(0);
      assertThat(Json.list(json, "owners"))
          .extracting(owner -> owner.get("pid"))
          .isEqualTo(prefork.pids());
      assertThat(Json.list(json, "owners"))
          .extracting(owner -> owner.get("name"))
          .containsOnly("\u001b[31m\"\u00e9vil\"");
    }
  }

  @Test
  void nothingFoundIsAnEmptyListAndExitCode1() {
    Answer answer = Answer.to("list", "--json", "--state=LISTEN", "--family=6", "1");
    assertThat(answer.code()).isEqualTo(ExitCode.NOTHING_FOUND);
    assertThat(Json.object(answer.out())).containsEntry("sockets", List.of());
  }

  private static Map<String, Object> only(LoopbackSockets sockets, String... options) {
    String[] arguments = new String[options.length + 3];
    arguments[0] = "list";
    arguments[1] = "--json";
    arguments[2] = sockets.portText();
    System.arraycopy(options, 0, arguments, 3, options.length);
    List<Map<String, Object>> all =
        Json.list(Json.object(Answer.to(arguments).found().out()), "sockets");
    assertThat(all).hasSize(1);
    return all.get(0);
  }

  private static TcpSocket only(LoopbackSockets sockets, TcpState state) {
    TcpTable table =
        TcpTable.snapshot(TcpQuery.all().localPort(sockets.port()).states(state).withDetail());
    assertThat(table.size()).isEqualTo(1);
    return table.get(0);
  }

  private static void equal(Map<String, Object> json, String field, OptionalLong expected) {
    assertThat(json.containsKey(field)).as(field).isEqualTo(expected.isPresent());
    if (expected.isPresent()) {
      assertThat(json).containsEntry(field, expected.getAsLong());
    }
  }
}
