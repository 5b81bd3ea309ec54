// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tcptable.program.foreign.Excerpt;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/** The fields of one JSON object, written in this order. A value that is empty leaves none. */
public final class Fields {

  private final JsonGenerator json;

  /** What is written of one value: the fields of its object. */
  @FunctionalInterface
  public interface Content<T> {
    void write(Fields fields, T value) throws IOException;
  }

  Fields(JsonGenerator json) {
    this.json = json;
  }

  /** A text; of a very long one its beginning, see {@link Excerpt}. */
  public Fields text(String field, String text) throws IOException {
    return whole(field, Excerpt.of(text, Excerpt.FIELD));
  }

  /** A text of any length: one that was bounded when it was read. */
  public Fields whole(String field, String text) throws IOException {
    json.writeStringField(field, text);
    return this;
  }

  public Fields text(String field, Optional<String> text) throws IOException {
    return text.isPresent() ? text(field, text.get()) : this;
  }

  /** The name of a constant as it is. */
  public Fields name(String field, Enum<?> constant) throws IOException {
    return text(field, constant.name());
  }

  /** The name of a constant in lower case. */
  public Fields lowerCase(String field, Enum<?> constant) throws IOException {
    return text(field, constant.name().toLowerCase(Locale.ROOT));
  }

  public Fields number(String field, long number) throws IOException {
    json.writeNumberField(field, number);
    return this;
  }

  public Fields number(String field, OptionalLong number) throws IOException {
    return number.isPresent() ? number(field, number.getAsLong()) : this;
  }

  public Fields number(String field, OptionalInt number) throws IOException {
    return number.isPresent() ? number(field, number.getAsInt()) : this;
  }

  public Fields micros(String field, Duration duration) throws IOException {
    return number(field, TimeUnit.MICROSECONDS.convert(duration));
  }

  public Fields micros(String field, Optional<Duration> duration) throws IOException {
    return duration.isPresent() ? micros(field, duration.get()) : this;
  }

  /** A point in time: {@code 2026-11-24T06:00:00.123Z}. */
  public Fields time(String field, Instant instant) throws IOException {
    return text(field, JsonOutput.text(instant));
  }

  public Fields flag(String field, boolean flag) throws IOException {
    json.writeBooleanField(field, flag);
    return this;
  }

  /** A list of texts, though it be empty. */
  public Fields texts(String field, List<String> texts) throws IOException {
    json.writeArrayFieldStart(field);
    for (String text : texts) {
      json.writeString(Excerpt.of(text, Excerpt.FIELD));
    }
    json.writeEndArray();
    return this;
  }

  /** A list of numbers, though it be empty. */
  public Fields numbers(String field, Iterable<Long> numbers) throws IOException {
    json.writeArrayFieldStart(field);
    for (long number : numbers) {
      json.writeNumber(number);
    }
    json.writeEndArray();
    return this;
  }

  public <T> Fields object(String field, T value, Content<? super T> content) throws IOException {
    json.writeFieldName(field);
    write(value, content);
    return this;
  }

  /** An object if there is a value. */
  public <T> Fields optional(String field, Optional<T> value, Content<? super T> content)
      throws IOException {
    return value.isPresent() ? object(field, value.get(), content) : this;
  }

  /** A list of objects, though it be empty. */
  public <T> Fields list(String field, Iterable<? extends T> values, Content<? super T> content)
      throws IOException {
    json.writeArrayFieldStart(field);
    for (T value : values) {
      write(value, content);
    }
    json.writeEndArray();
    return this;
  }

  private <T> void write(T value, Content<? super T> content) throws IOException {
    json.writeStartObject();
    content.write(this, value);
    json.writeEndObject();
  }
}
