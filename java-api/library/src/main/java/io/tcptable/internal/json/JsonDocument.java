// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.json;

import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;

/** One JSON object: an answer of a schema, or a part of one. */
public final class JsonDocument {

  private static final int MILLIS = 3;

  private static final DateTimeFormatter TO_THE_MILLISECOND =
      new DateTimeFormatterBuilder().appendInstant(MILLIS).toFormatter();

  private JsonDocument() {}

  /** A point in time: {@code 2026-11-24T06:00:00.123Z}. */
  public static String text(Instant instant) {
    return TO_THE_MILLISECOND.format(instant);
  }

  /**
   * Writes an answer as it comes.
   *
   * @param schema the name and version of its schema, its first field
   * @param content writes the other fields of the value
   */
  public static <T> void write(
      Appendable out, String schema, T value, Fields.Content<? super T> content)
      throws IOException {
    object(
        out,
        value,
        (fields, it) -> {
          fields.text("schema", schema);
          content.write(fields, it);
        });
  }

  /** Writes an object that has no schema of its own. */
  private static <T> void object(Appendable out, T value, Fields.Content<? super T> content)
      throws IOException {
    JsonWriter json = new JsonWriter(out);
    json.begin('{');
    content.write(new Fields(json), value);
    json.end('}');
  }

  /** What is written into a text, which takes all. */
  public static String text(Writing writing) {
    StringBuilder text = new StringBuilder();
    try {
      writing.to(text);
    } catch (IOException e) {
      throw new AssertionError("a builder takes all", e);
    }
    return text.toString();
  }

  /** Something that is written. */
  @FunctionalInterface
  public interface Writing {
    void to(Appendable out) throws IOException;
  }

  /** The text of an object that has no schema of its own. */
  public static <T> String text(T value, Fields.Content<? super T> content) {
    return text(out -> object(out, value, content));
  }
}
