// SPDX-License-Identifier: Apache-2.0
package io.tcptable.agreement;

import io.tcptable.TcpTable;
import java.io.Serializable;
import java.util.List;
import java.util.stream.Stream;

/** A table as one binding saw it, with owners from one source. */
record Answer(
    String binding,
    String socketSource,
    String ownerSource,
    int unreadableProcesses,
    boolean hiddenProcesses,
    List<SeenSocket> sockets)
    implements Serializable {

  static Answer of(TcpTable table) {
    return new Answer(
        table.takenBy().name(),
        table.takenFrom().sockets(),
        table.takenFrom().owners(),
        table.unreadableProcesses(),
        table.hasHiddenProcesses(),
        List.copyOf(table.stream().map(SeenSocket::of).toList()));
  }

  /** Such as {@code ffm+bpf}. */
  String reader() {
    return binding + "+" + ownerSource;
  }

  boolean isFromProc() {
    return socketSource.equals("proc");
  }

  Stream<Row> rows() {
    return sockets.stream().map(SeenSocket::row);
  }
}
