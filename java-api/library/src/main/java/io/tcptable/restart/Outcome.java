// SPDX-License-Identifier: Apache-2.0
package io.tcptable.restart;

/** How a step, or a whole run, ended. */
public enum Outcome {
  /** As wanted. */
  DONE,
  /** Nothing to do. */
  SKIPPED,
  /** Not as wanted, and before anything was stopped or started: all is as it was. */
  REFUSED,
  /** Not as wanted, after something was stopped or started. */
  FAILED,
  /** Broken off, because its thread was interrupted. */
  CANCELLED
}
