// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.platform;

import io.tcptable.internal.binding.BindingException;
import java.io.Serial;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.Map;

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

  /** What the C library says of errors, see {@code strerror(3)}. */
  private static final Map<String, String> WORDS =
      Map.of(
          "Operation not permitted", "EPERM",
          "Too many open files", "EMFILE",
          "Too many open files in system", "ENFILE",
          "Cannot allocate memory", "ENOMEM");

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
    this(kind(cause), call, error(cause), message, cause);
  }

  /** There is no binding to ask by; the message is that of the cause. */
  public SourceException(Kind kind, BindingException cause) {
    this(kind, "", "", String.valueOf(cause.getMessage()), cause);
  }

  private SourceException(Kind kind, String call, String error, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
    this.call = call;
    this.error = error;
  }

  private static Kind kind(Exception e) {
    return switch (error(e)) {
      case "EACCES", "EPERM" -> Kind.PERMISSION;
      case "ENOENT" -> Kind.UNSUPPORTED;
      case "EMFILE", "ENFILE", "ENOMEM" -> Kind.EXHAUSTED;
      default -> Kind.SYSTEM;
    };
  }

  /**
   * The name of the error behind a failure of the JDK, which has types for two of them; of the
   * others it tells the system's own words. Empty if it is none of these, or told in another
   * language.
   */
  private static String error(Exception e) {
    if (e instanceof AccessDeniedException) {
      return "EACCES";
    }
    if (e instanceof NoSuchFileException) {
      return "ENOENT";
    }
    String reason = String.valueOf(e.getMessage());
    return WORDS.entrySet().stream()
        .filter(words -> reason.endsWith(words.getKey()))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse("");
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
