// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.list;

import io.tcptable.TcpSocket;
import io.tcptable.TcpTable;
import io.tcptable.program.json.JsonOutput;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;

/** The answer of {@code list --json}. */
final class ListJson {

  private ListJson() {}

  static void print(TcpTable table, List<TcpSocket> sockets, PrintStream out) throws IOException {
    JsonOutput.print(out, to -> table.writeJson(to, sockets));
  }
}
