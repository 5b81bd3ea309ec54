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
        .map(server -> server.without(pid -> observed.isA(PortRole.Kind.HEIR, pid)))
        .filter(server -> server.pids().size() > 1)
        .map(this::finding)
        .toList();
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
