// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import io.tcptable.diagnose.Finding.Confidence;
import io.tcptable.diagnose.Finding.Severity;
import io.tcptable.process.PortRole;
import java.util.List;

/** Processes of one server share the listener. */
final class SharedListener extends FindingRule {

  SharedListener() {
    super(FindingCode.SHARED_LISTENER, "");
  }

  @Override
  List<Finding> findings(Observations observed) {
    return Servers.of(observed).stream()
        .map(server -> server.without(pid -> isApart(observed, pid)))
        .filter(server -> server.pids().size() > 1)
        .map(this::finding)
        .toList();
  }

  /** Whether it holds the listener for others, or for no use. */
  private static boolean isApart(Observations observed, long pid) {
    return observed.isA(PortRole.Kind.SUPERVISOR, pid) || observed.isA(PortRole.Kind.HEIR, pid);
  }

  private Finding finding(Server server) {
    return found(Severity.INFO, Confidence.CERTAIN)
        .of(server.pids())
        .seen(
            server.pids().size()
                + " processes of one server listen together on "
                + server.addresses())
        .figure("processes", server.pids().size())
        .figure("listeners", server.listeners().size())
        .means("They are workers of one server. This is normal.")
        .done();
  }
}
