// SPDX-License-Identifier: Apache-2.0
package io.tcptable.watch;

import io.tcptable.flight.WatchRecord;
import java.util.Locale;

/** Writes events into the flight recordings of this JVM that want them. */
final class RecordedEvent {

  private RecordedEvent() {}

  static void write(TcpEvent event) {
    if (!WatchRecord.isWanted()) {
      return;
    }
    String kind = EventJson.name(event);
    if (event instanceof TcpEvent.OfSocket of) {
      WatchedSocket socket = of.socket();
      WatchRecord.write(
          kind,
          event.at(),
          of.knownBy().name().toLowerCase(Locale.ROOT),
          socket.local(),
          socket.remote(),
          socket.state(),
          socket.owners(),
          event.toJson());
    } else {
      WatchRecord.write(kind, event.at(), event.toJson());
    }
  }
}
