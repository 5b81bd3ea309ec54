// SPDX-License-Identifier: Apache-2.0
package io.tcptable.watch;

import io.tcptable.TcpState;
import java.time.Duration;
import java.util.Optional;

/** What is remembered of one socket from look to look. All times are those of System.nanoTime(). */
final class TrackedSocket {

  private final boolean wasBefore;
  private final long absentAt;
  private final long firstSeen;

  /** As it was last seen. */
  WatchedSocket socket;

  /** Since when it is known to be in CLOSE_WAIT, if it is. */
  long closeWaitSince;

  /** When the system last told of it; as long ago as can be if it never did. */
  long pushedAt = Long.MIN_VALUE;

  /** Whether a look has seen it, and so knows its owners. */
  boolean isLookedAt;

  /** Until when it is known to have been there, once it is gone. */
  long lastSeen;

  /** How it ended, once it is gone. */
  Ending ending = Ending.NOT_SEEN;

  private TrackedSocket(WatchedSocket socket, boolean wasBefore, long absentAt, long seen) {
    this.socket = socket;
    this.wasBefore = wasBefore;
    this.absentAt = absentAt;
    this.firstSeen = seen;
  }

  /** One that was there when the watch began. */
  static TrackedSocket before(WatchedSocket socket, long seen) {
    return new TrackedSocket(socket, true, seen, seen);
  }

  /**
   * One that came.
   *
   * @param absentAt when it was not there yet
   */
  static TrackedSocket opened(WatchedSocket socket, long absentAt, long seen) {
    return new TrackedSocket(socket, false, absentAt, seen);
  }

  boolean isListener() {
    return socket.state() == TcpState.LISTEN;
  }

  boolean wasBefore() {
    return wasBefore;
  }

  long firstSeen() {
    return firstSeen;
  }

  /** How long it lived at least, if it was there at that time. */
  Duration atLeast(long there) {
    return Duration.ofNanos(Math.max(0, there - firstSeen));
  }

  /** How long it lived at most, if it was gone at that time. */
  Optional<Duration> atMost(long gone) {
    return wasBefore ? Optional.empty() : Optional.of(Duration.ofNanos(gone - absentAt));
  }
}
