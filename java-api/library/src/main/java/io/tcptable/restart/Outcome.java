// SPDX-License-Identifier: Apache-2.0
package io.tcptable.restart;

/** How a step, or a whole run, ended. */
public enum Outcome {
  /** All was done. */
  DONE,
  /** There was nothing to do. */
  SKIPPED,
  /** It could not be done. Nothing was stopped or started. */
  REFUSED,
  /** It could not be done to the end. Something was stopped or started before. */
  FAILED,
  /** It was cancelled: its thread was interrupted. */
  CANCELLED
}
