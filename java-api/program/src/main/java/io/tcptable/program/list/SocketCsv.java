// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.list;

import static java.util.concurrent.TimeUnit.MICROSECONDS;

import io.tcptable.Endpoint;
import io.tcptable.OsProcess;
import io.tcptable.TcpDetail;
import io.tcptable.TcpSocket;
import io.tcptable.TcpTimer;
import io.tcptable.process.NetworkNamespace;
import io.tcptable.program.foreign.CsvText;
import io.tcptable.program.foreign.TerminalText;
import io.tcptable.program.json.SocketNames;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Sockets as CSV (RFC 4180) in UTF-8, always with the same columns. What is unknown or does not
 * apply is empty, never 0. Names of processes have no control characters here; in JSON they do.
 */
final class SocketCsv {

  static final List<String> HEADER =
      List.of(
          "family",
          "localAddress",
          "localPort",
          "remoteAddress",
          "remotePort",
          "state",
          "receiveQueue",
          "sendQueue",
          "uid",
          "inode",
          "cookie",
          "interface",
          "mark",
          "v6only",
          "timer",
          "timerRemainingMillis",
          "timerRetransmits",
          "roundTripMicros",
          "roundTripVariationMicros",
          "retransmits",
          "lastSentMillis",
          "lastReceivedMillis",
          "ownership",
          "pids",
          "owners",
          "interfaceName",
          "namespace",
          "namespaceName",
          "namespaceContainer");

  private SocketCsv() {}

  static void print(List<TcpSocket> sockets, OutputStream out) throws IOException {
    Writer csv = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
    csv.write(CsvText.line(HEADER));
    for (TcpSocket socket : sockets) {
      csv.write(CsvText.line(fields(socket)));
    }
    csv.flush();
  }

  private static List<Object> fields(TcpSocket socket) {
    List<Object> fields = new ArrayList<>(HEADER.size());
    fields.add(SocketNames.family(socket));
    add(fields, socket.local());
    add(fields, socket.remote());
    fields.add(SocketNames.state(socket));
    add(fields, socket.receiveQueue());
    add(fields, socket.sendQueue());
    add(fields, socket.uid());
    add(fields, socket.inode());
    add(fields, socket.cookie());
    OptionalInt device = socket.interfaceIndex();
    fields.add(device.isPresent() ? device.getAsInt() : "");
    add(fields, socket.mark());
    fields.add(socket.isV6Only() ? "true" : "");
    add(fields, socket.timer());
    addDetail(fields, socket.detail());
    fields.add(SocketNames.ownership(socket));
    add(fields, socket.owners());
    fields.add(TerminalText.of(socket.interfaceName().orElse("")));
    Optional<NetworkNamespace> namespace = socket.namespace();
    fields.add(namespace.<Object>map(NetworkNamespace::inode).orElse(""));
    fields.add(TerminalText.of(namespace.flatMap(NetworkNamespace::name).orElse("")));
    fields.add(TerminalText.of(namespace.flatMap(NetworkNamespace::container).orElse("")));
    return fields;
  }

  private static void add(List<Object> fields, Endpoint end) {
    fields.add(end.host());
    fields.add(end.port());
  }

  private static void add(List<Object> fields, OptionalLong number) {
    fields.add(number.isPresent() ? number.getAsLong() : "");
  }

  private static void add(List<Object> fields, Optional<TcpTimer> timer) {
    fields.add(timer.map(SocketNames::timer).orElse(""));
    fields.add(timer.<Object>map(t -> t.remaining().toMillis()).orElse(""));
    fields.add(timer.<Object>map(TcpTimer::retransmits).orElse(""));
  }

  private static void addDetail(List<Object> fields, Optional<TcpDetail> detail) {
    fields.add(detail.<Object>map(d -> MICROSECONDS.convert(d.roundTrip())).orElse(""));
    fields.add(detail.<Object>map(d -> MICROSECONDS.convert(d.roundTripVariation())).orElse(""));
    fields.add(detail.<Object>map(TcpDetail::retransmits).orElse(""));
    fields.add(detail.<Object>map(d -> d.lastSent().toMillis()).orElse(""));
    fields.add(detail.<Object>map(d -> d.lastReceived().toMillis()).orElse(""));
  }

  private static void add(List<Object> fields, List<OsProcess> owners) {
    StringBuilder pids = new StringBuilder();
    StringBuilder names = new StringBuilder();
    for (OsProcess owner : owners) {
      String space = pids.isEmpty() ? "" : " ";
      pids.append(space).append(owner.pid());
      names.append(space).append(TerminalText.of(owner.toString()));
    }
    fields.add(pids);
    fields.add(names);
  }
}
