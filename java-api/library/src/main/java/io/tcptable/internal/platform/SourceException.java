// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.platform;

import java.io.Serial;

/**
 * A source could not deliver. The message is one line for the user: what was tried, what the system
 * said, what to do.
 */
public final class SourceException extends RuntimeException {

  @Serial private static final long serialVersionUID = 1L;

  private final String call;
  private final String error;

  /**
   * @param call the system call or file, such as {@code recvfrom}
   * @param error the error's name, such as {@code EACCES}, or empty
   * @param message the whole sentence
   */
  public SourceException(String call, String error, String message) {
    super(message);
    this.call = call;
    this.error = error;
  }

  public SourceException(String call, String message, Throwable cause) {
    super(message, cause);
    this.call = call;
    this.error = "";
  }

  public String call() {
    return call;
  }

  public String error() {
    return error;
  }
}
