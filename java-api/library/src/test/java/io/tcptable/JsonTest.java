// SPDX-License-Identifier: Apache-2.0
package io.tcptable;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tcptable.diagnose.PortDiagnosis;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** JSON in the documented schemas, and what Jackson makes of the types themselves: the same. */
class JsonTest {

  private final ObjectMapper jackson = new ObjectMapper();
  private ServerSocket listener;

  @BeforeEach
  void listen() throws IOException {
    listener = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
  }

  @AfterEach
  void close() throws IOException {
    listener.close();
  }

  @Test
  void aTableIsInTheSchemaOfLists() throws IOException {
    TcpTable table = TcpTable.snapshot(listener.getLocalPort());
    String json = table.toJson();
    JsonNode tree = jackson.readTree(json);

    assertThat(json).matches("[ -~]+");
    assertThat(tree.get("schema").asText()).isEqualTo("tcptable.list/1");
    assertThat(tree.get("sockets")).hasSize(1);
    JsonNode socket = tree.get("sockets").get(0);
    assertThat(socket.get("local").get("port").asInt()).isEqualTo(listener.getLocalPort());
    assertThat(socket.get("owners").get(0).get("pid").asLong())
        .isEqualTo(ProcessHandle.current().pid());
    assertThat(json)
        .contains("\"sockets\":[" + table.get(0).toJson() + "]")
        .contains("\"owners\":[" + table.owners().get(0).toJson() + "]");
    StringBuilder none = new StringBuilder();
    table.writeJson(none, List.of());
    assertThat(none.toString()).endsWith("\"sockets\":[]}");
  }

  @Test
  void aDiagnosisIsInTheSchemaOfDiagnoses() throws Exception {
    PortDiagnosis diagnosis =
        PortDiagnosis.request(listener.getLocalPort())
            .withoutHealthCheck()
            .secondLookAfter(Duration.ofMillis(100))
            .run();
    JsonNode tree = jackson.readTree(diagnosis.toJson());
    StringBuilder worded = new StringBuilder();
    diagnosis.writeJson(worded, advice -> new Advice.Command("do"));

    assertThat(tree.get("schema").asText()).isEqualTo("tcptable.diagnosis/2");
    assertThat(tree.get("verdict").asText()).isEqualTo(diagnosis.verdict().name());
    assertThat(tree.get("findings")).hasSize(diagnosis.findings().size());
    assertThat(tree.get("sockets").toString())
        .isEqualTo("[" + diagnosis.table().get(0).toJson() + "]");
    jackson
        .readTree(worded.toString())
        .findValues("advice")
        .forEach(
            list ->
                list.forEach(
                    it -> assertThat(it).hasToString("{\"kind\":\"command\",\"text\":\"do\"}")));
    assertThat(jackson.writeValueAsString(diagnosis)).isEqualTo(diagnosis.toJson());
  }

  @Test
  void jacksonWritesTheSame() throws IOException {
    TcpTable table = TcpTable.snapshot(listener.getLocalPort());
    TcpTable empty =
        TcpTable.snapshot(TcpQuery.all().localPort(listener.getLocalPort()).ownedBy(1));

    assertThat(jackson.writeValueAsString(table)).isEqualTo(table.toJson());
    assertThat(jackson.writeValueAsString(empty)).isEqualTo(empty.toJson());
    assertThat(jackson.writeValueAsString(table.get(0))).isEqualTo(table.get(0).toJson());
    assertThat(jackson.writeValueAsString(Map.of("answer", List.of(table))))
        .isEqualTo("{\"answer\":[" + table.toJson() + "]}");
    assertThat(jackson.writeValueAsString(table.countByOwner().keySet()))
        .isEqualTo("[" + table.owners().get(0).toJson() + "]");
  }
}
