// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.platform;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * A container that is set up to publish a port of this machine.
 *
 * @param id runtime and ID, such as {@code docker 5f3c0a...}
 * @param name what people call it, if that is known
 * @param state what its runtime does with it
 * @param restarts how often its runtime has started it again since somebody did
 * @param exitCode with which it last ended, if it does not run
 * @param isOutOfMemory whether the system ended it for lack of memory
 */
public record PublishingContainer(
    String id,
    Optional<String> name,
    State state,
    int restarts,
    OptionalInt exitCode,
    boolean isOutOfMemory) {

  /** What a runtime does with a container. */
  public enum State {
    /** It runs, or is paused. */
    RUNNING,
    /** It has ended, and is about to be started again. */
    RESTARTING,
    /** It has ended, or was never started, and stays so. */
    ENDED
  }

  /** As its tools take it: runtime, then name or ID. */
  public String called() {
    return name.map(it -> id.substring(0, id.indexOf(' ') + 1) + it).orElse(id);
  }
}
