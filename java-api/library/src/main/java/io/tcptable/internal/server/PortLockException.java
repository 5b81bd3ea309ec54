// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.server;

import java.io.Serial;

/** The lock of a port cannot be taken; the message says why, in one line. */
public final class PortLockException extends Exception {

  @Serial private static final long serialVersionUID = 1L;

  private final boolean isBusy;
  private final String advice;

  PortLockException(boolean isBusy, String message, String advice) {
    super(message);
    this.isBusy = isBusy;
    this.advice = advice;
  }

  /** Whether another process has it; otherwise the system did not let it be taken. */
  public boolean isBusy() {
    return isBusy;
  }

  /** What to do, in a sentence. */
  public String advice() {
    return advice;
  }

  /** The message; there always is one. */
  public String reason() {
    return String.valueOf(getMessage());
  }
}
