// SPDX-License-Identifier: Apache-2.0
package io.tcptable.restart;

/**
 * Follows a run while it goes on. Called in the thread that runs, which waits meanwhile; must not
 * throw.
 */
public interface StepListener {

  /**
   * A step begins.
   *
   * @param what what it is about to do, in one line
   */
  default void began(StepName step, String what) {}

  /** A step is over. */
  default void ended(StepResult result) {}
}
