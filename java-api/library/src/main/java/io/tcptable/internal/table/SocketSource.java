// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.table;

import io.tcptable.internal.platform.SourceException;

/** The TCP sockets of an operating system. Safe for use by many threads. */
public interface SocketSource {

  /** The word for it in {@code --version} and in JSON. */
  String name();

  /**
   * Writes all sockets that match into the builder, which it starts itself, again at each attempt.
   *
   * @throws SourceException if the sockets could not be read, or not completely
   */
  void read(SocketFilter filter, SocketColumnsBuilder into);

  /**
   * Drops a connection at once.
   *
   * @param sockets what this source has read
   * @param row a connection among them
   * @return whether there was still one to drop: false if it was gone already
   * @throws SourceException if there is no way to drop it, or this user may not
   */
  boolean drop(SocketColumns sockets, int row);
}
