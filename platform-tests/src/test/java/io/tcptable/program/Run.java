// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program;

import java.util.List;

/** A process that has ended, and what it printed. */
public record Run(int code, String out, String err) {

  /** Runs it to its end, without input. */
  public static Run of(List<String> command) {
    try (RunningProgram program = RunningProgram.start(command)) {
      return program.end();
    }
  }

  /** The lines of standard error but the note on processes that are hidden even from root. */
  public List<String> complaints() {
    return err.lines()
        .filter(line -> !line.contains("could not look into"))
        .filter(line -> !line.contains("processes of other users are hidden here"))
        .toList();
  }
}
