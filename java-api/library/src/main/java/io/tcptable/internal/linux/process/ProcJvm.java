// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.linux.process;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Tells a Java virtual machine that can be asked for a thread dump by what it cannot only claim: it
 * has mapped the library of the JVM, and it handles SIGQUIT, by which it is asked. The signal kills
 * who does not handle it, such as a JVM started with {@code -Xrs}. See {@code proc_pid_status(5)}
 * and {@code proc_pid_maps(5)}.
 */
final class ProcJvm {

  /** More are no list of mappings that a JVM has. */
  private static final int MOST_BYTES = 8 << 20;

  private static final String LIBRARY = "/libjvm.so";

  private static final int SIGQUIT = 3;

  private ProcJvm() {}

  static boolean of(Path process) throws IOException {
    return handlesQuit(text(process.resolve("status")))
        && mapsLibrary(text(process.resolve("maps")));
  }

  private static String text(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return new String(in.readNBytes(MOST_BYTES), StandardCharsets.ISO_8859_1);
    }
  }

  /** By the mask of handled signals in a line such as {@code SigCgt: 2000000181005ccf}. */
  static boolean handlesQuit(String status) {
    for (String line : status.split("\n", -1)) {
      if (line.startsWith("SigCgt:")) {
        String mask = line.substring("SigCgt:".length()).strip();
        return mask.matches("[0-9a-f]{1,16}")
            && (Long.parseUnsignedLong(mask, 16) >>> (SIGQUIT - 1) & 1) == 1;
      }
    }
    return false;
  }

  /** By the name at the end of a line, also of a library that an update has replaced. */
  static boolean mapsLibrary(String maps) {
    for (String line : maps.split("\n", -1)) {
      if (line.endsWith(LIBRARY) || line.endsWith(LIBRARY + " (deleted)")) {
        return true;
      }
    }
    return false;
  }
}
