// SPDX-License-Identifier: Apache-2.0
package io.tcptable.budget;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.stream.Collectors;

/** The committed limits: {@code budget.properties}. */
final class Budget {

  private final Properties limits = new Properties();

  Budget() throws IOException {
    try (InputStream file =
        Objects.requireNonNull(Budget.class.getResourceAsStream("/budget.properties"))) {
      limits.load(file);
    }
  }

  private String limit(String name) {
    return Objects.requireNonNull(limits.getProperty(name), name);
  }

  long bytes(String name) {
    return Long.parseLong(limit(name + ".bytes"));
  }

  /** By the name of the call; one that is not named may not be made. */
  Map<String, Integer> calls(String name) {
    return Arrays.stream(limit(name + ".calls").split(", *", -1))
        .map(call -> call.split(" ", -1))
        .collect(Collectors.toMap(call -> call[0], call -> Integer.parseInt(call[1])));
  }
}
