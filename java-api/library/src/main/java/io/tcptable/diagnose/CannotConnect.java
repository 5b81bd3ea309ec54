// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import io.tcptable.diagnose.Finding.Confidence;
import io.tcptable.diagnose.Finding.Severity;
import io.tcptable.internal.wording.Quantities;
import java.util.List;
import java.util.Optional;

/** The server could not connect to another one, as a proxy whose server has ended. */
final class CannotConnect extends FindingRule {

  CannotConnect() {
    super(FindingCode.CANNOT_CONNECT, "");
  }

  @Override
  List<Finding> findings(Observations observed) {
    return seen(observed).map(failed -> finding(observed, failed)).stream().toList();
  }

  /** Unless it waits for an answer, or forwards the port: then that is told. */
  static Optional<FailedConnect> seen(Observations observed) {
    return observed
        .surroundings()
        .failed()
        .filter(it -> observed.forwarded().isEmpty())
        .filter(it -> !observed.listeners().isEmpty() && !WaitsForServer.isOfAnother(observed));
  }

  private Finding finding(Observations observed, FailedConnect failed) {
    Finding.Builder found =
        found(Severity.CRITICAL, Confidence.LIKELY)
            .of(observed.ownersOf(observed.listeners()))
            .cause("it cannot connect to " + failed.target())
            .seen(
                Quantities.count(failed.attempts(), "attempt")
                    + " to connect to "
                    + failed.target()
                    + " failed during the health check"
                    + failed.server().map(server -> where(failed, server)).orElse(""))
            .text("to", failed.target())
            .figure("attempts", failed.attempts())
            .means(
                "The server of port "
                    + observed.port()
                    + " does not answer without that one. A restart of this server does not help.");
    failed.server().flatMap(UpstreamServer::container).ifPresent(it -> found.text("container", it));
    return found
        .advise(UpstreamAdvice.of(observed, failed.to(), failed.place(), failed.server()))
        .done();
  }

  /** What is where it wanted to connect, after a colon; empty if that is not known. */
  private static String where(FailedConnect failed, UpstreamServer server) {
    boolean isHere = failed.place().isHere();
    if (isHere ? server.port().isEmpty() : failed.place().member().isEmpty()) {
      return "";
    }
    if (server.called().isPresent()) {
      return ": "
          + server.called().get()
          + " listens on "
          + server.bound()
          + (server.isReachable() ? "" : " only");
    }
    String there = isHere ? "" : server.inPlace();
    boolean isOnOthers = !isHere && !server.listening().isEmpty();
    return server.port().isEmpty() && isOnOthers
        ? ": processes" + there + " listen on " + server.elsewhere()
        : ": nobody listens"
            + server.port().stream().mapToObj(port -> " on port " + port).findFirst().orElse("")
            + there
            + (isOnOthers ? "; its processes listen on " + server.elsewhere() : "");
  }
}
