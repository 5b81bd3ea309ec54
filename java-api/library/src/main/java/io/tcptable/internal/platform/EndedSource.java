// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.platform;

import io.tcptable.internal.platform.SourceException.Kind;

/** Opens the way in which the system tells that sockets end. Safe for use by many threads. */
@FunctionalInterface
public interface EndedSource {

  /** That of a system that does not tell it, or not by the way its sockets are read. */
  static EndedSource none(String reason) {
    return () -> {
      throw new SourceException(Kind.UNSUPPORTED, "", "", reason);
    };
  }

  /**
   * Of the network namespace of the calling thread, from now on.
   *
   * @throws SourceException if the system does not tell it, or not to this user
   */
  EndedSockets open();
}
