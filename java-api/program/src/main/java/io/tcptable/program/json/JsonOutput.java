// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.json;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import org.jspecify.annotations.Nullable;

/**
 * How every command writes JSON (RFC 8259): one object on one line, streamed, in ASCII. All other
 * characters are escapes, so that a name of another process can do nothing to a terminal, in no
 * character set, and half of a surrogate pair is no error.
 */
public final class JsonOutput {

  private static final int MILLIS = 3;

  private static final int LAST_PLAIN = '~';

  private static final DateTimeFormatter TO_THE_MILLISECOND =
      new DateTimeFormatterBuilder().appendInstant(MILLIS).toFormatter();

  private JsonOutput() {}

  /**
   * Prints one object.
   *
   * @param schema the name and version of its schema, its first field
   * @param content writes the other fields of the value
   */
  public static <T> void print(
      PrintStream out, String schema, T value, Fields.Content<? super T> content)
      throws IOException {
    try (JsonGenerator json = new JsonFactory().createGenerator(out, JsonEncoding.UTF8)) {
      json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
      json.setCharacterEscapes(new DeleteToo());
      json.setHighestNonEscapedChar(LAST_PLAIN);
      json.writeStartObject();
      content.write(new Fields(json).text("schema", schema), value);
      json.writeEndObject();
    }
    out.println();
  }

  /** A point in time: {@code 2026-11-24T06:00:00.123Z}. */
  public static String text(Instant instant) {
    return TO_THE_MILLISECOND.format(instant);
  }

  /** The escapes of RFC 8259, and one for DEL: it is ASCII and yet a control. */
  private static final class DeleteToo extends CharacterEscapes {

    private static final long serialVersionUID = 1L;

    private static final int[] ESCAPES = standardAsciiEscapesForJSON();

    static {
      ESCAPES['\u007f'] = ESCAPE_STANDARD;
    }

    @Override
    public int[] getEscapeCodesForAscii() {
      return ESCAPES;
    }

    @Override
    public @Nullable SerializableString getEscapeSequence(int c) {
      return null;
    }
  }
}
