// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.json;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;

/** How every command writes JSON: one object on one line, streamed, in UTF-8 (RFC 8259). */
public final class JsonOutput {

  private static final int MILLIS = 3;

  private static final DateTimeFormatter TO_THE_MILLISECOND =
      new DateTimeFormatterBuilder().appendInstant(MILLIS).toFormatter();

  private JsonOutput() {}

  /** A generator that leaves the stream open when it is closed. */
  public static JsonGenerator to(OutputStream out) throws IOException {
    return new JsonFactory()
        .createGenerator(out, JsonEncoding.UTF8)
        .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
  }

  /** A point in time: {@code 2026-11-24T06:00:00.123Z}. */
  public static String text(Instant instant) {
    return TO_THE_MILLISECOND.format(instant);
  }
}
