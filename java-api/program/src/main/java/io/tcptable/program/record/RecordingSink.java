// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.record;

/** Takes the lines of a recording as they come. Called by one thread at a time. */
public interface RecordingSink {

  /**
   * Takes one line.
   *
   * @param json one object, in ASCII
   */
  void line(String json);

  /** Passes on what was taken until now: all of it, in whole lines. */
  default void flush() {}

  /** Whether it takes no more, such as on a full disk. The recording ends then. */
  default boolean isBroken() {
    return false;
  }
}
