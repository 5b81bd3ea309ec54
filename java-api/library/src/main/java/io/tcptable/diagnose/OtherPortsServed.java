// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import io.tcptable.diagnose.Finding.Confidence;
import io.tcptable.diagnose.Finding.Severity;
import java.util.List;

/** What ends with the owners, if they are stopped: services of other ports. */
final class OtherPortsServed extends FindingRule {

  OtherPortsServed() {
    super(FindingCode.OTHER_PORTS_SERVED, "");
  }

  @Override
  List<Finding> findings(Observations observed) {
    return observed.otherPorts().isEmpty()
        ? List.of()
        : List.of(
            found(Severity.INFO, Confidence.CERTAIN)
                .of(observed.ownersOf(observed.listeners()))
                .seen(String.join("; ", observed.otherPorts()))
                .means("To stop the server of this port ends these services too.")
                .done());
  }
}
