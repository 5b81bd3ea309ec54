// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.platform;

import io.tcptable.internal.binding.BindingException;
import java.io.Serial;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;

/**
 * A source could not deliver. The message is one line for the user: what was tried, what the system
 * said, what to do.
 */
public final class SourceException extends RuntimeException {

  @Serial private static final long serialVersionUID = 1L;

  /** What kind of failure it is, for programs to switch on. */
  public enum Kind {
    PERMISSION,
    UNSUPPORTED,
    EXHAUSTED,
    FORCED_BINDING,
    INTERRUPTED,
    SYSTEM
  }

  private final Kind kind;
  private final String call;
  private final String error;

  /** An answer of the system that makes no sense. */
  public SourceException(String call, String error, String message) {
    this(Kind.SYSTEM, call, error, message);
  }

  /**
   * @param call the system call or file, such as {@code recvfrom}
   * @param error the error's name, such as {@code EACCES}, or empty
   * @param message the whole sentence
   */
  public SourceException(Kind kind, String call, String error, String message) {
    super(message);
    this.kind = kind;
    this.call = call;
    this.error = error;
  }

  /** A file that could not be read, or makes no sense. */
  public SourceException(String call, String message, Exception cause) {
    this(kind(cause), call, message, cause);
  }

  /** There is no binding to ask by; the message is that of the cause. */
  public SourceException(Kind kind, BindingException cause) {
    this(kind, "", String.valueOf(cause.getMessage()), cause);
  }

  private SourceException(Kind kind, String call, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
    this.call = call;
    this.error = "";
  }

  /** The JDK has types for two of them; of the others it tells the system's own words. */
  private static Kind kind(Exception e) {
    String reason = String.valueOf(e.getMessage());
    if (e instanceof AccessDeniedException || reason.contains("Operation not permitted")) {
      return Kind.PERMISSION;
    }
    if (e instanceof NoSuchFileException) {
      return Kind.UNSUPPORTED;
    }
    return reason.contains("Too many open files") || reason.contains("Cannot allocate memory")
        ? Kind.EXHAUSTED
        : Kind.SYSTEM;
  }

  public Kind kind() {
    return kind;
  }

  public String call() {
    return call;
  }

  public String error() {
    return error;
  }
}
