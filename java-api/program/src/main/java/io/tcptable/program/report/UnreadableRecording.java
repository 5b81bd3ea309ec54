// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.report;

import java.io.IOException;

/** A file is no recording that this program reads. The message is one line for people. */
final class UnreadableRecording extends IOException {

  private static final long serialVersionUID = 1;

  UnreadableRecording(String message) {
    super(message);
  }
}
