// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import io.tcptable.Advice;
import io.tcptable.internal.server.SupervisorCommand;
import io.tcptable.process.ProcessStatus;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** How owners whose control group is frozen are made to run again. */
final class Thaw {

  private Thaw() {}

  static List<ProcessEvidence> frozen(Observations observed) {
    return observed.owners().stream().filter(Thaw::isFrozen).toList();
  }

  static boolean isFrozen(ProcessEvidence process) {
    return process.status().flatMap(ProcessStatus::frozenBy).isPresent();
  }

  /** What to do instead of a restart, which would not help; empty if no owner is frozen. */
  static Optional<List<Advice>> instead(Observations observed) {
    return frozen(observed).stream().findFirst().map(owner -> advice(observed, owner));
  }

  /** By who has frozen it: the container runtime, the service manager, or anybody by the file. */
  static List<Advice> advice(Observations observed, ProcessEvidence owner) {
    Path file = owner.status().flatMap(ProcessStatus::frozenBy).orElseThrow();
    Optional<String> container =
        observed
            .processes()
            .containerCalled(owner)
            .filter(name -> name.startsWith("docker ") || name.startsWith("libpod "));
    if (container.isPresent()) {
      return List.of(
          new Advice.Command(
              new SupervisorCommand(observed.platform()).ofContainer(container.get(), "unpause")));
    }
    Optional<String> service =
        observed.processes().serviceOf(owner).filter(unit -> isOf(file, unit));
    return List.of(
        service
            .map(unit -> observed.commands().service("thaw", unit, false))
            .or(() -> observed.commands().thaw(file))
            .<Advice>map(Advice.Command::new)
            .orElseGet(() -> new Advice.Hint("Thaw the control group of " + owner + ".")));
  }

  /** Whether the file is that of the group of a service itself, and of none above. */
  private static boolean isOf(Path file, String service) {
    return Optional.ofNullable(file.getParent()).filter(it -> it.endsWith(service)).isPresent();
  }
}
