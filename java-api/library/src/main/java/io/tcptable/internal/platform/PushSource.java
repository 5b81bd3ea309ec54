// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.platform;

import io.tcptable.internal.platform.SourceException.Kind;

/** Opens a way in which the system tells of its sockets by itself. Safe for use by many threads. */
@FunctionalInterface
public interface PushSource {

  /** That of a system that does not tell it, or not by the way its sockets are read. */
  static PushSource none(String reason) {
    return localPorts -> {
      throw new SourceException(Kind.UNSUPPORTED, "", "", reason);
    };
  }

  /**
   * Of the network namespace of the calling thread, from now on.
   *
   * @param localPorts the ones that are wanted; none for all. What is told of others is no mistake
   * @throws SourceException if the system does not tell it, or not to this user
   */
  PushedSockets open(int... localPorts);
}
