// SPDX-License-Identifier: Apache-2.0
package io.tcptable.process;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Where a process writes what people read.
 *
 * @param standardOutput what its standard output is: a file, {@code /dev/null}, {@code
 *     pipe:[12345]}, {@code socket:[12345]}; empty if it is closed
 * @param standardError what its standard error is; empty if it is closed
 * @param logs the files it has open whose names end in {@code .log}, in alphabetical order, 100 at
 *     most; their names are as the process itself sees them
 * @param omittedLogs how many of its descriptors lead to other such files
 */
public record ProcessOutput(
    Optional<String> standardOutput,
    Optional<String> standardError,
    List<Path> logs,
    int omittedLogs) {

  /** Keeps its own copy. */
  public ProcessOutput {
    logs = List.copyOf(logs);
  }
}
