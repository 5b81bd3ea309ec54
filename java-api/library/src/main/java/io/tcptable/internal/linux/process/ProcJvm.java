// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.linux.process;

import io.tcptable.internal.linux.procfs.ProcFile;
import io.tcptable.internal.linux.procfs.ProcText;
import io.tcptable.internal.linux.procfs.TimeLimiter;
import java.io.IOException;
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
    return handlesQuit(ProcFile.text(process.resolve("status")))
        && mapsLibrary(mappings(process.resolve("maps")));
  }

  private static ProcText mappings(Path file) throws IOException {
    return ProcText.of(TimeLimiter.shared().call(file, () -> ProcFile.bytes(file, MOST_BYTES)));
  }

  /** By the mask of handled signals in a line such as {@code SigCgt: 2000000181005ccf}. */
  static boolean handlesQuit(ProcText status) {
    return status
        .after("SigCgt:")
        .flatMap(ProcText::bits)
        .filter(mask -> (mask >>> (SIGQUIT - 1) & 1) == 1)
        .isPresent();
  }

  /** By the name at the end of a line, also of a library that an update has replaced. */
  static boolean mapsLibrary(ProcText maps) {
    return maps.lines().stream()
        .anyMatch(line -> line.endsWith(LIBRARY) || line.endsWith(LIBRARY + " (deleted)"));
  }
}
