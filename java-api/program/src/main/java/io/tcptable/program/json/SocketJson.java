// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tcptable.Endpoint;
import io.tcptable.OsProcess;
import io.tcptable.TcpDetail;
import io.tcptable.TcpSocket;
import io.tcptable.TcpTimer;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/** A socket as a JSON object. What is unknown is absent, never null and never 0. */
public final class SocketJson {

  private final JsonGenerator json;

  public SocketJson(JsonGenerator json) {
    this.json = json;
  }

  public void write(TcpSocket socket) throws IOException {
    json.writeStartObject();
    json.writeStringField("family", SchemaNames.family(socket));
    write("local", socket.local());
    write("remote", socket.remote());
    json.writeStringField("state", socket.state().name());
    if (socket.stateNumber().isPresent()) {
      json.writeNumberField("stateNumber", socket.stateNumber().getAsInt());
    }
    write("receiveQueue", socket.receiveQueue());
    write("sendQueue", socket.sendQueue());
    write("uid", socket.uid());
    write("inode", socket.inode());
    write("cookie", socket.cookie());
    if (socket.interfaceIndex().isPresent()) {
      json.writeNumberField("interface", socket.interfaceIndex().getAsInt());
    }
    write("mark", socket.mark());
    if (socket.isV6Only()) {
      json.writeBooleanField("v6only", true);
    }
    Optional<TcpTimer> timer = socket.timer();
    if (timer.isPresent()) {
      write(timer.get());
    }
    Optional<TcpDetail> detail = socket.detail();
    if (detail.isPresent()) {
      write(detail.get());
    }
    json.writeStringField("ownership", SchemaNames.ownership(socket));
    json.writeArrayFieldStart("owners");
    for (OsProcess owner : socket.owners()) {
      write(owner);
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private void write(String field, Endpoint end) throws IOException {
    json.writeObjectFieldStart(field);
    json.writeStringField("address", end.host());
    json.writeNumberField("port", end.port());
    json.writeEndObject();
  }

  private void write(TcpTimer timer) throws IOException {
    json.writeObjectFieldStart("timer");
    json.writeStringField("kind", SchemaNames.timer(timer));
    json.writeNumberField("remainingMillis", timer.remaining().toMillis());
    json.writeNumberField("retransmits", timer.retransmits());
    json.writeEndObject();
  }

  private void write(TcpDetail detail) throws IOException {
    json.writeObjectFieldStart("detail");
    json.writeNumberField("roundTripMicros", TimeUnit.MICROSECONDS.convert(detail.roundTrip()));
    json.writeNumberField(
        "roundTripVariationMicros", TimeUnit.MICROSECONDS.convert(detail.roundTripVariation()));
    json.writeNumberField("retransmits", detail.retransmits());
    json.writeNumberField("lastSentMillis", detail.lastSent().toMillis());
    json.writeNumberField("lastReceivedMillis", detail.lastReceived().toMillis());
    json.writeEndObject();
  }

  private void write(OsProcess owner) throws IOException {
    json.writeStartObject();
    json.writeNumberField("pid", owner.pid());
    json.writeStringField("startedAt", JsonOutput.text(owner.startedAt()));
    json.writeStringField("name", owner.name());
    json.writeEndObject();
  }

  private void write(String field, OptionalLong number) throws IOException {
    if (number.isPresent()) {
      json.writeNumberField(field, number.getAsLong());
    }
  }
}
