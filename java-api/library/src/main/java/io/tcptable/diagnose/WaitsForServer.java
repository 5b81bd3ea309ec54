// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import io.tcptable.diagnose.Finding.Confidence;
import io.tcptable.diagnose.Finding.Severity;
import io.tcptable.health.HealthResult;
import io.tcptable.health.HealthResult.Outcome;
import io.tcptable.internal.wording.DurationText;
import io.tcptable.internal.wording.Quantities;
import java.util.List;
import java.util.Optional;

/** The server waits for the answer of another server, or of itself. */
final class WaitsForServer extends FindingRule {

  WaitsForServer() {
    super(FindingCode.WAITS_FOR_SERVER, "it waits for another server");
  }

  @Override
  List<Finding> findings(Observations observed) {
    return observed
        .outgoing()
        .filter(wait -> isWithoutAnswer(observed) && !isOfForwarder(observed))
        .map(wait -> wait.isSelf(observed) ? ofItself(observed, wait) : ofAnother(observed, wait))
        .stream()
        .toList();
  }

  /** Whether another server than this one is the one to look at. */
  static boolean isOfAnother(Observations observed) {
    return isWithoutAnswer(observed)
        && observed.outgoing().filter(wait -> wait.isNew() && !wait.isSelf(observed)).isPresent();
  }

  /** The other server that is the one to look at, if it was looked at. */
  static Optional<UpstreamServer> upstream(Observations observed) {
    return isOfAnother(observed)
        ? observed
            .outgoing()
            .flatMap(OutgoingWait::server)
            .filter(server -> server.there().isPresent())
        : Optional.empty();
  }

  /** A forwarder waits for the server that it forwards to: what was seen there is told. */
  private static boolean isOfForwarder(Observations observed) {
    return observed
        .forwarded()
        .filter(server -> server.isCutOff() || server.there().isPresent())
        .isPresent();
  }

  private static boolean isWithoutAnswer(Observations observed) {
    HealthResult health = observed.health();
    return health.isUnanswered() || health.outcome() == Outcome.SLOW || health.isOfGateway();
  }

  private Finding ofItself(Observations observed, OutgoingWait wait) {
    return figures(Severity.CRITICAL, Confidence.LIKELY, wait)
        .cause("it waits for itself")
        .seen("the server has asked itself at " + wait.to() + ", without an answer" + since(wait))
        .means(
            "The server handles a request that needs another request to the same server, and serves"
                + " only one at a time. It waits for itself.")
        .hint("Let it serve several requests at once, with more threads or worker processes.")
        .advise(SuggestedCommands.restart(observed))
        .done();
  }

  private Finding ofAnother(Observations observed, OutgoingWait wait) {
    String called =
        wait.server().flatMap(UpstreamServer::called).map(it -> ", " + it + ",").orElse("");
    Finding.Builder found =
        // An older request may be one that takes long by design, such as a long poll.
        figures(
                wait.isNew() ? Severity.CRITICAL : Severity.WARNING,
                wait.isNew() ? Confidence.LIKELY : Confidence.POSSIBLE,
                wait)
            .cause((wait.isNew() ? "it waits for " : "it may wait for ") + wait.to())
            .seen(
                Quantities.count(wait.connections(), "request")
                    + " to "
                    + wait.to()
                    + called
                    + " without an answer"
                    + since(wait))
            .means(
                "The server has asked another server and waits for its answer."
                    + state(wait)
                    + " A restart of this server does not help as long as the other one does not"
                    + " answer.");
    wait.server().flatMap(UpstreamServer::container).ifPresent(it -> found.text("container", it));
    return found.advise(UpstreamAdvice.of(observed, wait.to(), wait.place(), wait.server())).done();
  }

  private static String state(OutgoingWait wait) {
    if (wait.server().filter(UpstreamServer::isStopped).isPresent()) {
      return " The other one is stopped.";
    }
    return wait.isAccepted() ? "" : " The other one does not accept the connection.";
  }

  private static String since(OutgoingWait wait) {
    return " for " + DurationText.of(wait.longest());
  }

  private Finding.Builder figures(Severity severity, Confidence confidence, OutgoingWait wait) {
    return found(severity, confidence)
        .of(wait.pids())
        .text("to", wait.to().toString())
        .figure("connections", wait.connections())
        .figure("longest", wait.longest());
  }
}
