// SPDX-License-Identifier: Apache-2.0
package io.tcptable;

import io.tcptable.internal.json.Fields;
import io.tcptable.internal.json.SchemaNames;
import java.io.IOException;

/** A socket as a JSON object. What is unknown is absent, never null and never 0. */
final class SocketJson {

  private SocketJson() {}

  static void write(Fields fields, TcpSocket socket) throws IOException {
    fields
        .text("family", SchemaNames.family(socket.family()))
        .object("local", socket.local(), SocketJson::write)
        .object("remote", socket.remote(), SocketJson::write)
        .name("state", socket.state())
        .number("stateNumber", socket.stateNumber())
        .number("receiveQueue", socket.receiveQueue())
        .number("sendQueue", socket.sendQueue())
        .number("uid", socket.uid())
        .number("inode", socket.inode())
        .number("cookie", socket.cookie())
        .number("interface", socket.interfaceIndex())
        .text("interfaceName", socket.interfaceName())
        .number("mark", socket.mark());
    if (socket.isV6Only()) {
      fields.flag("v6only", true);
    }
    fields
        .optional("timer", socket.timer(), SocketJson::write)
        .optional("detail", socket.detail(), SocketJson::write)
        .optional("namespace", socket.namespace(), Fields::namespace)
        .lowerCase("ownership", socket.ownership())
        .list("owners", socket.owners(), SocketJson::writeOwner);
  }

  /** What tells a process from all others, and its name. */
  static void writeOwner(Fields fields, OsProcess owner) throws IOException {
    fields.process(owner.pid(), owner.startedAt(), owner.name());
  }

  static void write(Fields fields, Endpoint end) throws IOException {
    fields.text("address", end.host()).number("port", end.port());
  }

  private static void write(Fields fields, TcpTimer timer) throws IOException {
    fields
        .lowerCase("kind", timer.kind())
        .number("remainingMillis", timer.remaining().toMillis())
        .number("retransmits", timer.retransmits());
  }

  static void write(Fields fields, TcpDetail detail) throws IOException {
    fields
        .micros("roundTripMicros", detail.roundTrip())
        .micros("roundTripVariationMicros", detail.roundTripVariation())
        .number("retransmits", detail.retransmits())
        .number("lastSentMillis", detail.lastSent().toMillis())
        .number("lastReceivedMillis", detail.lastReceived().toMillis())
        .optional("transfer", detail.transfer(), SocketJson::write);
  }

  static void write(Fields fields, TcpTransfer transfer) throws IOException {
    fields
        .number("bytesSent", transfer.bytesSent())
        .number("bytesReceived", transfer.bytesReceived())
        .number("bytesAcknowledged", transfer.bytesAcknowledged())
        .number("bytesRetransmitted", transfer.bytesRetransmitted())
        .number("deliveryBytesPerSecond", transfer.deliveryRate())
        .number("congestionWindow", transfer.congestionWindow())
        .number("pacingBytesPerSecond", transfer.pacingRate())
        .micros("busyMicros", transfer.busy())
        .micros("receiveWindowLimitedMicros", transfer.receiveWindowLimited())
        .micros("sendBufferLimitedMicros", transfer.sendBufferLimited())
        .number("lastAcknowledgedMillis", transfer.lastAcknowledged().toMillis());
  }
}
