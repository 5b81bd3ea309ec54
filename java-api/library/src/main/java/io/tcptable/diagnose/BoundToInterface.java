// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import io.tcptable.ListenAddress;
import io.tcptable.diagnose.Finding.Confidence;
import io.tcptable.diagnose.Finding.Severity;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** A listener takes connections of one network interface only. */
final class BoundToInterface extends FindingRule {

  BoundToInterface() {
    super(FindingCode.BOUND_TO_INTERFACE, "");
  }

  @Override
  List<Finding> findings(Observations observed) {
    return observed.listeners().stream()
        .filter(BoundToInterface::isOutOfReach)
        .map(listener -> finding(observed, listener))
        .toList();
  }

  /** Whether localhost does not reach it; a link-local address means an interface anyway. */
  private static boolean isOutOfReach(SocketEvidence listener) {
    ListenAddress bound = listener.bound();
    return bound.networkInterface().isPresent()
        && !bound.endpoint().address().isLinkLocalAddress()
        && bound.askedAt().filter(InetAddress::isLoopbackAddress).isEmpty();
  }

  private Finding finding(Observations observed, SocketEvidence listener) {
    Set<Long> owners = new TreeSet<>(listener.owners());
    String device = listener.bound().networkInterface().orElseThrow();
    Optional<InetAddress> asked = listener.bound().askedAt();
    Finding.Builder found =
        found(Severity.INFO, Confidence.CERTAIN)
            .of(owners)
            .seen(
                (owners.isEmpty() ? "a listener" : observed.named(owners))
                    + " is bound to the network interface "
                    + device
                    + ": "
                    + listener.bound())
            .text("interface", device)
            .means(
                "It takes connections to the addresses of "
                    + device
                    + " only. Connections to localhost are refused. Servers that are bound to"
                    + " different interfaces do not compete.");
    return asked.isPresent()
        ? found.advise(SuggestedCommands.diagnose(listener.bound())).done()
        : found.hint(device + " has no address: give it one, or ask from another machine.").done();
  }
}
