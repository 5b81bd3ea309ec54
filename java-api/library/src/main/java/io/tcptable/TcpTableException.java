// SPDX-License-Identifier: Apache-2.0
package io.tcptable;

import java.io.Serial;

/**
 * The table could not be read, or not completely. The message is one line: what was tried, what the
 * system said, what to do about it.
 */
public final class TcpTableException extends RuntimeException {

  @Serial private static final long serialVersionUID = 1L;

  private final String call;
  private final String error;

  TcpTableException(String call, String error, String message, Throwable cause) {
    super(message, cause);
    this.call = call;
    this.error = error;
  }

  /** The system call or file that failed, such as {@code recvfrom}; empty if there is none. */
  public String call() {
    return call;
  }

  /** The system's name of the error, such as {@code EACCES}; empty if it gave none. */
  public String error() {
    return error;
  }
}
