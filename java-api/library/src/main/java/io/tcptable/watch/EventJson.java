// SPDX-License-Identifier: Apache-2.0
package io.tcptable.watch;

import io.tcptable.Endpoint;
import io.tcptable.OsProcess;
import io.tcptable.internal.json.Fields;
import io.tcptable.internal.json.JsonDocument;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** An event as a JSON object. What is unknown is absent. */
final class EventJson {

  private static final String SCHEMA = "tcptable.event/1";

  private EventJson() {}

  static String text(TcpEvent event) {
    return JsonDocument.text(out -> JsonDocument.write(out, SCHEMA, event, EventJson::write));
  }

  private static void write(Fields fields, TcpEvent event) throws IOException {
    fields.text("event", name(event)).time("at", event.at());
    if (event instanceof TcpEvent.OfSocket ofSocket) {
      fields
          .lowerCase("knownBy", ofSocket.knownBy())
          .object("socket", ofSocket.socket(), EventJson::write);
      writeMore(fields, ofSocket);
    } else if (event instanceof TcpEvent.Missed missed) {
      fields.number("events", missed.events());
    } else if (event instanceof TcpEvent.Lost lost) {
      fields.number("records", lost.records());
    } else if (event instanceof TcpEvent.LookFailed failed) {
      fields.text("reason", failed.reason());
    }
  }

  private static void writeMore(Fields fields, TcpEvent.OfSocket event) throws IOException {
    if (event instanceof TcpEvent.Opened opened) {
      fields.optional("listener", opened.listener(), EventJson::write);
    } else if (event instanceof TcpEvent.Accepted accepted) {
      fields.optional("listener", accepted.listener(), EventJson::write);
    } else if (event instanceof TcpEvent.StateChanged changed) {
      fields.name("before", changed.before());
    } else if (event instanceof TcpEvent.Closed closed) {
      lived(fields, closed.livedAtLeast(), closed.livedAtMost());
      fields.lowerCase("ending", closed.ending());
    } else if (event instanceof TcpEvent.ListenerClosed closed) {
      lived(fields, closed.livedAtLeast(), closed.livedAtMost());
    } else if (event instanceof TcpEvent.OwnersChanged changed) {
      fields.list("before", changed.before(), EventJson::write);
    } else if (event instanceof TcpEvent.SecondServer second) {
      fields.list("others", second.others(), EventJson::write);
    } else if (event instanceof TcpEvent.AcceptQueueFilled filled) {
      fields.number("waiting", filled.waiting()).number("limit", filled.limit());
    } else if (event instanceof TcpEvent.CloseWaitAged aged) {
      fields.number("atLeastMillis", aged.atLeast().toMillis());
    }
  }

  private static void lived(Fields fields, Duration atLeast, Optional<Duration> atMost)
      throws IOException {
    fields.number("livedAtLeastMillis", atLeast.toMillis());
    if (atMost.isPresent()) {
      fields.number("livedAtMostMillis", atMost.get().toMillis());
    }
  }

  /** The name of its kind: {@code state_changed}. */
  static String name(TcpEvent event) {
    StringBuilder name = new StringBuilder();
    for (char letter : event.getClass().getSimpleName().toCharArray()) {
      if (Character.isUpperCase(letter) && name.length() > 0) {
        name.append('_');
      }
      name.append(Character.toLowerCase(letter));
    }
    return name.toString();
  }

  private static void write(Fields fields, WatchedSocket socket) throws IOException {
    fields
        .text("key", socket.key().toString())
        .object("local", socket.local(), EventJson::write)
        .object("remote", socket.remote(), EventJson::write)
        .name("state", socket.state())
        .optional("namespace", socket.namespace(), Fields::namespace)
        .lowerCase("ownership", socket.ownership())
        .list("owners", socket.owners(), EventJson::write);
  }

  private static void write(Fields fields, Endpoint end) throws IOException {
    fields.text("address", end.host()).number("port", end.port());
  }

  private static void write(Fields fields, OsProcess owner) throws IOException {
    fields.process(owner.pid(), owner.startedAt(), owner.name());
  }
}
