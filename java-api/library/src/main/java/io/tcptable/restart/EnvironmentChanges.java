// SPDX-License-Identifier: Apache-2.0
package io.tcptable.restart;

import io.tcptable.internal.Platforms;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What to change in the environment that a server would have.
 *
 * @param values the new value of each variable; empty to leave it out
 */
record EnvironmentChanges(Map<String, Optional<String>> values) {

  static final EnvironmentChanges NONE = new EnvironmentChanges(Map.of());

  EnvironmentChanges {
    values = Map.copyOf(values);
  }

  EnvironmentChanges set(String name, String value) {
    return with(name, Optional.of(value));
  }

  EnvironmentChanges unset(String name) {
    return with(name, Optional.empty());
  }

  private EnvironmentChanges with(String name, Optional<String> value) {
    Map<String, Optional<String>> more = new LinkedHashMap<>(values);
    more.put(name, value);
    return new EnvironmentChanges(more);
  }

  void applyTo(Map<String, String> environment) {
    values.forEach(
        (name, value) -> {
          Platforms.current().variable(name, environment.keySet()).ifPresent(environment::remove);
          value.ifPresent(text -> environment.put(name, text));
        });
  }
}
