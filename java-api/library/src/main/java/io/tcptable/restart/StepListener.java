// SPDX-License-Identifier: Apache-2.0
package io.tcptable.restart;

/**
 * Follows a run while it goes on. Called in the thread that runs, which waits meanwhile. Should not
 * throw: what it throws before anything was stopped or started ends the run and is thrown to the
 * caller; later, the run goes on, and {@link RestartReport#situation()} tells it.
 */
public interface StepListener {

  /**
   * A step begins.
   *
   * @param what what it is about to do, in one line
   */
  default void began(StepName step, String what) {}

  /**
   * The command was started. The step goes on; what is started by a {@linkplain
   * PortRestart#byRuntime runtime} is not told.
   *
   * @param process to wait for its end and its exit code. It is not to be stopped by this: a later
   *     step says whether it is healthy. A command that goes into the background ends soon, and
   *     {@link RestartReport.Started#pid()} is another process then
   */
  default void started(Process process) {}

  /** A step is over. */
  default void ended(StepResult result) {}
}
