// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.platform;

/**
 * What the system tells by itself of the TCP sockets of one network namespace: that they end, or
 * each change of their states. For one thread, but for {@link #wake}.
 */
public interface PushedSockets extends AutoCloseable {

  /** Takes what is told of one socket. */
  @FunctionalInterface
  interface Sink {

    /**
     * A socket has ended.
     *
     * @param cookie the same as in a table
     * @param local the local address in network byte order, 4 or 16 bytes
     * @param remote likewise, zeros if there is none
     */
    void ended(long cookie, byte[] local, int localPort, byte[] remote, int remotePort);

    /**
     * The same socket has never been connected, though it was to be: it was refused, or nobody
     * answered.
     *
     * @param remotePort 0 if the system has forgotten it, as it does where the program has learned
     *     of the failure by {@code connect(2)}
     */
    default void failed(int localPort, byte[] remote, int remotePort) {}

    /** The state of a socket changes. Of no interest to whoever asks for ends. */
    default void changed(StateChange change) {}
  }

  /**
   * Waits until something is there to be read, so many milliseconds at most, or until it is woken.
   *
   * @throws SourceException if it cannot wait
   */
  void await(int millis);

  /**
   * Hands out what is there, in the order in which it was told.
   *
   * @throws SourceException if it cannot be read
   */
  Reading read(Sink sink);

  /**
   * What came of reading.
   *
   * @param sockets how many records there were
   * @param isLossy whether the system could not deliver some
   * @param lost how many; 0 if that is not known
   */
  record Reading(int sockets, boolean isLossy, long lost) {}

  /** Ends a wait; from any thread. Does nothing once it is closed. */
  void wake();

  @Override
  void close();
}
