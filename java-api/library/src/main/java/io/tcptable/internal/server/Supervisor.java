// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.server;

import io.tcptable.Advice;
import java.util.Optional;

/**
 * Who runs a server and would start it again, or report it as failed, if it were stopped directly.
 *
 * @param kind what it is
 * @param name what it is called: {@code web.service}, {@code supervisord}
 * @param restart how to restart the server there
 * @param status how to look at the server there; empty if no command is known
 */
public record Supervisor(Kind kind, String name, Advice restart, Optional<Advice> status) {

  /** What a supervisor is. */
  public enum Kind {
    /** A service manager of the system, by the service. */
    SERVICE("is managed by", ": restart it there"),
    /** A container, which is started and stopped as a whole. */
    CONTAINER("runs in", ": restart that"),
    /** A program that starts servers and watches them, such as supervisord. */
    PROGRAM("is managed by", ": restart it there"),
    /** Not the server itself: a process that forwards the port to a container. */
    CONTAINER_FORWARD("forwards the port to a container of", ": restart the container"),
    /** Not the server itself: a process that forwards the port through an SSH connection. */
    SSH_FORWARD("forwards the port for", ": close that connection"),
    /** Not the server itself: a process that forwards the port to another machine, or the like. */
    FORWARD("forwards the port for", ": it may do so for other ports too"),
    /** The supervisor itself, which listens for the servers that it runs. */
    LISTENING_SUPERVISOR(
        "is the supervisor", ", which listens for its servers: restart them there"),
    /** A process that starts a server for each connection. */
    SUPER_SERVER("starts servers on demand as", ": restart that service");

    private final String relation;
    private final String consequence;

    Kind(String relation, String consequence) {
      this.relation = relation;
      this.consequence = consequence;
    }
  }

  /** What was seen: {@code python3(8842) is managed by supervisord}. */
  public String seen(String processes) {
    return processes + " " + relation();
  }

  /** The same without the processes: {@code is managed by supervisord}. */
  String relation() {
    return kind.relation + " " + name;
  }

  /** What to do with it, after {@link #seen}: {@code : restart it there}. */
  public String consequence() {
    return kind.consequence;
  }

  /**
   * The supervisor of a process that is on the port; empty if none is known.
   *
   * @param view from where it is looked at
   */
  public static Optional<Supervisor> of(ServerProcess process, int port, Viewpoint view) {
    return new SupervisorSearch(process, port, view, new AncestorSupervisors(view)).find();
  }
}
