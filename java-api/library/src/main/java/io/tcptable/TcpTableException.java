// SPDX-License-Identifier: Apache-2.0
package io.tcptable;

import io.tcptable.internal.platform.SourceException;
import java.io.Serial;
import java.util.function.Supplier;

/**
 * The table could not be read, or not completely; or a process could not be looked at or signalled.
 * The message is one line: what was tried, what the system said, what to do about it.
 */
public final class TcpTableException extends RuntimeException {

  @Serial private static final long serialVersionUID = 1L;

  /** What kind of failure it is, to switch on. Later versions may have more. */
  public enum Kind {
    /** This user may not: {@code EPERM} or {@code EACCES}, or what Windows says instead. */
    PERMISSION,
    /** This operating system, kernel or sandbox does not offer it. */
    UNSUPPORTED,
    /** Descriptors or memory ran out; it may work later. */
    EXHAUSTED,
    /**
     * The binding or the source of owners that the properties {@code tcptable.binding} and {@code
     * tcptable.owners} demand is unknown or cannot be used.
     */
    FORCED_BINDING,
    /** Interrupted, or outrun by changes, again and again; it may work at the next try. */
    INTERRUPTED,
    /** The system failed in another way, or its answer makes no sense. */
    SYSTEM
  }

  private final Kind kind;
  private final String call;
  private final String error;

  TcpTableException(SourceException e) {
    super(String.valueOf(e.getMessage()), e);
    this.kind = Kind.valueOf(e.kind().name());
    this.call = e.call();
    this.error = e.error();
  }

  /** Asks a source, whose failures become one of these. */
  static <T> T asking(Supplier<T> question) {
    try {
      return question.get();
    } catch (SourceException e) {
      throw new TcpTableException(e);
    }
  }

  /** What kind of failure it is. */
  public Kind kind() {
    return kind;
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
