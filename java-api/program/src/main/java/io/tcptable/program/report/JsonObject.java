// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.report;

import io.tcptable.internal.json.JsonText;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** An object of JSON that another program may have written: what is no such value is absent. */
record JsonObject(Map<?, ?> members) {

  static final JsonObject EMPTY = new JsonObject(Map.of());

  private static final int MOST_DIGITS = 18;

  /**
   * The object that a text holds.
   *
   * @throws IllegalArgumentException if it holds none; the message says where
   */
  static JsonObject parse(String text) {
    if (JsonText.parse(text) instanceof Map<?, ?> members) {
      return new JsonObject(members);
    }
    throw new IllegalArgumentException("no JSON object");
  }

  /** A text; empty if there is none. */
  String text(String name) {
    return members.get(name) instanceof String text ? text : "";
  }

  /** A whole number of 18 digits at most. */
  OptionalLong number(String name) {
    return whole(members.get(name));
  }

  private static OptionalLong whole(@Nullable Object value) {
    if (value instanceof BigDecimal number
        && number.scale() <= MOST_DIGITS
        && (long) number.precision() - number.scale() <= MOST_DIGITS) {
      return OptionalLong.of(number.longValue());
    }
    return OptionalLong.empty();
  }

  /** A number; 0 if there is none. */
  long numberOr0(String name) {
    return number(name).orElse(0);
  }

  /** The whole numbers of a list. */
  List<Long> numbers(String name) {
    return members.get(name) instanceof List<?> list
        ? list.stream().flatMapToLong(it -> whole(it).stream()).boxed().toList()
        : List.of();
  }

  Optional<Instant> time(String name) {
    try {
      return Optional.of(Instant.parse(text(name)));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  boolean isTrue(String name) {
    return Boolean.TRUE.equals(members.get(name));
  }

  boolean has(String name) {
    return members.containsKey(name);
  }

  /** An object; an empty one if there is none. */
  JsonObject object(String name) {
    return members.get(name) instanceof Map<?, ?> object ? new JsonObject(object) : EMPTY;
  }

  /** The objects of a list. */
  List<JsonObject> objects(String name) {
    return members.get(name) instanceof List<?> list
        ? list.stream()
            .filter(Map.class::isInstance)
            .map(it -> new JsonObject((Map<?, ?>) it))
            .toList()
        : List.of();
  }

  /** The texts of a list. */
  List<String> texts(String name) {
    return members.get(name) instanceof List<?> list
        ? list.stream().filter(String.class::isInstance).map(String.class::cast).toList()
        : List.of();
  }

  /** {@code python3(811)}, of an object that has a PID and a name. */
  String process() {
    return text("name") + "(" + numberOr0("pid") + ")";
  }

  /** {@code nginx(811), nginx(812)}, of a list of such objects. */
  String processes(String name) {
    return objects(name).stream().map(JsonObject::process).collect(Collectors.joining(", "));
  }

  /** {@code 127.0.0.1:3001}, of an object that has an address and a port, be it mapped to IPv6. */
  String end() {
    String address = text("address").replaceFirst("^::ffff:(?=[0-9.]+$)", "");
    return (address.indexOf(':') < 0 ? address : "[" + address + "]") + ":" + numberOr0("port");
  }
}
