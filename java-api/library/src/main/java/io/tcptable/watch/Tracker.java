// SPDX-License-Identifier: Apache-2.0
package io.tcptable.watch;

import io.tcptable.Endpoint;
import io.tcptable.SocketKey;
import java.time.Instant;

/** Makes events of looks and of what the system pushes. For one thread. */
interface Tracker {

  /** What was pushed until now is told; the next look begins. */
  default void startLook() {}

  /** Compares a look with what is known; the first one tells of what is wrong already. */
  void look(Look look);

  /** The system says that a socket has ended. */
  default void ended(SocketKey key, Endpoint local, Endpoint remote, Instant at, long nanos) {}

  /** The system says that the state of a socket changes. */
  default void changed(PushedState change) {}

  /** Whether all that was pushed before a look ended is to be told before the look is. */
  default boolean isAheadOfLooks() {
    return false;
  }

  /** Whether a look is wanted soon, to complete what was pushed. */
  default boolean wantsLook() {
    return false;
  }

  /** Something that was pushed is lost. */
  default void lost() {}

  /** Nothing is pushed from now on: the looks say all. */
  void stopPushes();
}
