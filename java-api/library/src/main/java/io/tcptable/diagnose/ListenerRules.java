// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import io.tcptable.Endpoint;
import io.tcptable.InheritedSocket;
import io.tcptable.OsProcess;
import io.tcptable.Ownership;
import io.tcptable.diagnose.Finding.Confidence;
import io.tcptable.diagnose.Finding.Severity;
import io.tcptable.health.HealthResult.Attempt;
import io.tcptable.health.HealthResult.Outcome;
import io.tcptable.internal.wording.Quantities;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Who listens, and where. */
final class ListenerRules {

  private ListenerRules() {}

  static List<Finding> nobodyListening(Observations evidence) {
    if (!evidence.listeners().isEmpty()) {
      return List.of();
    }
    if (isAnsweredFromElsewhere(evidence)) {
      return List.of(
          new Finding.Builder(FindingCode.NOBODY_LISTENING, Severity.INFO, Confidence.CERTAIN)
              .seen("no listening socket, yet the health probe was connected")
              .figure("listeners", 0)
              .means(
                  "The port is answered from elsewhere: "
                      + evidence.words().answeredFromElsewhere()
                      + ".")
              .commands(evidence.words().lookElsewhere())
              .done());
    }
    Set<Long> holders = evidence.ownersOf(evidence.sockets());
    Finding.Builder draft =
        new Finding.Builder(
                FindingCode.NOBODY_LISTENING,
                evidence.isHeld() ? Severity.CRITICAL : Severity.WARNING,
                Confidence.CERTAIN)
            .of(holders)
            .figure("listeners", 0)
            .figure("sockets", evidence.sockets().size());
    return List.of(
        !evidence.isHeld()
            ? draft
                .seen("no listening socket")
                .means("No server runs on this port.")
                .advise(SuggestedCommands.start(evidence))
                .done()
            : draft
                .seen("no listening socket, but " + holders(evidence, holders) + " holds others")
                .means(
                    "The server has closed its listener but has not ended, or the port is used by"
                        + " an outgoing connection.")
                .advise(SuggestedCommands.free(evidence))
                .done());
  }

  private static String holders(Observations evidence, Set<Long> holders) {
    return holders.isEmpty() ? "somebody unknown" : evidence.named(holders);
  }

  private static boolean isAnsweredFromElsewhere(Observations evidence) {
    return evidence.health().url().getPort() == evidence.port()
        && evidence.health().attempts().stream().anyMatch(a -> a.connect().isPresent());
  }

  static List<Finding> sharedListener(Observations evidence) {
    return Servers.of(evidence).stream()
        .filter(server -> server.pids().size() > 1)
        .map(
            server ->
                new Finding.Builder(FindingCode.SHARED_LISTENER, Severity.INFO, Confidence.CERTAIN)
                    .of(server.pids())
                    .seen(
                        server.pids().size()
                            + " processes of one server listen together on "
                            + server.addresses())
                    .figure("processes", server.pids().size())
                    .figure("listeners", server.listeners().size())
                    .means("Workers of one server: usual, no fault.")
                    .done())
        .toList();
  }

  static List<Finding> addressMismatch(Observations evidence) {
    List<SocketEvidence> listeners = evidence.listeners();
    Set<String> missed = new LinkedHashSet<>();
    for (Attempt attempt : evidence.health().attempts()) {
      Endpoint asked = attempt.address();
      if (attempt.outcome() == Outcome.REFUSED
          && asked.port() == evidence.port()
          && listeners.stream().noneMatch(listener -> listener.covers(asked))) {
        missed.add(asked.toString());
      }
    }
    boolean refused = evidence.health().outcome() == Outcome.REFUSED;
    if (listeners.isEmpty() || missed.isEmpty() || !(refused || missesV4(missed))) {
      return List.of();
    }
    Set<String> bound = new TreeSet<>();
    listeners.forEach(listener -> bound.add(listener.local().toString()));
    String where = String.join(", ", bound);
    return List.of(
        new Finding.Builder(
                FindingCode.ADDRESS_MISMATCH,
                refused ? Severity.CRITICAL : Severity.INFO,
                Confidence.CERTAIN)
            .of(evidence.ownersOf(listeners))
            .seen("listens on " + where + ", asked at " + String.join(", ", missed))
            .text("listening", where)
            .text("refused", String.join(", ", missed))
            .means(
                "A listener takes connections to its own address only. Clients that use the other"
                    + " one are refused, though the server runs.")
            .hint("Bind the server to the address that clients use, or to 0.0.0.0 and ::.")
            .advise(
                new Advice.Diagnose(
                    evidence.port(),
                    Advice.Diagnose.How.OTHER_HEALTH,
                    Optional.of("http://" + bound.iterator().next())))
            .done());
  }

