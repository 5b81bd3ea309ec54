// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import io.tcptable.TcpState;
import io.tcptable.diagnose.Finding.Confidence;
import io.tcptable.diagnose.Finding.Severity;
import io.tcptable.internal.wording.Quantities;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A port on which nobody listens, and which a server cannot have all the same. */
final class BindRules {

  private BindRules() {}

  static List<Finding> bindRefused(Observations evidence) {
    Optional<Finding> finding =
        evidence
            .bind()
            .flatMap(
                test ->
                    test.refusal()
                        .map(message -> refused(evidence, message))
                        .or(
                            () ->
                                test.refusalWithoutReuse()
                                    .map(message -> refusedWithoutReuse(evidence, message))));
    return finding.stream().toList();
  }

  private static Finding refused(Observations evidence, String message) {
    Set<Long> holders = evidence.ownersOf(evidence.sockets());
    Finding.Builder draft =
        new Finding.Builder(FindingCode.BIND_REFUSED, Severity.CRITICAL, Confidence.CERTAIN)
            .of(holders)
            .seen("a test bind of port " + evidence.port() + " was refused: " + message)
            .text("error", message)
            .figure("sockets", evidence.sockets().size());
    if (evidence.policy().isExcluded(evidence.port())) {
      return excluded(draft);
    }
    if (message.contains("ermission")) {
      return denied(evidence, draft);
    }
    if (!holders.isEmpty()) {
      return heldBy(evidence, holders, draft);
    }
    return evidence.isHeld()
        ? draft
            .means("A process that this user may not look into holds the port without listening.")
            .advise(SuggestedCommands.asSuperuser(evidence))
            .done()
        : draft
            .means(
                "Something holds the port that this table does not show, such as a socket that is"
                    + " bound but neither listens nor is connected.")
            .advise(SuggestedCommands.diagnose(evidence, Advice.Diagnose.How.AGAIN))
            .done();
  }

  private static Finding heldBy(Observations evidence, Set<Long> holders, Finding.Builder draft) {
    String holding =
        evidence.named(holders)
            + " holds the port without listening: bound to it, or connected from it";
    return evidence.policy().isGivenAway(evidence.port())
        ? draft
            .means(holding + ", as outgoing connections may be given it.")
            .advise(SuggestedCommands.free(evidence))
            .command(SuggestedCommands.reserve(evidence))
            .done()
        : draft.means(holding + ".").advise(SuggestedCommands.free(evidence)).done();
  }

  private static Finding excluded(Finding.Builder draft) {
    return draft
        .means(
            "Nobody is on the port, but Windows has excluded it, as a rule for Hyper-V, WSL or"
                + " Docker: nobody gets it.")
        .command("netsh interface ipv4 show excludedportrange tcp")
        .hint("Take another port, or reserve this one after \"net stop winnat\".")
        .done();
  }

  private static Finding denied(Observations evidence, Finding.Builder draft) {
    evidence
        .policy()
        .firstUnprivileged()
        .ifPresent(first -> draft.figure("firstUnprivilegedPort", first));
    return draft
        .means(
            evidence.policy().isPrivileged(evidence.port())
                ? "Ports below "
                    + evidence.policy().firstUnprivileged().orElseThrow()
                    + " are for privileged users."
                : evidence.words().bindDenied())
        .commands(evidence.words().showBindDenial())
        .hint(evidence.words().permitBind())
        .done();
  }

  /** What keeps others out of the port is in its last minute. */
  private static Finding refusedWithoutReuse(Observations evidence, String message) {
    int timeWaits = evidence.sockets(s -> s.state() == TcpState.TIME_WAIT).size();
    return new Finding.Builder(FindingCode.BIND_REFUSED, Severity.INFO, Confidence.CERTAIN)
        .seen("a test bind without SO_REUSEADDR was refused: " + message)
        .text("error", message)
        .figure("timeWait", timeWaits)
        .figure("sockets", evidence.sockets().size())
        .means(
            "What is left of earlier connections ("
                + Quantities.count(timeWaits, "socket")
                + " in TIME_WAIT) keeps out a server that does not set SO_REUSEADDR, for a minute"
                + " at most; others may have the port now.")
        .hint(evidence.words().bindBesideLingering())
        .done();
  }
}
