// SPDX-License-Identifier: Apache-2.0
package io.tcptable.restart;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/**
 * How to stop who is on the port.
 *
 * @param keep the PIDs of those who are never stopped
 * @param partial whether to stop some if not all may be stopped
 * @param ignoreSupervisor whether to stop what a supervisor manages
 * @param otherPorts whether to stop what also serves other ports
 * @param grace how long those who are asked to terminate may take
 * @param settle how long the port must then stay free
 */
record StopSettings(
    Set<Long> keep,
    boolean partial,
    boolean ignoreSupervisor,
    boolean otherPorts,
    Duration grace,
    Duration settle) {

  static final StopSettings DEFAULT =
      new StopSettings(
          Set.of(), false, false, false, PortRestart.DEFAULT_GRACE, PortRestart.DEFAULT_SETTLE);

  StopSettings {
    keep = Set.copyOf(keep);
  }

  StopSettings keep(long pid) {
    Set<Long> more = new HashSet<>(keep);
    more.add(pid);
    return new StopSettings(more, partial, ignoreSupervisor, otherPorts, grace, settle);
  }

  StopSettings allowPartial() {
    return new StopSettings(keep, true, ignoreSupervisor, otherPorts, grace, settle);
  }

  StopSettings ignoringSupervisor() {
    return new StopSettings(keep, partial, true, otherPorts, grace, settle);
  }

  StopSettings withOtherPorts() {
    return new StopSettings(keep, partial, ignoreSupervisor, true, grace, settle);
  }

  StopSettings grace(Duration other) {
    return new StopSettings(keep, partial, ignoreSupervisor, otherPorts, other, settle);
  }

  StopSettings settle(Duration other) {
    return new StopSettings(keep, partial, ignoreSupervisor, otherPorts, grace, other);
  }
}
