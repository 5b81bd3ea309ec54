// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.drop;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tcptable.TcpSocket;
import io.tcptable.program.json.JsonOutput;
import io.tcptable.program.json.SocketJson;
import io.tcptable.restart.DroppedConnection;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;

/** The answer of {@code drop --json}. What does not apply is absent, never null. */
final class DropJson {

  static final String SCHEMA = "tcptable.drop/1";

  private DropJson() {}

  /** What would be dropped. */
  static void printPlan(int port, List<TcpSocket> planned, PrintStream out) throws IOException {
    try (JsonGenerator json = JsonOutput.to(out)) {
      begin(json, port);
      for (TcpSocket socket : planned) {
        json.writeStartObject();
        write(json, socket);
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    out.println();
  }

  /** What came of each. */
  static void print(int port, List<DroppedConnection> outcomes, PrintStream out)
      throws IOException {
    try (JsonGenerator json = JsonOutput.to(out)) {
      begin(json, port);
      for (DroppedConnection connection : outcomes) {
        json.writeStartObject();
        json.writeStringField("outcome", connection.outcome().name().toLowerCase(Locale.ROOT));
        if (!connection.detail().isEmpty()) {
          json.writeStringField("detail", connection.detail());
        }
        write(json, connection.socket());
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    out.println();
  }

  private static void begin(JsonGenerator json, int port) throws IOException {
    json.writeStartObject();
    json.writeStringField("schema", SCHEMA);
    json.writeNumberField("port", port);
    json.writeStringField("effect", DropText.EFFECT);
    json.writeArrayFieldStart("connections");
  }

  private static void write(JsonGenerator json, TcpSocket socket) throws IOException {
    json.writeFieldName("socket");
    new SocketJson(json).write(socket);
  }
}