  /** Clients fall back from IPv6 to IPv4, but seldom the other way round. */
  private static boolean missesV4(Set<String> missed) {
    return missed.stream().anyMatch(address -> !address.startsWith("["));
  }

  static List<Finding> ownerUnknown(Observations evidence) {
    List<SocketEvidence> unknown =
        evidence.sockets(
            socket ->
                socket.ownership() == Ownership.UNKNOWN
                    && socket.before().filter(b -> b.ownership() == Ownership.UNKNOWN).isPresent());
    if (unknown.isEmpty()) {
      return List.of();
    }
    long listening = unknown.stream().filter(SocketEvidence::isListener).count();
    Finding.Builder draft =
        new Finding.Builder(FindingCode.OWNER_UNKNOWN, Severity.WARNING, Confidence.CERTAIN)
            .seen(
                "the owners of "
                    + Quantities.count(unknown.size(), "socket")
                    + " ("
                    + listening
                    + " listening) are not known")
            .figure("sockets", unknown.size())
            .figure("listeners", listening)
            .figure("unreadableProcesses", evidence.unreadableProcesses());
    Optional<InheritedSocket> ended =
        unknown.stream().flatMap(s -> s.endedOwner().stream()).findFirst();
    return List.of(
        (ended.isPresent() ? inherited(evidence, draft, ended.get()) : explained(evidence, draft))
            .done());
  }

  private static Finding.Builder inherited(
      Observations evidence, Finding.Builder draft, InheritedSocket ended) {
    draft
        .figure("endedPid", ended.pid())
        .means(
            "PID "
                + ended.pid()
                + " opened it and has ended, but a process that inherited the handle keeps the"
                + " socket: a ghost, which takes connections and serves none.");
    if (ended.heirs().isEmpty()) {
      return draft.hint(evidence.words().lookForOwner());
    }
    ended.heirs().forEach(heir -> draft.command(evidence.words().end(heir.pid())));
    return draft.text(
        "startedByIt",
        ended.heirs().stream().map(OsProcess::toString).collect(Collectors.joining(", ")));
  }

  private static Finding.Builder explained(Observations evidence, Finding.Builder draft) {
    if (evidence.hasHiddenProcesses()) {
      return draft
          .means(
              "The processes of other users are hidden from this one (hidepid in proc(5)): whatever"
                  + " concerns owners is incomplete.")
          .advise(SuggestedCommands.asSuperuser(evidence));
    }
    if (evidence.unreadableProcesses() == 0) {
      return draft.means(evidence.words().ownerElsewhere()).hint(evidence.words().lookForOwner());
    }
    String hidden = Quantities.count(evidence.unreadableProcesses(), "process");
    return evidence.self().user().filter(evidence.words().superuser()::equals).isPresent()
        ? draft
            .means(
                "Not even "
                    + evidence.words().superuser()
                    + " may look into "
                    + hidden
                    + ", as a security module has it.")
            .hint("Run tcptable without restrictions, on the host.")
        : draft
            .means(
                "This user may not look into "
                    + hidden
                    + ": whatever concerns owners is incomplete.")
            .advise(SuggestedCommands.asSuperuser(evidence));
  }
}
