// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.linux;

import io.tcptable.internal.linux.kernel.SafePath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A program of the system, where only root can have put it. */
final class TrustedTool {

  private static final int ROOT = 0;

  private static final List<String> DIRECTORIES =
      List.of("/usr/bin", "/bin", "/usr/sbin", "/sbin", "/run/current-system/sw/bin");

  private TrustedTool() {}

  /** The path of a program by its name. */
  static Optional<Path> find(String name) {
    return DIRECTORIES.stream()
        .map(directory -> Path.of(directory, name))
        .filter(TrustedTool::isTrusted)
        .findFirst();
  }

  /**
   * The same.
   *
   * @param origin the package that it comes from
   * @throws IOException if there is none
   */
  static String require(String name, String origin) throws IOException {
    return find(name)
        .map(Path::toString)
        .orElseThrow(
            () -> new IOException("the program " + name + " is missing: install " + origin));
  }

  private static boolean isTrusted(Path file) {
    try {
      return Files.isExecutable(file) && Files.isRegularFile(SafePath.resolve(file, ROOT));
    } catch (IOException e) {
      return false;
    }
  }
}
