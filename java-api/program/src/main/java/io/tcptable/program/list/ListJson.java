// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.list;

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
    JsonOutput.print(
        out,
        SCHEMA,
        table,
        (json, taken) ->
            json.time("takenAt", taken.takenAt())
                .text("binding", taken.takenBy().name())
                .text("socketSource", taken.takenFrom().sockets())
                .text("ownerSource", taken.takenFrom().owners())
                .number("unreadableProcesses", taken.unreadableProcesses())
                .flag("hasHiddenProcesses", taken.hasHiddenProcesses())
                .list("sockets", sockets, SocketJson::write));
  }
}
