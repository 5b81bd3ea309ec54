// SPDX-License-Identifier: Apache-2.0
package io.tcptable.guard;

/**
 * Why a guard ended.
 *
 * @param reason for programs
 * @param message for people, in one line
 */
public record GuardEnd(Reason reason, String message) {

  /** Why a guard ended; names are stable, new ones may come. */
  public enum Reason {
    /** The server ended by itself, with exit code 0. */
    SERVER_ENDED,
    /** The guard was asked to stop, and no server of it runs any more. */
    STOPPED,
    /** The guard was asked to stop, and could not stop its server. */
    STOP_FAILED,
    /** There were too many restarts. */
    GAVE_UP,
    /**
     * Nothing was started: a server is on the port, another guard is, or the command is unusable.
     */
    REFUSED,
    /** Nothing was started, for want of a right or since the system failed. */
    FAILED
  }

  /** The message. */
  @Override
  public String toString() {
    return message;
  }
}
