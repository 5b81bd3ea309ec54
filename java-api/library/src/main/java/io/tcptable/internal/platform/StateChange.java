// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.platform;

/**
 * A change of the state of one TCP socket, as the system tells it.
 *
 * @param cookie the same as in a table
 * @param before the state before, by {@link io.tcptable.internal.table.StateNumber}
 * @param after the state after
 * @param local the local address in network byte order, 4 or 16 bytes
 * @param localPort 0 if the socket has none yet
 * @param remote likewise, zeros if there is none
 * @param nanos when, by System.nanoTime()
 * @param cause why it ends, if that is known
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, never changed
public record StateChange(
    long cookie,
    int before,
    int after,
    byte[] local,
    int localPort,
    byte[] remote,
    int remotePort,
    long nanos,
    Cause cause) {

  /** Why a connection ends that was not closed in order. */
  public enum Cause {
    NONE,
    /** The peer has reset or refused it. */
    RESET_BY_PEER,
    /** The peer does not answer, or cannot be reached. */
    TIMED_OUT,
    OTHER
  }
}
