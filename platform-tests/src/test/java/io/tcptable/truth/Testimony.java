// SPDX-License-Identifier: Apache-2.0
package io.tcptable.truth;

import io.tcptable.TcpTable;
import java.io.Serializable;
import java.util.List;
import java.util.stream.Stream;

/** A table as one binding saw it, with owners from one source. */
record Testimony(
    String binding,
    String socketSource,
    String ownerSource,
    int unreadableProcesses,
    boolean hiddenProcesses,
    List<Sighting> sightings)
    implements Serializable {

  static Testimony of(TcpTable table) {
    return new Testimony(
        table.takenBy().name(),
        table.takenFrom().sockets(),
        table.takenFrom().owners(),
        table.unreadableProcesses(),
        table.hasHiddenProcesses(),
        List.copyOf(table.stream().map(Sighting::of).toList()));
  }

  /** Such as {@code ffm+bpf}. */
  String witness() {
    return binding + "+" + ownerSource;
  }

  boolean isFromProc() {
    return socketSource.equals("proc");
  }

  Stream<Row> rows() {
    return sightings.stream().map(Sighting::row);
  }
}
