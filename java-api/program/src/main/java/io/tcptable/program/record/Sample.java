// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.record;

import io.tcptable.OsProcess;
import io.tcptable.TcpSocket;
import io.tcptable.TcpState;
import io.tcptable.TcpTable;
import io.tcptable.internal.json.Fields;
import io.tcptable.internal.json.JsonDocument;
import io.tcptable.internal.wording.Excerpt;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * A port at one moment, as a line of a recording.
 *
 * @param table its sockets
 * @param counts what happened since the sample before
 */
record Sample(TcpTable table, RecordingLines.Counts counts) {

  static final String SCHEMA = "tcptable.sample/1";

  String toJson() {
    return JsonDocument.text(out -> JsonDocument.write(out, SCHEMA, this, Sample::write));
  }

  private static void write(Fields json, Sample sample) throws IOException {
    List<TcpSocket> listeners = sample.table.listeners();
    List<Map.Entry<OsProcess, Integer>> owners =
        sample.table.countByOwner().entrySet().stream()
            .sorted(
                Map.Entry.comparingByKey(
                    Comparator.comparingLong(OsProcess::pid).thenComparing(OsProcess::startedAt)))
            .toList();
    json.time("at", sample.table.takenAt())
        .object("states", sample.table.countByState(), Sample::writeStates)
        .list("listeners", listeners.stream().limit(Excerpt.LIST).toList(), Sample::write)
        .list("owners", owners.stream().limit(Excerpt.LIST).toList(), Sample::write);
    omitted(json, "listenersOmitted", listeners.size() - Excerpt.LIST);
    omitted(json, "ownersOmitted", owners.size() - Excerpt.LIST);
    json.number("opened", sample.counts.opened())
        .number("accepted", sample.counts.accepted())
        .number("closed", sample.counts.closed());
    omitted(json, "eventsOmitted", sample.counts.omitted());
  }

  private static void omitted(Fields json, String field, long number) throws IOException {
    if (number > 0) {
      json.number(field, number);
    }
  }

  private static void writeStates(Fields json, Map<TcpState, Integer> counts) throws IOException {
    for (Map.Entry<TcpState, Integer> count : counts.entrySet()) {
      json.number(count.getKey().name(), count.getValue());
    }
  }

  private static void write(Fields json, TcpSocket listener) throws IOException {
    json.object(
            "local",
            listener.local(),
            (local, it) -> local.text("address", it.host()).number("port", it.port()))
        .number("waiting", listener.receiveQueue())
        .number("limit", listener.sendQueue());
  }

  private static void write(Fields json, Map.Entry<OsProcess, Integer> owner) throws IOException {
    OsProcess process = owner.getKey();
    json.process(process.pid(), process.startedAt(), process.name())
        .number("sockets", owner.getValue());
  }
}
