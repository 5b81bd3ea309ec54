// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

/** What was found, under a name that stays the same; each has a page in {@code docs/findings}. */
public enum FindingCode {
  /** The owner is stopped by a signal. */
  PROCESS_STOPPED,
  /** The owner is stopped by a debugger. */
  PROCESS_TRACED,
  /** The owner waits inside the kernel and no signal reaches it. */
  PROCESS_BLOCKED,
  /** The owner's control group is frozen. */
  PROCESS_FROZEN,
  /**
   * The first thread of the owner has ended, others hold the socket; if they serve, information.
   */
  PROCESS_ZOMBIE,
  /** The server ends and is started again and again. */
  CRASH_LOOP,
  /** A container that publishes the port is restarting, or has ended. */
  CONTAINER_DOWN,
  /** Threads of the owner wait for each other without end. */
  DEADLOCK,
  /** Threads of the owner, a JVM, wait for one lock or are at one place. */
  THREADS_STUCK,
  /** A thread of the owner computes all the time. */
  CPU_BUSY,
  /** The owner has no descriptors left, or nearly none. */
  DESCRIPTORS_EXHAUSTED,
  /** The server waits for the answer of another server, or of itself. */
  WAITS_FOR_SERVER,
  /** The server could not connect to another server. */
  CANNOT_CONNECT,
  /** The owner's control group is near its memory limit. */
  MEMORY_LIMIT,
  /** The port is forwarded to a server elsewhere; information, unless it is not reached there. */
  FORWARDED,
  /** Nobody listens. */
  NOBODY_LISTENING,
  /** The port is free, but cannot be bound. */
  BIND_REFUSED,
  /** The loopback interface is down. */
  LOOPBACK_DOWN,
  /** Independent servers listen on the port. */
  SEVERAL_SERVERS,
  /** The server waits for clients that send nothing. */
  SILENT_CLIENTS,
  /** The accept queue is full. */
  ACCEPT_QUEUE_FULL,
  /** Connections wait in the accept queue and are not taken out. */
  NOT_ACCEPTING,
  /** The application does not read what it was sent. */
  NOT_READING,
  /** The peers have closed, the application has not. */
  CLOSE_WAIT_PILEUP,
  /** The server has not closed its own connections to others, which these have closed. */
  OUTGOING_CLOSE_WAIT,
  /** Too many handshakes are half done. */
  SYN_BACKLOG,
  /** The kernel dropped requests for a connection while we looked. */
  LISTEN_DROPS,
  /** Bytes sent are not acknowledged. */
  PEER_NOT_READING,
  /** Local ports for connections to this port run out. */
  PORTS_EXHAUSTED,
  /** The application has closed, the peers have not. */
  FIN_WAIT_PILEUP,
  /** Connections that no process holds any more do not come to an end. */
  ORPHANS,
  /** It listens at another address than the one asked. */
  ADDRESS_MISMATCH,
  /** The health probe was refused. */
  HEALTH_REFUSED,
  /** The health probe could not reach the host. */
  HEALTH_UNREACHABLE,
  /** The health probe got no connection in time. */
  HEALTH_CONNECT_TIMEOUT,
  /** The health probe got no byte in time. */
  HEALTH_NO_RESPONSE,
  /** The health probe's connection was closed before it was answered. */
  HEALTH_CLOSED,
  /** The health probe got no secure connection. */
  HEALTH_TLS_FAILED,
  /** The health probe was answered in another protocol. */
  HEALTH_NOT_HTTP,
  /** The health probe was answered with another status. */
  HEALTH_WRONG_STATUS,
  /** The health probe was answered with another body. */
  HEALTH_WRONG_BODY,
  /** The health probe was answered too late. */
  HEALTH_SLOW,
  /** The server speaks another protocol than the assumed health check: information. */
  OTHER_PROTOCOL,
  /** Whose a socket is could not be seen. */
  OWNER_UNKNOWN,
  /** A listener takes connections of one network interface only: information. */
  BOUND_TO_INTERFACE,
  /** Processes of one server share the listening socket: information. */
  SHARED_LISTENER,
  /** A process holds a listener that it has inherited from another program: information. */
  INHERITED_LISTENER,
  /** The owners serve other ports too: information. */
  OTHER_PORTS_SERVED,
  /** A service manager restarts the owner: information. */
  SUPERVISED,
  /** The owner's parent runs the same program and may restart it: information. */
  RELOADER_PARENT,
  /** The owner runs in a container: information. */
  IN_CONTAINER,
  /** The owner runs in other namespaces: information. */
  OTHER_NAMESPACE,
  /** The owner runs as another user: information. */
  OTHER_USER,
  /** Where the owner writes its logs: information. */
  LOGS
}
