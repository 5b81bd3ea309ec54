// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.server;

import io.tcptable.OsProcess;
import java.util.Optional;
import java.util.function.Predicate;

/** Whether a process comes from another one: by its ancestors, or by the session that it is in. */
public final class Descent {

  private Descent() {}

  /** Whether a process is such a one, or descends from one. */
  public static boolean isFrom(OsProcess process, Predicate<OsProcess> origin) {
    for (Optional<OsProcess> ancestor = Optional.of(process);
        ancestor.isPresent();
        ancestor = ancestor.get().parent()) {
      if (origin.test(ancestor.get())) {
        return true;
      }
    }
    return false;
  }

  /**
   * Whether a process is in the session that one with this PID began. The number is not given away
   * while anybody is in it.
   */
  public static boolean isInSession(OsProcess process, long leader) {
    return process.status().stream().anyMatch(status -> status.session().orElse(0) == leader);
  }
}
