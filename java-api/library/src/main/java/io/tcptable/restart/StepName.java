// SPDX-License-Identifier: Apache-2.0
package io.tcptable.restart;

/**
 * What a restart does, in this order. Which of them a run has is in its {@link RestartPlan}. A
 * server that is to be started the way it was must be found first: there, {@link #PREPARE} follows
 * {@link #FIND}.
 */
public enum StepName {
  /** Check that the command can be started and its log be written. */
  PREPARE,
  /** Keep other restarts of the same port out. */
  LOCK,
  /** Find who is on the port. */
  FIND,
  /** Pin the processes that are to be stopped, and check that this user may stop them. */
  HOLD,
  /** Ask them to terminate, and give them time. */
  TERMINATE,
  /** Kill those that did not, and wait until they have ended. */
  KILL,
  /** Verify that the port is free and stays so. */
  FREE,
  /** Have the runtime of a container restart it, instead of the steps from HOLD to LISTEN. */
  RESTART,
  /** Start the command. */
  START,
  /** Wait until what was started listens on the port. */
  LISTEN,
  /** Wait until it is healthy. */
  HEALTH
}
