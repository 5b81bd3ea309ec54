// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import io.tcptable.diagnose.Finding.Confidence;
import io.tcptable.diagnose.Finding.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A supervisor runs the owner. */
final class Supervised extends FindingRule {

  Supervised() {
    super(FindingCode.SUPERVISED, "");
  }

  @Override
  List<Finding> findings(Observations observed) {
    List<Finding> findings = new ArrayList<>();
    OwnerGroups.by(observed, observed::serviceOf)
        .forEach((service, pids) -> findings.add(finding(observed, service, pids)));
    return findings;
  }

  private Finding finding(Observations observed, String service, Set<Long> pids) {
    ProcessEvidence first = observed.process(pids.iterator().next()).orElseThrow();
    return found(Severity.INFO, Confidence.LIKELY)
        .of(pids)
        .seen(observed.named(pids) + " belongs to the service " + service)
        .text("service", service)
        .means(
            "Its supervisor may start it again when it stops. Use the command of the supervisor.")
        .command(SuggestedCommands.service(observed, first, "restart"))
        .command(SuggestedCommands.service(observed, first, "status"))
        .done();
  }
}
