// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.linux.kernel;

import io.tcptable.internal.binding.CallBuffer;
import io.tcptable.internal.binding.LinuxCalls;
import java.nio.ByteBuffer;

/**
 * What many links of {@code /proc/PID/fd} lead to: {@code struct tcpt_socket_links} of {@code
 * native/src/main/c/linux/socket_links.h}.
 */
public final class SocketLinks {

  private static final int READ = 0;
  private static final int SOCKETS = 4;
  private static final int INODES = 8;

  private final ByteBuffer links;

  /**
   * @param room for so many sockets
   */
  SocketLinks(int room) {
    links = CallBuffer.allocate(INODES + room * Long.BYTES);
  }

  /** Returns where the first entry begins that is yet to be read. */
  int read(LinuxCalls calls, int directory, ByteBuffer entries) {
    links.putLong(READ, 0);
    return calls.socket_links(directory, entries, links);
  }

  /** How many links were read. */
  public int read() {
    return links.getInt(READ);
  }

  /** How many of them lead to sockets. */
  public int sockets() {
    return links.getInt(SOCKETS);
  }

  /** The inode of a socket. */
  public long inode(int number) {
    return links.getLong(INODES + number * Long.BYTES);
  }
}
