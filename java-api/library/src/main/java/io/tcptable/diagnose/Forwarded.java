// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import io.tcptable.diagnose.Finding.Confidence;
import io.tcptable.diagnose.Finding.Severity;
import io.tcptable.internal.wording.Quantities;
import java.util.List;

/** The port is forwarded to a server elsewhere, such as one in a container. */
final class Forwarded extends FindingRule {

  Forwarded() {
    super(FindingCode.FORWARDED, "");
  }

  @Override
  List<Finding> findings(Observations observed) {
    return observed.forwarded().stream().map(server -> finding(observed, server)).toList();
  }

  private Finding finding(Observations observed, UpstreamServer server) {
    if (server.isAstray()) {
      return astray(observed, server);
    }
    if (server.isMissing()) {
      return missing(observed, server);
    }
    if (server.isOther()) {
      return onOtherMachine(observed, server);
    }
    return server.there().isEmpty() || server.isReachable()
        ? server.there().isEmpty() && server.port().isEmpty() && !server.listening().isEmpty()
            ? oneOfSeveral(observed, server)
            : found(observed, server)
        : unreachable(observed, server);
  }

  private Finding.Builder begin(
      Observations observed, UpstreamServer server, Severity severity, String cause) {
    Finding.Builder found =
        found(severity, Confidence.CERTAIN)
            .cause(cause)
            .of(observed.ownersOf(observed.listeners()))
            .of(server.owners().stream().map(ProcessEvidence::pid).toList())
            .text("target", server.target());
    server.container().ifPresent(it -> found.text("container", it));
    return found;
  }

  private static String forwards(Observations observed, UpstreamServer server) {
    return server.forwarder() + " forwards port " + observed.port() + " to " + server.target();
  }

  private Finding found(Observations observed, UpstreamServer server) {
    return begin(observed, server, Severity.INFO, "")
        .seen(
            forwards(observed, server)
                + server
                    .called()
                    .map(it -> ", where " + it + " listens")
                    .orElse(server.target().contains("container") ? "" : server.inContainer()))
        .means(
            server.there().isPresent()
                ? "The server was looked at there."
                : "The server there could not be looked at.")
        .done();
  }

  private Finding onOtherMachine(Observations observed, UpstreamServer server) {
    String through =
        server
            .carrier()
            .map(it -> ", through the connection " + it.local() + " -> " + it.remote())
            .orElse("");
    if (!server.isCutOff()) {
      return begin(observed, server, Severity.INFO, "")
          .seen(forwards(observed, server) + through)
          .means("The server runs on another machine. It cannot be looked at from here.")
          .done();
    }
    CarryingConnection carrier = server.carrier().orElseThrow();
    return begin(
            observed,
            server,
            Severity.CRITICAL,
            "the other machine, " + carrier.remote() + ", does not answer")
        .seen(
            forwards(observed, server)
                + through
                + ", where "
                + Quantities.count(carrier.unacknowledged(), "byte")
                + " are not acknowledged after "
                + Quantities.count(carrier.retransmits(), "retransmit"))
        .means("The other machine is down, or the network to it is. The server runs there.")
        .hint("Look at the network to " + carrier.remote() + ", and connect again.")
        .done();
  }

  private Finding oneOfSeveral(Observations observed, UpstreamServer server) {
    return begin(observed, server, Severity.INFO, "")
        .seen(
            forwards(observed, server)
                + ". Its processes listen on "
                + server.elsewhere()
                + "; which of these is meant is not known")
        .means("The server there could not be looked at.")
        .done();
  }

  private Finding missing(Observations observed, UpstreamServer server) {
    Finding.Builder found =
        begin(
                observed,
                server,
                Severity.CRITICAL,
                "nobody listens where it is forwarded to, "
                    + server.target()
                    + server.inContainer())
            .seen(
                forwards(observed, server)
                    + server.inContainer()
                    + ", but nobody listens on port "
                    + server.port().orElse(0)
                    + " there"
                    + (server.listening().isEmpty()
                        ? ""
                        : "; its processes listen on " + server.elsewhere()))
            .means(
                server.listening().isEmpty()
                    ? "The server there has not started, or has ended."
                    : "The server listens on another port than the one that is published.");
    return found.advise(UpstreamAdvice.ofContainer(observed, server)).done();
  }

  private Finding astray(Observations observed, UpstreamServer server) {
    return begin(
            observed,
            server,
            Severity.CRITICAL,
            "a rule sends its connections to " + server.target() + " instead")
        .seen(
            forwards(observed, server)
                + ", which is not an address of "
                + server.called().orElse("its container"))
        .means(
            "A rule of the packet filter has outlived the container that it was made for. It comes"
                + " before the rule for this one.")
        .hint("Remove the rule for " + server.target() + " from the packet filter.")
        .done();
  }

  private Finding unreachable(Observations observed, UpstreamServer server) {
    String bound = server.bound();
    return begin(observed, server, Severity.CRITICAL, "that listens on its own " + bound + " only")
        .seen(
            forwards(observed, server)
                + ", but "
                + server.called().orElse("the server")
                + " listens on "
                + bound
                + " only")
        .means(
            "A loopback address belongs to the container or sandbox alone. Connections from outside"
                + " of it are refused there.")
        .advise(UpstreamAdvice.LISTEN_TO_ALL)
        .done();
  }
}
