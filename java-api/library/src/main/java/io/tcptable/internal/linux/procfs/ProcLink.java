// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.linux.procfs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads the links of {@code /proc}, such as {@code /proc/PID/fd/1}. */
public final class ProcLink {

  private ProcLink() {}

  /**
   * Where a link leads. Its name is made of the kernel's bytes as they are, so it can be used as a
   * file even if it is no text in this JVM's locale.
   *
   * @throws IOException if it cannot be read; of the type of {@code java.nio.file} that says why
   */
  public static Path target(Path link) throws IOException {
    return Files.readSymbolicLink(link);
  }

  /** The number in a link such as {@code net:[4026531840]}; below zero if it is not known. */
  public static long number(Path link) {
    try {
      String target = target(link).toString();
      int open = target.indexOf('[');
      return open > 0 && target.endsWith("]")
          ? ProcText.number(target.substring(open + 1, target.length() - 1))
          : ProcText.NO_NUMBER;
    } catch (IOException e) {
      return ProcText.NO_NUMBER;
    }
  }
}
