// SPDX-License-Identifier: Apache-2.0
package io.tcptable.restart;

import java.util.List;

/**
 * Why a step could not be done.
 *
 * @param kind for programs
 * @param message for people: what was seen, in one line
 * @param advice what to do about it, commands where there are any, the best first
 */
public record Refusal(Kind kind, String message, List<String> advice) {

  /** Keeps its own copy. */
  public Refusal {
    advice = List.copyOf(advice);
  }

  static Refusal of(Kind kind, String message, String... advice) {
    return new Refusal(kind, message, List.of(advice));
  }

  /** What kind of obstacle it is; names are stable, new ones may come. */
  public enum Kind {
    /** The command cannot be started: no such program or directory, or no log can be written. */
    COMMAND_UNUSABLE,
    /** Another restart of the same port is under way, by the same user or by root. */
    BUSY,
    /** The system did not answer, or not completely. */
    SYSTEM_ERROR,
    /** Somebody whose identity cannot be seen is on the port. */
    OWNER_UNKNOWN,
    /** One that must not be stopped listens on the port. */
    PROTECTED,
    /** A supervisor runs the server, and is the one to restart it. */
    SUPERVISED,
    /** This user may not stop all of them. */
    NO_PERMISSION,
    /** Others are on the port than those in the plan that was approved. */
    OWNERS_CHANGED,
    /** Somebody is on the port where nobody should be. */
    PORT_TAKEN,
    /** One could not be ended. */
    WOULD_NOT_END,
    /** Nobody listens any more, but the port cannot be bound. */
    NOT_FREE,
    /** Somebody listens again, though all were stopped. */
    CAME_BACK,
    /** What was started ended before it listened, or before it was healthy. */
    EXITED,
    /** Somebody else was quicker and listens instead of what was started. */
    TAKEN_BY_ANOTHER,
    /** What was started does not listen, and the time is up. */
    NOT_LISTENING,
    /** What was started listens but is not healthy, and the time is up. */
    UNHEALTHY
  }
}
