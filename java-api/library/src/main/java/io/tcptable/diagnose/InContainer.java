// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import io.tcptable.diagnose.Finding.Confidence;
import io.tcptable.diagnose.Finding.Severity;
import io.tcptable.internal.server.SupervisorCommand;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The owner runs in a container. */
final class InContainer extends ServerRule {

  InContainer() {
    super(FindingCode.IN_CONTAINER, "");
  }

  @Override
  List<Finding> findings(Observations observed) {
    Map<String, Set<Long>> owners = new TreeMap<>();
    for (ProcessEvidence owner : observed.owners()) {
      observed
          .processes()
          .containerOf(owner)
          .ifPresent(name -> owners.computeIfAbsent(name, n -> new TreeSet<>()).add(owner.pid()));
    }
    return owners.entrySet().stream()
        .map(group -> finding(observed, group.getKey(), group.getValue()))
        .toList();
  }

  private Finding finding(Observations observed, String container, Set<Long> pids) {
    ProcessEvidence first = observed.process(pids.iterator().next()).orElseThrow();
    Optional<String> name = first.containerName();
    String called = observed.processes().containerCalled(first).orElse(container);
    SupervisorCommand commands = new SupervisorCommand(observed.platform());
    Finding.Builder found =
        found(Severity.INFO, Confidence.CERTAIN)
            .of(pids)
            .seen(
                observed.named(pids)
                    + " runs in the container "
                    + name.map(known -> known + " (" + container + ")").orElse(container)
                    + first
                        .composeService()
                        .map(service -> ", the Compose service " + service)
                        .orElse(""))
            .text("container", container);
    name.ifPresent(known -> found.text("containerName", known));
    first.composeService().ifPresent(service -> found.text("composeService", service));
    return found
        .means("Start and stop its container as a whole.")
        .command(commands.ofContainer(called, "restart"))
        .command(SuggestedCommands.containerLog(observed, first, called))
        .done();
  }
}
