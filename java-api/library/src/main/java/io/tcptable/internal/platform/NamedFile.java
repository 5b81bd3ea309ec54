// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.platform;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A file that a text names: of the environment, of a property, or of another process. */
public final class NamedFile {

  private NamedFile() {}

  /**
   * The file, whether it is there or not; empty if there is no text, or if this JVM's locale cannot
   * express the name. Under {@code LC_ALL=C} that is every name that is not ASCII.
   */
  public static Optional<Path> of(@Nullable String name) {
    try {
      return Optional.ofNullable(name).map(Path::of);
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }
}
