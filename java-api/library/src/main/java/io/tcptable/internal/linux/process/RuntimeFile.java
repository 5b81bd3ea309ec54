// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.linux.process;

import io.tcptable.internal.json.JsonText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Reads the JSON files that the runtimes of containers keep. */
final class RuntimeFile {

  /** More is no such file. */
  private static final long LONGEST = 16 << 20;

  private RuntimeFile() {}

  /** What is in a file; empty if that is not known. */
  static Optional<Object> json(Path file) {
    try {
      return Files.size(file) > LONGEST
          ? Optional.empty()
          : Optional.of(JsonText.parse(Files.readString(file)));
    } catch (IOException | IllegalArgumentException e) {
      // Not there, not for this user, or kept in another way by another version.
      return Optional.empty();
    }
  }

  static Optional<Object> member(Object of, String name) {
    return of instanceof Map<?, ?> members
        ? Optional.ofNullable(members.get(name))
        : Optional.empty();
  }

  static Optional<String> text(Object of, String name) {
    return member(of, name).filter(String.class::isInstance).map(String.class::cast);
  }
}
