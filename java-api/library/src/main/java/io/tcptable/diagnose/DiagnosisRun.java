// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import io.tcptable.Endpoint;
import io.tcptable.OsProcess;
import io.tcptable.SocketKey;
import io.tcptable.TcpTable;
import io.tcptable.health.HealthProbe;
import io.tcptable.health.HealthResult;
import io.tcptable.internal.server.LiveProcess;
import io.tcptable.internal.server.PortScope;
import io.tcptable.internal.server.ProtectedProcesses;
import io.tcptable.internal.server.SocketActivation;
import io.tcptable.process.PortPolicy;
import io.tcptable.process.PortRole;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Gathers what a diagnosis needs, and judges it. */
final class DiagnosisRun {

  /** Between the two looks at a server that is waited for, while the health check waits too. */
  private static final Duration LONGEST_DISTANCE = Duration.ofSeconds(1);

  private DiagnosisRun() {}

  /**
   * Takes two samples and the answer of the health check in between, and judges them.
   *
   * @param asked the health check, if there is to be one
   */
  static PortDiagnosis of(
      PortScope scope, Optional<HealthProbe> asked, boolean threads, Duration distance)
      throws InterruptedException {
    int port = scope.port();
    Sample first = Sample.at(port);
    Optional<UpstreamLook> behind = UpstreamLook.of(scope, first.table());
    Set<SocketKey> closeWaits = UnclosedOutgoing.look();
    Optional<HealthProbe> probe =
        asked
            .filter(it -> !it.isAssumed() || !isWaitedFor(scope, first))
            .map(it -> first.reachable(scope).map(it::at).orElse(it));
    PortPolicy policy = TcpTable.readPortPolicy();
    Sample second;
    Optional<Sample> secondBehind;
    Optional<OutgoingWait> outgoing;
    Optional<UpstreamLook> asking;
    Optional<Sample> secondAsking;
    Map<Long, ProcessEvidence> processes;
    HealthResult health;
    Map<Endpoint, Integer> failed;
    try (BackgroundProbe probing = BackgroundProbe.start(port, probe, policy)) {
      Thread.sleep(distance.toMillis());
      // While the probe may still wait, so that its own connection is among the sockets.
      second = Sample.at(port);
      // At once: a server that is no longer asked may close its connection to another one.
      outgoing = probing.isAnswered() ? Optional.empty() : outgoing(second, probing);
      secondBehind = behind.flatMap(UpstreamLook::again);
      // Before the probe gives up: an owner may end meanwhile.
      processes = OwnerAncestry.of(first, second);
      asking = outgoing.map(UpstreamLook::of);
      if (asking.flatMap(UpstreamLook::first).isPresent()) {
        Thread.sleep(Math.min(distance.toMillis(), LONGEST_DISTANCE.toMillis()));
      }
      secondAsking = asking.flatMap(UpstreamLook::again);
      health = probing.result();
      failed = probing.failed();
    }
    Observations all =
        new ObservationsReader(scope, first, second, policy)
            .read(processes, closeWaits, health, outgoing, threads);
    Observations direct = all.withRoles(RepeatableServers.of(all));
    Observations waiting =
        asking.map(look -> direct.waitingFor(look.server(secondAsking, direct))).orElse(direct);
    Observations connecting =
        FailedConnect.of(failed, port, health)
            .map(it -> waiting.with(it.with(UpstreamLook.of(it).serverNow(direct))))
            .orElse(waiting);
    Observations evidence =
        behind.map(look -> connecting.with(look.server(secondBehind, direct))).orElse(connecting);
    List<Finding> findings = FindingRules.findings(evidence);
    VerdictRule judgement = VerdictRule.of(evidence, findings);
    return new PortDiagnosis(
        port,
        scope.address(),
        judgement.verdict(),
        judgement.headline(),
        findings,
        health,
        second.table(),
        evidence.apart(),
        owners(evidence, all),
        all.ancestors(),
        ThreadDumps.texts(evidence.threadDumps()),
        roles(evidence));
  }

  /** Whom the server may wait for, and not answer for that reason. */
  private static Optional<OutgoingWait> outgoing(Sample second, BackgroundProbe probing) {
    Set<Long> server =
        second.table().owners().stream()
            .map(OsProcess::pid)
            // Its own connections are those of the probe.
            .filter(pid -> pid != ProcessHandle.current().pid())
            .collect(Collectors.toSet());
    return OutgoingWait.of(server, probing.elapsed(), probing.over());
  }

  /** Those of the server that a forwarder leads to count too, unless they have the port as well. */
  private static List<ProcessEvidence> owners(Observations evidence, Observations all) {
    Map<Long, ProcessEvidence> owners = new LinkedHashMap<>();
    all.owners().forEach(owner -> owners.put(owner.pid(), owner));
    evidence.forwarded().stream()
        .flatMap(server -> server.owners().stream())
        .forEach(owner -> owners.putIfAbsent(owner.pid(), owner));
    return List.copyOf(owners.values());
  }

  private static Map<Long, PortRole> roles(Observations evidence) {
    Map<Long, PortRole> roles = new TreeMap<>(evidence.roles());
    evidence
        .forwarded()
        .flatMap(UpstreamServer::there)
        .ifPresent(it -> it.roles().forEach(roles::putIfAbsent));
    return roles;
  }

  /** Whether a connection would start the server: only a URL that was named may do so. */
  private static boolean isWaitedFor(PortScope scope, Sample look) {
    return SocketActivation.isWaiting(
        Sample.listening(scope, look.table()).stream().map(LiveProcess::new).toList(),
        LiveProcess.view(new ProtectedProcesses(Set.of())));
  }
}
