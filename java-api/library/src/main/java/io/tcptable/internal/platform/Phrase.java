// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.platform;

/**
 * What each operating system words in its own way. A whole sentence ends in a full stop; the others
 * are parts of one.
 */
public enum Phrase {
  /** Who may do anything: {@code root}. */
  SUPERUSER,
  /** A sentence: what a user cannot do about another user's process. */
  OTHER_USERS_PROCESS,
  /** A sentence: how to see what only the superuser may see. */
  RUN_AS_SUPERUSER,
  /** What an open socket takes up. */
  COST_OF_SOCKET,
  /** A sentence: what has stopped a process. */
  STOPPED,
  /** A sentence: what it means that all processes of a server are stopped. */
  STOPPED_ALL,
  /** A sentence: how to resume a process that is stopped. */
  HOW_TO_RESUME,
  /** Who may answer on a port without a listener. */
  ANSWERED_FROM_ELSEWHERE,
  /** A sentence: where an owner is that cannot be found, though every process could be read. */
  OWNER_ELSEWHERE,
  /** A sentence after another one: that the system itself may be such an owner; or nothing. */
  OWNER_IN_SYSTEM,
  /** A sentence: how to find such an owner. */
  FIND_OWNER,
  /** Where such an owner is, in brief. */
  HIDDEN_OWNER,
  /** A sentence: how to free a port that such an owner holds. */
  FREE_FROM_HIDDEN_OWNER,
  /** What refuses connections at once although there is a listener: "by ...". */
  REFUSED_BY,
  /** A sentence: what happened to a connection request that was not answered. */
  UNANSWERED,
  /** When the system gives up a connection that only the server has closed: "after ...". */
  HALF_CLOSED_ENDS,
  /** A sentence: why a port that is free is denied to this user. */
  BIND_DENIED,
  /** A sentence: what to do about that. */
  PERMIT_BIND,
  /** A sentence: why no program is given a port that is free. */
  BIND_EXCLUDED,
  /** A sentence: what to do about that. */
  AVOID_EXCLUDED,
  /** A sentence: who may hold a port on the system that this one runs in. */
  BIND_HELD_OUTSIDE,
  /** A sentence: how a server gets a port on which closed connections linger. */
  BIND_BESIDE_TIME_WAIT,
  /** What programs are told if there is no local port left, and when there will be one. */
  NO_LOCAL_PORT,
  /** How processes are asked to stop: "... them". */
  ASK_TO_STOP,
  /** Why no process could be asked to stop. */
  CANNOT_ASK,
  /** What a server that was started still depends on. */
  NOT_DETACHED,
  /** Lines of help: who is never stopped ("Never ..., its parents"), and how the others are. */
  HELP_STOPPING,
  /** Help: what a server is given again, but for its command line. */
  HELP_AS_IT_WAS,
  /** Help: where a server that is started runs. */
  HELP_SESSION,
  /** Help: the exit codes of interruptions. */
  HELP_INTERRUPTIONS,
  /** Help: what it takes to reset a connection. */
  HELP_DROPPING,
  /** Help: the parent of the state directory. */
  HELP_STATE_DIRECTORY,
  /** Lines of help: an example of a long command. */
  HELP_LONG_COMMAND,
  /** Lines of help: the column of network namespaces; nothing where there are none. */
  HELP_NAMESPACES,
  /** Help: a command that takes the PIDs out of JSON. */
  HELP_PIDS,
  /** Help: a command that takes the codes of findings out of JSON. */
  HELP_CODES
}
