package io.tcptable.truth;

import io.tcptable.TcpTable;
import java.io.Serializable;
import java.util.List;
import java.util.stream.Stream;

/** A table as one binding saw it. */
record Testimony(
    String binding,
    String socketSource,
    int unreadableProcesses,
    boolean hiddenProcesses,
    List<Sighting> sightings)
    implements Serializable {

  static Testimony of(TcpTable table) {
    return new Testimony(
        table.takenBy().name(),
        table.takenBy().socketSource(),
        table.unreadableProcesses(),
        table.hasHiddenProcesses(),
        List.copyOf(table.stream().map(Sighting::of).toList()));
  }

  boolean isFromProc() {
    return socketSource.equals("proc");
  }

  Stream<Row> rows() {
    return sightings.stream().map(Sighting::row);
  }
}
