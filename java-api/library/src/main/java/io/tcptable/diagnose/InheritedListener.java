// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import io.tcptable.diagnose.Finding.Confidence;
import io.tcptable.diagnose.Finding.Severity;
import io.tcptable.process.PortRole;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A program holds a listener that another one has opened. */
final class InheritedListener extends FindingRule {

  InheritedListener() {
    super(FindingCode.INHERITED_LISTENER, "");
  }

  @Override
  List<Finding> findings(Observations observed) {
    return observed.ownersOf(observed.listeners()).stream()
        .filter(pid -> observed.isA(PortRole.Kind.HEIR, pid))
        .sorted()
        .flatMap(pid -> finding(observed, pid).stream())
        .toList();
  }

  private Optional<Finding> finding(Observations observed, long pid) {
    String heir = observed.named(Set.of(pid));
    return observed
        .roleOf(pid)
        .map(
            role ->
                found(Severity.INFO, Confidence.LIKELY)
                    .of(pid)
                    .seen(heir + " " + role.evidence())
                    .means(
                        "A program that inherits a listener does not accept its connections, and"
                            + " keeps the port after the server has ended.")
                    .hint("Save what is open in " + heir + " before you stop it.")
                    .done());
  }
}
