// SPDX-License-Identifier: Apache-2.0
package io.tcptable.restart;

import io.tcptable.OsProcess;
import io.tcptable.process.PortRole;
import java.util.Optional;

/**
 * A process that is to be stopped.
 *
 * @param role what makes it one
 * @param why the same in words, with figures
 * @param portRole what it has to do with the port
 * @param user the name of the user it runs as, as in {@link OsProcess#user()}
 */
public record Target(
    OsProcess process, Role role, String why, PortRole portRole, Optional<String> user) {

  /** What makes a process one that is to be stopped. */
  public enum Role {
    /** It listens on the port. */
    LISTENER,
    /** It holds connections whose local port is the port. */
    CONNECTION,
    /** It runs those that do, and would run them again. */
    PARENT,
    /** It works for one that listens, and holds no socket of the port itself. */
    WORKER
  }

  /** The process and why: {@code python3(19508) listens on 127.0.0.1:3001}. */
  @Override
  public String toString() {
    return process + " " + why;
  }
}
