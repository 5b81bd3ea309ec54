// SPDX-License-Identifier: Apache-2.0
package io.tcptable.restart;

import io.tcptable.internal.Platforms;
import io.tcptable.internal.platform.SourceException;
import io.tcptable.restart.Refusal.Kind;

/** Whether the PIDs that the system shows are those that signals of this process go to. */
final class OwnNumbers {

  private OwnNumbers() {}

  /**
   * Looks before anything is done with a PID.
   *
   * @throws StepException if they are not, or the system does not answer
   */
  static void require() throws StepException {
    try {
      Platforms.access().processes().requireOwnNumbers();
    } catch (SourceException e) {
      throw new StepException(Refusal.of(Kind.SYSTEM_ERROR, String.valueOf(e.getMessage())));
    }
  }
}
