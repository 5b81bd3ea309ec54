// SPDX-License-Identifier: Apache-2.0
package io.tcptable;

import java.util.List;

/**
 * Who opened a socket that has outlived its process. Windows still names the process that has
 * ended, but another process has inherited the handle and keeps the socket open. A process that has
 * the PID now but started after the socket was made is not meant.
 *
 * @param pid the process ID of the one that has ended
 * @param heirs the running processes that it started, one of which usually has the handle; none if
 *     they have ended too and only their children run
 */
public record InheritedSocket(long pid, List<OsProcess> heirs) {

  /** Keeps its own copy. */
  public InheritedSocket {
    heirs = List.copyOf(heirs);
  }
}
