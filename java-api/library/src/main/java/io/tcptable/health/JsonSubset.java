// SPDX-License-Identifier: Apache-2.0
package io.tcptable.health;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Whether one piece of JSON holds all of another: objects may have more members than expected. */
final class JsonSubset {

  private JsonSubset() {}

  /** The first difference in words; empty if all that is expected is there. */
  static Optional<String> difference(Object expected, Object actual) {
    return difference("", expected, actual);
  }

  private static Optional<String> difference(String path, Object expected, Object actual) {
    if (expected instanceof Map<?, ?> members && actual instanceof Map<?, ?> present) {
      return members.entrySet().stream()
          .flatMap(
              member -> {
                String name = path.isEmpty() ? "" + member.getKey() : path + "." + member.getKey();
                Object value = present.get(member.getKey());
                return value == null
                    ? Optional.of(name + " is missing").stream()
                    : difference(name, member.getValue(), value).stream();
              })
          .findFirst();
    }
    if (expected instanceof List<?> elements
        && actual instanceof List<?> present
        && elements.size() == present.size()) {
      for (int i = 0; i < elements.size(); i++) {
        Optional<String> difference =
            difference(path + "[" + i + "]", elements.get(i), present.get(i));
        if (difference.isPresent()) {
          return difference;
        }
      }
      return Optional.empty();
    }
    return isEqual(expected, actual)
        ? Optional.empty()
        : Optional.of(
            (path.isEmpty() ? "the value" : path)
                + " is "
                + shown(actual, expected)
                + " instead of "
                + shown(expected, actual));
  }

  /** Quoted only where a string could be taken for the other, which is none. */
  private static String shown(Object value, Object other) {
    return value instanceof String && value.equals(other.toString())
        ? "\"" + value + "\""
        : value.toString();
  }

  private static boolean isEqual(Object expected, Object actual) {
    if (expected instanceof BigDecimal number && actual instanceof BigDecimal other) {
      return number.compareTo(other) == 0;
    }
    return expected.equals(actual);
  }
}
