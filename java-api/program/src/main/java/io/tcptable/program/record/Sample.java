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
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A port at one moment, as a line of a recording.
 *
 * @param at when it was looked at
 * @param states how many sockets are in each state
 * @param owners how many each process owns
 */
record Sample(
    Instant at,
    Map<TcpState, Integer> states,
    Map<OsProcess, Integer> owners,
    List<TcpSocket> listeners) {

  static final String SCHEMA = "tcptable.sample/1";

  private static final Comparator<Map.Entry<OsProcess, Integer>> BY_PID =
      Map.Entry.comparingByKey(
          Comparator.comparingLong(OsProcess::pid).thenComparing(OsProcess::startedAt));

  /** Of all sockets of a table, which counts them quickest itself. */
  static Sample of(TcpTable table) {
    return new Sample(
        table.takenAt(), table.countByState(), table.countByOwner(), table.listeners());
  }

  /** Of some sockets. */
  static Sample of(Instant at, List<TcpSocket> sockets) {
    Map<TcpState, Integer> states = new EnumMap<>(TcpState.class);
    Map<OsProcess, Integer> owners = new HashMap<>();
    for (TcpSocket socket : sockets) {
      states.merge(socket.state(), 1, Integer::sum);
      socket.owners().forEach(owner -> owners.merge(owner, 1, Integer::sum));
    }
    return new Sample(
        at, states, owners, sockets.stream().filter(it -> it.state() == TcpState.LISTEN).toList());
  }

  /**
   * The line.
   *
   * @param counts what happened since the sample before
   */
  String toJson(RecordingLines.Counts counts) {
    return JsonDocument.text(
        out -> JsonDocument.write(out, SCHEMA, this, (json, it) -> it.write(json, counts)));
  }

  private void write(Fields json, RecordingLines.Counts counts) throws IOException {
    json.time("at", at)
        .object("states", states, Sample::writeStates)
        .list("listeners", listeners.stream().limit(Excerpt.LIST).toList(), Sample::write)
        .list(
            "owners",
            owners.entrySet().stream().sorted(BY_PID).limit(Excerpt.LIST).toList(),
            Sample::write);
    omitted(json, "listenersOmitted", listeners.size() - Excerpt.LIST);
    omitted(json, "ownersOmitted", owners.size() - Excerpt.LIST);
    json.number("opened", counts.opened())
        .number("accepted", counts.accepted())
        .number("closed", counts.closed());
    omitted(json, "eventsOmitted", counts.omitted());
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
