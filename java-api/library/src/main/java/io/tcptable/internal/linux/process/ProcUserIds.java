// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.linux.process;

import io.tcptable.internal.linux.procfs.ProcFile;
import io.tcptable.internal.linux.procfs.ProcText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The user IDs of a process: the line {@code Uid:} of {@code proc_pid_status(5)}. */
final class ProcUserIds {

  private ProcUserIds() {}

  /** Each of them once. */
  static List<Long> distinct(Path process) throws IOException {
    return all(ProcFile.text(process.resolve("status"))).stream()
        .filter(number -> number != ProcText.NO_NUMBER)
        .distinct()
        .toList();
  }

  /** The real, effective, saved and file system user ID; empty if they are not known. */
  static List<Long> all(ProcText status) {
    return status.numbersAfter("Uid:");
  }
}
