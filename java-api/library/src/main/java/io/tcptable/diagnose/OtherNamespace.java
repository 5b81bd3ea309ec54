// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import io.tcptable.diagnose.Finding.Confidence;
import io.tcptable.diagnose.Finding.Severity;
import io.tcptable.process.ProcessPlacement;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/** The owner runs in another network or PID namespace. */
final class OtherNamespace extends FindingRule {

  OtherNamespace() {
    super(FindingCode.OTHER_NAMESPACE, "");
  }

  @Override
  List<Finding> findings(Observations observed) {
    if (observed.forwarded().isPresent()) {
      // That is told of the server, by the way that leads there.
      return List.of();
    }
    return observed.owners().stream()
        .filter(owner -> observed.processes().containerOf(owner).isEmpty())
        .flatMap(owner -> finding(observed, owner).stream())
        .toList();
  }

  private Optional<Finding> finding(Observations observed, ProcessEvidence owner) {
    boolean network = differs(observed, owner, ProcessPlacement::networkNamespace);
    boolean pid = differs(observed, owner, ProcessPlacement::pidNamespace);
    if (!network && !pid) {
      return Optional.empty();
    }
    String which = network && pid ? "network and PID" : network ? "network" : "PID";
    return Optional.of(
        found(Severity.INFO, Confidence.CERTAIN)
            .of(owner.pid())
            .seen(owner + " runs in another " + which + " namespace")
            .means("It may see other addresses or other PIDs than this process.")
            .done());
  }

  private static boolean differs(
      Observations observed,
      ProcessEvidence owner,
      Function<ProcessPlacement, OptionalLong> namespace) {
    OptionalLong mine =
        observed.processes().self().placement().map(namespace).orElse(OptionalLong.empty());
    OptionalLong its = owner.placement().map(namespace).orElse(OptionalLong.empty());
    return mine.isPresent() && its.isPresent() && !mine.equals(its);
  }
}
