// SPDX-License-Identifier: Apache-2.0
package io.tcptable.restart;

import java.util.List;

/**
 * Where a server writes to.
 *
 * @param output its standard output
 * @param error its standard error, often the same
 */
record ServerOutput(LogFile output, LogFile error) {

  static ServerOutput both(LogFile log) {
    return new ServerOutput(log, log);
  }

  boolean isOne() {
    return output.equals(error);
  }

  /** Each once. */
  List<LogFile> files() {
    return isOne() ? List.of(output) : List.of(output, error);
  }

  /** Makes sure that they can be written to. */
  void open() throws StepException {
    for (LogFile log : files()) {
      log.open();
    }
  }

  /** What they are, in one line. */
  String describe() {
    return isOne()
        ? "output to " + output.describe()
        : "output to " + output.describe() + ", errors to " + error.describe();
  }
}
