// SPDX-License-Identifier: Apache-2.0
package io.tcptable.restart;

import io.tcptable.TcpSocket;

/**
 * What happened to a connection that was to be dropped.
 *
 * @param socket as it was when the plan was made
 * @param detail what more there is to say, in a line; empty if there is nothing
 */
public record DroppedConnection(TcpSocket socket, Outcome outcome, String detail) {

  public enum Outcome {
    DROPPED,
    /** It ended by itself before it could be dropped. */
    GONE,
    /** It went on to a state in which it was not to be dropped, and was left alone. */
    CHANGED,
    /** The system said that it had dropped it, but it is there. */
    REMAINS,
    /** The system refused. */
    FAILED;

    /** Whether nothing that was wanted is left to be done. */
    public boolean isWell() {
      return this != REMAINS && this != FAILED;
    }
  }
}
