// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.record;

import io.tcptable.ListenAddress;
import io.tcptable.internal.json.Fields;
import io.tcptable.internal.json.JsonDocument;
import io.tcptable.program.command.PortArgument;
import io.tcptable.program.command.VersionText;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;

/**
 * The first line of a recording. It has no name of the host, no address of it, and no environment:
 * a recording is attached to tickets.
 *
 * @param on what is recorded
 * @param zone of this machine, for people who read the times
 * @param interval from one sample to the next
 */
record RecordingHeader(PortArgument on, Instant startedAt, ZoneId zone, Duration interval) {

  static final String SCHEMA = "tcptable.recording/1";

  String toJson() {
    return JsonDocument.text(out -> JsonDocument.write(out, SCHEMA, this, RecordingHeader::write));
  }

  private static void write(Fields json, RecordingHeader header) throws IOException {
    json.number("port", header.on.port())
        .text("address", header.on.address().map(ListenAddress::toString))
        .time("startedAt", header.startedAt)
        .text("zone", header.zone.getId())
        .number("intervalMillis", header.interval.toMillis())
        .text("program", VersionText.version())
        .text("java", Runtime.version().toString())
        .text(
            "system",
            System.getProperty("os.name", "?")
                + " "
                + System.getProperty("os.version", "?")
                + " "
                + System.getProperty("os.arch", "?"))
        .number("processors", Runtime.getRuntime().availableProcessors());
  }
}
