// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import io.tcptable.Advice;
import io.tcptable.TcpState;
import io.tcptable.diagnose.Finding.Confidence;
import io.tcptable.diagnose.Finding.Severity;
import io.tcptable.internal.platform.BindTest;
import io.tcptable.internal.platform.Phrase;
import io.tcptable.internal.wording.Quantities;
import io.tcptable.process.PortRole;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/** The port has no listener, and yet a server cannot bind it. */
final class BindRefused extends FindingRule {

  BindRefused() {
    super(FindingCode.BIND_REFUSED, "it cannot be bound");
  }

  @Override
  List<Finding> findings(Observations observed) {
    return observed.bind().stream().flatMap(test -> finding(observed, test).stream()).toList();
  }

  private Optional<Finding> finding(Observations observed, BindTest test) {
    return test.refusal()
        .map(message -> refused(observed, message, test.isDenied()))
        .or(() -> test.refusalWithoutReuse().map(message -> withoutReuse(observed, message)));
  }

  private Finding refused(Observations observed, String message, boolean isDenied) {
    Finding.Builder found =
        found(Severity.CRITICAL, Confidence.CERTAIN)
            .of(observed.ownersOf(observed.sockets()))
            .seen("a test bind of port " + observed.port() + " failed: " + message)
            .text("error", message)
            .figure("sockets", observed.sockets().size());
    if (observed.policy().isExcluded(observed.port())) {
      return excluded(observed, found);
    }
    return isDenied
        ? denied(observed, found)
        : observed.bind().filter(BindTest::isElsewhere).isPresent()
            ? found
                .means("No interface of this machine has the address.")
                .hint("Name an address of this machine.")
                .done()
            : inUse(observed, found);
  }

  private static Finding excluded(Observations observed, Finding.Builder found) {
    return found
        .means(observed.phrase(Phrase.BIND_EXCLUDED))
        .command(observed.commands().excludedPorts())
        .hint(observed.phrase(Phrase.AVOID_EXCLUDED))
        .done();
  }

  private static Finding denied(Observations observed, Finding.Builder found) {
    OptionalInt first = observed.policy().firstUnprivileged();
    first.ifPresent(port -> found.figure("firstUnprivilegedPort", port));
    return found
        .means(
            observed.policy().isPrivileged(observed.port())
                ? "Only privileged users may bind ports below " + first.orElseThrow() + "."
                : observed.phrase(Phrase.BIND_DENIED))
        .command(observed.commands().deniedPorts())
        .hint(observed.phrase(Phrase.PERMIT_BIND))
        .done();
  }

  private static Finding inUse(Observations observed, Finding.Builder found) {
    Set<Long> holders = observed.ownersOf(observed.sockets());
    if (!holders.isEmpty()) {
      return heldBy(observed, holders, found);
    }
    List<String> outside = observed.commands().portsOfOuterSystem();
    if (!observed.isHeld() && !outside.isEmpty()) {
      return found.means(observed.phrase(Phrase.BIND_HELD_OUTSIDE)).commands(outside).done();
    }
    return observed.isHeld()
        ? found
            .means("A process that this user may not inspect holds the port without listening.")
            .advise(SuggestedCommands.seeAll(observed))
            .done()
        : found
            .means(
                "Something that this table does not show holds the port, for example a socket that"
                    + " is bound but neither listens nor is connected.")
            .advise(SuggestedCommands.diagnose(observed, Advice.Diagnose.How.AGAIN))
            .done();
  }

  private static Finding heldBy(Observations observed, Set<Long> holders, Finding.Builder found) {
    String holding =
        outgoing(observed, holders)
            .orElseGet(
                () ->
                    observed.named(holders)
                        + " holds the port without listening: it is bound to it or connected from"
                        + " it.");
    found.advise(SuggestedCommands.free(observed));
    return observed.policy().isGivenAway(observed.port())
        ? found
            .means(holding + " The port lies in the ephemeral port range.")
            .command(SuggestedCommands.reserve(observed))
            .done()
        : found.means(holding).done();
  }

  /** Who is connected where, if all of them are. */
  private static Optional<String> outgoing(Observations observed, Set<Long> holders) {
    return holders.stream().allMatch(pid -> observed.isA(PortRole.Kind.CLIENT, pid))
        ? Optional.of(
            holders.stream()
                .sorted()
                .flatMap(
                    pid ->
                        observed.roleOf(pid).stream()
                            .map(
                                role ->
                                    observed.named(Set.of(pid))
                                        + " "
                                        + role.evidence()
                                        + ": an outgoing connection holds the port."))
                .collect(Collectors.joining(" ")))
        : Optional.empty();
  }

  private Finding withoutReuse(Observations observed, String message) {
    int timeWaits = observed.sockets(s -> s.state() == TcpState.TIME_WAIT).size();
    return found(Severity.INFO, Confidence.CERTAIN)
        .seen("a test bind without SO_REUSEADDR failed: " + message)
        .text("error", message)
        .figure("timeWait", timeWaits)
        .figure("sockets", observed.sockets().size())
        .means(
            Quantities.count(timeWaits, "socket")
                + " in TIME_WAIT keep out a server that does not set SO_REUSEADDR, for a minute at"
                + " most. A server that sets it can bind the port now.")
        .hint(observed.phrase(Phrase.BIND_BESIDE_TIME_WAIT))
        .done();
  }
}
