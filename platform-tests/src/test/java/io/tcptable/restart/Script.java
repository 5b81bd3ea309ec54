// SPDX-License-Identifier: Apache-2.0
package io.tcptable.restart;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Objects;

/** The Python scripts of these tests. */
final class Script {

  private Script() {}

  /** Not the shim that some machines have ahead of it: other users must be able to run it too. */
  static String python() {
    return Path.of("/usr/bin/python3").toFile().canExecute() ? "/usr/bin/python3" : "python3";
  }

  static String path(String name) {
    try {
      return Path.of(Objects.requireNonNull(Script.class.getResource(name)).toURI()).toString();
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }
}
