// SPDX-License-Identifier: Apache-2.0
package io.tcptable.restart;

import io.tcptable.Advice;
import io.tcptable.OsProcess;
import io.tcptable.internal.server.PortScope;
import io.tcptable.process.PortRole;
import io.tcptable.restart.Refusal.Kind;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Finds the processes that were started, of those that are to be stopped: the others were started
 * by them, so that their command brings them all back.
 */
final class LaunchRoot {

  private LaunchRoot() {}

  /**
   * Usually one process; the oldest first.
   *
   * @throws StepException if there is none, or it is not the server
   */
  static List<OsProcess> of(PortScope scope, List<Target> targets) throws StepException {
    Optional<Target> heir =
        targets.stream()
            .filter(target -> target.portRole().kind() == PortRole.Kind.HEIR)
            .findFirst();
    if (heir.isPresent()) {
      throw refused(scope, heir.get() + ": it is not the server that was started on the port");
    }
    List<OsProcess> all = targets.stream().map(Target::process).toList();
    List<OsProcess> roots =
        targets.stream()
            .filter(target -> target.role() != Target.Role.CONNECTION)
            .map(Target::process)
            .filter(process -> process.parent().filter(all::contains).isEmpty())
            .sorted(Comparator.comparing(OsProcess::startedAt))
            .toList();
    if (roots.isEmpty()) {
      throw refused(scope, "no server listens on " + scope + ", so there is none to start again");
    }
    return roots;
  }

  static StepException refused(PortScope scope, String why) {
    return new StepException(
        Refusal.of(
            Kind.NOT_REPRODUCIBLE, why, Advice.Restart.unknown(scope.port(), scope.address())));
  }
}
