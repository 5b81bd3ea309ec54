// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.list;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tcptable.TableSources;
import io.tcptable.TcpSocket;
import io.tcptable.TcpTable;
import io.tcptable.program.json.JsonOutput;
import io.tcptable.program.json.SocketJson;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;

/** The answer of {@code list --json}. */
final class ListJson {

  static final String SCHEMA = "tcptable.list/1";

  private ListJson() {}

  static void print(TcpTable table, List<TcpSocket> sockets, PrintStream out) throws IOException {
    try (JsonGenerator json = JsonOutput.to(out)) {
      TableSources sources = table.takenFrom();
      json.writeStartObject();
      json.writeStringField("schema", SCHEMA);
      json.writeStringField("takenAt", JsonOutput.text(table.takenAt()));
      json.writeStringField("binding", table.takenBy().name());
      json.writeStringField("socketSource", sources.sockets());
      json.writeStringField("ownerSource", sources.owners());
      json.writeNumberField("unreadableProcesses", table.unreadableProcesses());
      json.writeBooleanField("hasHiddenProcesses", table.hasHiddenProcesses());
      json.writeArrayFieldStart("sockets");
      SocketJson writer = new SocketJson(json);
      for (TcpSocket socket : sockets) {
        writer.write(socket);
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    out.println();
  }
}
