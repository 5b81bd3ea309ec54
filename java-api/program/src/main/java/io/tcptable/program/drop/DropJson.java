// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.drop;

import io.tcptable.TcpSocket;
import io.tcptable.internal.json.Fields;
import io.tcptable.program.json.JsonOutput;
import io.tcptable.restart.DroppedConnection;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;

/** The answer of {@code drop --json}. What does not apply is absent, never null. */
final class DropJson {

  static final String SCHEMA = "tcptable.drop/1";

  private DropJson() {}

  /** The connections that would be dropped. */
  static void printPlan(int port, List<TcpSocket> planned, PrintStream out) throws IOException {
    print(port, planned, (json, socket) -> json.written("socket", socket.toJson()), out);
  }

  /** The outcome for each. */
  static void print(int port, List<DroppedConnection> outcomes, PrintStream out)
      throws IOException {
    print(port, outcomes, DropJson::write, out);
  }

  private static <T> void print(
      int port, List<T> connections, Fields.Content<T> content, PrintStream out)
      throws IOException {
    JsonOutput.print(
        out,
        SCHEMA,
        connections,
        (json, all) ->
            json.number("port", port)
                .text("effect", DropText.EFFECT)
                .list("connections", all, content));
  }

  private static void write(Fields json, DroppedConnection connection) throws IOException {
    json.lowerCase("outcome", connection.outcome());
    if (!connection.detail().isEmpty()) {
      json.text("detail", connection.detail());
    }
    json.written("socket", connection.socket().toJson());
  }
}
