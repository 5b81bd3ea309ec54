// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.metrics;

/** What is measured, and how it is called. */
public enum TcpMetric {
  LISTENERS("tcptable.listeners", Kind.GAUGE, "", "Listening sockets of the port."),
  SERVERS(
      "tcptable.servers",
      Kind.GAUGE,
      "",
      "Independent servers that listen on the port and that a client cannot tell apart; 1 if each"
          + " has an address of its own."),
  CONNECTIONS(
      "tcptable.connections",
      Kind.GAUGE,
      "",
      "Sockets of the port that do not listen, by state; closed: bound only."),
  ACCEPT_QUEUE_LENGTH(
      "tcptable.accept.queue.length",
      Kind.GAUGE,
      "",
      "Connections that wait to be accepted, of the listener of the port whose queue is fullest."),
  ACCEPT_QUEUE_LIMIT(
      "tcptable.accept.queue.limit",
      Kind.GAUGE,
      "",
      "How many connections may wait to be accepted, of the same listener."),
  CLOSE_WAIT_SILENCE(
      "tcptable.close.wait.silence",
      Kind.GAUGE,
      "seconds",
      "Longest time since a connection in CLOSE_WAIT received data: it is in CLOSE_WAIT for that"
          + " long at most; 0 if there is none."),
  OWNER_SOCKETS(
      "tcptable.owner.sockets", Kind.GAUGE, "", "Sockets of the port that a process owns."),
  LISTEN_OVERFLOWS(
      "tcptable.listen.overflows",
      Kind.COUNTER,
      "",
      "Connections that were not taken because an accept queue was full, of all ports."),
  LISTEN_DROPS(
      "tcptable.listen.drops",
      Kind.COUNTER,
      "",
      "Connection requests that listeners dropped for any reason, of all ports."),
  UNREADABLE_PROCESSES(
      "tcptable.unreadable.processes",
      Kind.GAUGE,
      "",
      "Processes that this user may not look into: owners may be missing. Not known if the system"
          + " hides them."),
  READABLE(
      "tcptable.readable",
      Kind.GAUGE,
      "",
      "1 if the sockets could be read, 0 if not: then the other values are not known.");

  /** What a value means over time. */
  public enum Kind {
    GAUGE,
    COUNTER
  }

  /** An attribute of OpenTelemetry's registry: the local port. */
  public static final String PORT = "network.local.port";

  /** Likewise: the state in lower case, such as {@code close_wait}. */
  public static final String STATE = "network.connection.state";

  /** Likewise: the ID of an owner. */
  public static final String PID = "process.pid";

  /** Likewise: the name of an owner, as {@code ps} and {@code top} show it. */
  public static final String TITLE = "process.title";

  private final String dotted;
  private final Kind kind;
  private final String unit;
  private final String description;

  TcpMetric(String dotted, Kind kind, String unit, String description) {
    this.dotted = dotted;
    this.kind = kind;
    this.unit = unit;
    this.description = description;
  }

  /** Its name with dots, as Micrometer and OpenTelemetry write names. */
  public String dotted() {
    return dotted;
  }

  public Kind kind() {
    return kind;
  }

  /** The unit; empty for a number of things. */
  public String unit() {
    return unit;
  }

  /** One sentence. */
  public String description() {
    return description;
  }
}
