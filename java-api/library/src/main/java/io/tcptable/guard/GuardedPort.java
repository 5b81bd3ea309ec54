// SPDX-License-Identifier: Apache-2.0
package io.tcptable.guard;

import io.tcptable.diagnose.Verdict;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** What a guard sees of its port, and what it does there. */
interface GuardedPort {

  /**
   * What a look saw.
   *
   * @param state what it comes to
   * @param what what was seen, as part of a sentence
   * @param exitCode of a server that has ended, if it is known
   */
  record Look(State state, String what, OptionalInt exitCode) {

    enum State {
      /** The server listens and is healthy. */
      GOOD,
      /** The server listens and is not healthy. */
      UNHEALTHY,
      /** The server runs, but nothing listens. */
      NOT_LISTENING,
      /** The server has ended, and nothing listens. */
      ENDED,
      /** Another server listens. */
      REPLACED
    }

    static Look of(State state, String what) {
      return new Look(state, what, OptionalInt.empty());
    }
  }

  /**
   * What a diagnosis came to.
   *
   * @param headline the same as the first part of a sentence
   */
  record Judgement(Verdict verdict, String headline) {}

  /**
   * What became of a start or a restart.
   *
   * @param what what was done or seen, as part of a sentence
   */
  record Attempt(Kind kind, String what) {

    enum Kind {
      /** As wanted: it is healthy or, of a stop, has ended. */
      DONE,
      /** It runs, and is not healthy. */
      UNHEALTHY,
      /** It ended before it was healthy. */
      ENDED,
      /** Another restart of the port is under way. */
      BUSY,
      /** Another server is on the port. */
      TAKEN,
      /** The request can never be met: nothing was done. */
      REFUSED,
      /** The system failed, or the server could not be stopped. */
      FAILED
    }
  }

  /**
   * What was saved.
   *
   * @param folder where; empty if there is none
   * @param failure what could not be saved, and why, in one line; empty if all was
   */
  record Saved(Optional<Path> folder, Optional<String> failure) {}

  /** The time, by a clock that is not set meanwhile. */
  Instant now();

  /** Waits; returns early if the server that this guard started ends meanwhile. */
  void pause(Duration time) throws InterruptedException;

  /** Starts the server, if nobody is on the port. */
  Attempt start() throws InterruptedException;

  /** Looks at the port: cheaply. */
  Look look() throws InterruptedException;

  /**
   * Diagnoses the port, and keeps the diagnosis for {@link #save}.
   *
   * @param threads whether JVMs are asked for thread dumps
   */
  Judgement diagnose(boolean threads) throws InterruptedException;

  /** Saves the last diagnosis and what belongs to it; never fails. */
  Saved save(List<GuardEvent> seen);

  /** Stops the server that this guard guards, and only that, and starts it again. */
  Attempt restart() throws InterruptedException;

  /** The process that restarts the port now, if another one does. */
  Optional<String> otherRestart();

  /**
   * Takes the server that listens now as the one that is watched.
   *
   * @return whether it runs the command of this guard, so that it may be restarted
   */
  boolean adopt();

  /** The PID of the server that is watched, if it is known. */
  OptionalLong pid();

  /** Whether the server that is watched may be stopped. */
  boolean isOwn();

  /** Stops the server that is guarded, politely and then by force; never fails. */
  Attempt stop();
}
