// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.json;

import io.tcptable.internal.wording.Excerpt;
import io.tcptable.process.NetworkNamespace;
import io.tcptable.process.PortRole;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** The fields of one JSON object, written in this order. A value that is empty leaves none. */
public final class Fields {

  private final JsonWriter json;

  /** What is written of one value: the fields of its object. */
  @FunctionalInterface
  public interface Content<T> {
    void write(Fields fields, T value) throws IOException;
  }

  Fields(JsonWriter json) {
    this.json = json;
  }

  /** A text; of a very long one its beginning, see {@link Excerpt}. */
  public Fields text(String field, String text) throws IOException {
    return whole(field, Excerpt.of(text, Excerpt.FIELD));
  }

  /** A text of any length: one that was bounded when it was read. */
  public Fields whole(String field, String text) throws IOException {
    json.name(field);
    json.string(text);
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
    json.name(field);
    json.plain(Long.toString(number));
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
    return text(field, JsonDocument.text(instant));
  }

  public Fields flag(String field, boolean flag) throws IOException {
    json.name(field);
    json.plain(Boolean.toString(flag));
    return this;
  }

  /** A list of texts, though it be empty. */
  public Fields texts(String field, List<String> texts) throws IOException {
    json.name(field);
    json.begin('[');
    for (String text : texts) {
      json.string(Excerpt.of(text, Excerpt.FIELD));
    }
    json.end(']');
    return this;
  }

  /** A list of numbers, though it be empty. */
  public Fields numbers(String field, Iterable<Long> numbers) throws IOException {
    json.name(field);
    json.begin('[');
    for (long number : numbers) {
      json.plain(Long.toString(number));
    }
    json.end(']');
    return this;
  }

  public <T> Fields object(String field, T value, Content<? super T> content) throws IOException {
    json.name(field);
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
    json.name(field);
    json.begin('[');
    for (T value : values) {
      write(value, content);
    }
    json.end(']');
    return this;
  }

  /** An object that was written before. */
  public Fields written(String field, String object) throws IOException {
    json.name(field);
    json.plain(object);
    return this;
  }

  /** A list of objects that were written before, though it be empty. */
  public <T> Fields written(
      String field, Iterable<? extends T> values, Function<? super T, String> text)
      throws IOException {
    json.name(field);
    json.begin('[');
    for (T value : values) {
      json.plain(text.apply(value));
    }
    json.end(']');
    return this;
  }

  /** What tells a network namespace from all others, and what it is called. */
  public Fields namespace(NetworkNamespace namespace) throws IOException {
    return number("inode", namespace.inode())
        .text("name", namespace.name())
        .number("pid", namespace.pid())
        .text("container", namespace.container());
  }

  /** What tells a process from all others, and its name. */
  public Fields process(long pid, Instant startedAt, String name) throws IOException {
    return number("pid", pid).time("startedAt", startedAt).text("name", name);
  }

  /** What a process has to do with a port. */
  public Fields role(PortRole role) throws IOException {
    return lowerCase("kind", role.kind()).text("evidence", role.evidence());
  }

  private <T> void write(T value, Content<? super T> content) throws IOException {
    json.begin('{');
    content.write(this, value);
    json.end('}');
  }
}
