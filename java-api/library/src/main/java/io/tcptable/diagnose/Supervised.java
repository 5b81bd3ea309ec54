// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import io.tcptable.diagnose.Finding.Confidence;
import io.tcptable.diagnose.Finding.Severity;
import io.tcptable.internal.server.Supervisor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** A supervisor runs the owner; a container, which is told apart, is none. */
final class Supervised extends FindingRule {

  Supervised() {
    super(FindingCode.SUPERVISED, "");
  }

  @Override
  List<Finding> findings(Observations observed) {
    if (observed.forwarded().isPresent()) {
      // It runs the forwarder, not the server.
      return List.of();
    }
    Map<Supervisor, Set<Long>> owners = new LinkedHashMap<>();
    for (ProcessEvidence owner : observed.owners()) {
      observed
          .supervisorOf(owner)
          .filter(supervisor -> observed.processes().containerOf(owner).isEmpty())
          .ifPresent(
              supervisor ->
                  owners.computeIfAbsent(supervisor, s -> new TreeSet<>()).add(owner.pid()));
    }
    return owners.entrySet().stream()
        .map(group -> finding(observed, group.getKey(), group.getValue()))
        .toList();
  }

  private Finding finding(Observations observed, Supervisor supervisor, Set<Long> pids) {
    Finding.Builder found =
        found(Severity.INFO, Confidence.LIKELY)
            .of(pids)
            .seen(supervisor.seen(observed.named(pids)))
            .text("supervisor", supervisor.name());
    if (supervisor.kind() == Supervisor.Kind.SERVICE) {
      found.text("service", supervisor.name());
    }
    found.means(meaning(supervisor.kind())).advise(supervisor.restart());
    supervisor.status().ifPresent(found::advise);
    return found.done();
  }

  private static String meaning(Supervisor.Kind kind) {
    return switch (kind) {
      case SERVICE, PROGRAM ->
          "Its supervisor may start it again when it stops. Use the command of the supervisor.";
      case CONTAINER -> "Start and stop its container as a whole.";
      case CONTAINER_FORWARD -> "The server runs in a container. Restart that, not this process.";
      case FORWARD ->
          "The server runs elsewhere. This process may forward other ports too: do not stop it.";
      case LISTENING_SUPERVISOR ->
          "It may run other servers too, which end with it. Use its command for this server.";
      case SSH_FORWARD -> "The server runs on the other side of the SSH connection.";
      case SUPER_SERVER -> "It starts the server when a client connects, as a health check does.";
    };
  }
}
