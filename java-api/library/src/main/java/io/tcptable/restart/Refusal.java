// SPDX-License-Identifier: Apache-2.0
package io.tcptable.restart;

import io.tcptable.Advice;
import io.tcptable.ListenAddress;
import io.tcptable.OsProcess;
import io.tcptable.internal.Platforms;
import io.tcptable.internal.platform.BindTest;
import io.tcptable.internal.platform.Right;
import io.tcptable.internal.server.PortScope;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Why a step could not be done.
 *
 * @param kind for programs
 * @param message for people: what was seen, in one line
 * @param advice what to do about it, the best first
 */
public record Refusal(Kind kind, String message, List<Advice> advice) {

  /** Keeps its own copy. */
  public Refusal {
    advice = List.copyOf(advice);
  }

  static Refusal of(Kind kind, String message, Advice... advice) {
    return new Refusal(kind, message, List.of(advice));
  }

  /** One with a sentence that says what to do. */
  static Refusal hint(Kind kind, String message, String sentence) {
    return of(kind, message, new Advice.Hint(sentence));
  }

  static Refusal noPermission(Collection<OsProcess> forbidden) {
    return of(
        Kind.NO_PERMISSION,
        "this user may not stop " + Processes.names(forbidden),
        permit(Right.STOP_PROCESSES),
        new Advice.StopSome());
  }

  /**
   * Where nobody listens, but an address cannot be bound.
   *
   * @param left the sockets that are still on the port; empty if none is seen
   */
  static Refusal notBindable(ListenAddress address, BindTest bind, String left, PortScope scope) {
    String refused = bind.refusal().orElseThrow();
    return bind.isDenied() && left.isEmpty()
        ? of(
            Kind.NO_PERMISSION,
            "nobody listens, but this user may not bind " + address + ": " + refused,
            diagnose(scope))
        : of(
            Kind.NOT_FREE,
            "nobody listens, but "
                + (address + " cannot be bound: " + refused)
                + ("; still on the port: " + orNone(left)),
            diagnose(scope));
  }

  static String orNone(String sockets) {
    return sockets.isEmpty() ? "no visible socket" : sockets;
  }

  /** What to do where this process lacks a right. */
  static Advice permit(Right right) {
    return new Advice.Hint(Platforms.current().advice(right));
  }

  static Advice diagnose(PortScope scope) {
    return new Advice.Diagnose(
        scope.port(), Advice.Diagnose.How.AGAIN, Optional.empty(), scope.address());
  }

  /** What kind of refusal it is; names are stable, new ones may come. */
  public enum Kind {
    /** The health check could not succeed, however healthy the server is. */
    HEALTH_UNUSABLE,
    /** The command cannot be started: no such program or directory, or no log can be written. */
    COMMAND_UNUSABLE,
    /** Another restart of the same port is under way, by the same user or by root. */
    BUSY,
    /** The system did not answer, or not completely. */
    SYSTEM_ERROR,
    /** An owner of the port cannot be identified. */
    OWNER_UNKNOWN,
    /** A process that must not be stopped listens on the port. */
    PROTECTED,
    /** A supervisor manages the server: it must be restarted there. */
    SUPERVISED,
    /** Servers that have nothing to do with each other listen on different addresses. */
    SEVERAL_SERVERS,
    /** A process that would be stopped also serves other ports. */
    OTHER_PORTS,
    /** This user may not stop all of them. */
    NO_PERMISSION,
    /** The server cannot be started again the way it was, see {@link PortRestart#asItWas}. */
    NOT_REPRODUCIBLE,
    /** Other processes are on the port than in the plan that was approved. */
    OWNERS_CHANGED,
    /**
     * What is to be started could not bind the port: it lacks the right, or the address is not
     * here.
     */
    CANNOT_BIND,
    /** A process listens on the port where none should. */
    PORT_TAKEN,
    /** A process was killed but did not end. */
    WOULD_NOT_END,
    /** Nobody listens any more, but the port cannot be bound. */
    NOT_FREE,
    /** A process listens again after all were stopped. */
    CAME_BACK,
    /** Nobody on the port is in a container, or forwards to one, whose runtime could restart it. */
    NO_CONTAINER,
    /** The runtime of a container could not restart it. */
    RUNTIME_FAILED,
    /** What was started ended before it listened, or before it was healthy. */
    EXITED,
    /** Another process listens instead of what was started. */
    TAKEN_BY_ANOTHER,
    /** What was started does not listen, and the time is up. */
    NOT_LISTENING,
    /** What was started listens but is not healthy, and the time is up. */
    UNHEALTHY
  }
}
