// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import io.tcptable.OsProcess;
import io.tcptable.SocketKey;
import io.tcptable.health.HealthResult;
import io.tcptable.internal.Platforms;
import io.tcptable.internal.platform.BindTest;
import io.tcptable.internal.server.BindAddress;
import io.tcptable.internal.server.LiveProcess;
import io.tcptable.internal.server.OtherPorts;
import io.tcptable.internal.server.PortScope;
import io.tcptable.internal.server.ProcessFamily;
import io.tcptable.internal.server.ProtectedProcesses;
import io.tcptable.internal.server.ServedPorts;
import io.tcptable.internal.wording.Quantities;
import io.tcptable.process.PortPolicy;
import io.tcptable.process.ProcessStatus;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Puts together what both samples and the health check saw, and reads what else is known of the
 * port: who listens elsewhere, what the listeners have started, whether it can be bound.
 */
final class ObservationsReader {

  /** Longer than a process usually waits for a disk. */
  private static final Duration A_MOMENT = Duration.ofMillis(300);

  private static final int MOST_NAMED = 5;

  private final PortScope scope;
  private final Sample first;
  private final Sample second;
  private final PortPolicy policy;
  private final List<SocketEvidence> sockets;
  private final boolean isListenedOn;
  private final List<OsProcess> listening;
  private final ProcessFamily family = ProcessFamily.read();

  ObservationsReader(PortScope scope, Sample first, Sample second, PortPolicy policy) {
    this.scope = scope;
    this.first = first;
    this.second = second;
    this.policy = policy;
    sockets = scope.of(second.comparedWith(first), SocketEvidence::asPortSocket);
    isListenedOn = sockets.stream().anyMatch(SocketEvidence::isListener);
    listening = listening();
  }

  private List<OsProcess> listening() {
    Set<Long> pids =
        sockets.stream()
            .filter(SocketEvidence::isListener)
            .flatMap(socket -> socket.owners().stream())
            .collect(Collectors.toSet());
    return second.table().owners().stream().filter(it -> pids.contains(it.pid())).toList();
  }

  /**
   * Reads the rest.
   *
   * @param processes the owners and their ancestors
   * @param closeWaits connections to others that this machine had not closed before
   * @param health the answer of the health check
   * @param outgoing what the server waits for, if anything
   * @param threads whether to ask JVMs for thread dumps
   */
  Observations read(
      Map<Long, ProcessEvidence> processes,
      Set<SocketKey> closeWaits,
      HealthResult health,
      Optional<OutgoingWait> outgoing,
      boolean threads)
      throws InterruptedException {
    return new Observations(
        scope,
        Duration.between(first.table().takenAt(), second.table().takenAt()),
        sockets,
        first.waiting(),
        second.table().unreadableProcesses(),
        second.table().hasHiddenProcesses(),
        new SeenProcesses(
            processes,
            ProcessEvidence.of(LiveProcess.self(), Optional.empty()),
            ProtectedProcesses.ownAncestors(),
            Platforms.current()),
        children(),
        otherPorts(),
        isListenedOn ? List.of() : ElsewhereListening.on(scope.port(), Platforms.current()),
        first.counters(),
        second.counters(),
        policy,
        Clients.of(scope.port(), policy),
        health,
        outgoing,
        isListenedOn ? Optional.empty() : Optional.of(bind()),
        threads ? ThreadDumps.of(second, processes) : List.of(),
        RepeatableServers.NONE,
        Map.of(),
        Map.of(),
        ThreadEvidence.of(first.threads(), second.threads()),
        health.isUnanswered() ? Sample.callers(scope.port()) : Map.of(),
        Surroundings.of(
            scope,
            first,
            health,
            policy,
            unclosedOutgoing(closeWaits),
            Generations.of(scope, first.table(), second.table()),
            isListenedOn ? Optional.empty() : udp(),
            LocalAddresses.gone(
                sockets.stream()
                    .filter(SocketEvidence::isListener)
                    .map(SocketEvidence::bound)
                    .toList()),
            isListenedOn ? List.of() : Platforms.current().containersPublishing(scope.port())));
  }

  /**
   * What the listening processes have started. A wait inside the kernel counts only if it lasts:
   * that of a disk is over soon.
   */
  private List<ChildEvidence> children() throws InterruptedException {
    Set<Long> excluded = ProtectedProcesses.ownAncestors();
    excluded.add(LiveProcess.self().pid());
    second.table().owners().forEach(owner -> excluded.add(owner.pid()));
    List<ChildEvidence> children = ChildEvidence.of(listening, family, excluded);
    if (children.stream().noneMatch(child -> child.state() == ProcessStatus.State.BLOCKED)) {
      return children;
    }
    Thread.sleep(A_MOMENT.toMillis());
    return ChildEvidence.of(listening, ProcessFamily.read(), excluded);
  }

  /**
   * As a restart looks at them, which refuses to stop services of other ports unasked. What it
   * never stops serves on.
   */
  private List<String> otherPorts() {
    ProtectedProcesses protection = new ProtectedProcesses(Set.of());
    Set<OsProcess> stopped =
        listening.stream()
            .filter(it -> protection.reason(it.pid()).isEmpty())
            .collect(Collectors.toSet());
    ServedPorts served = stopped.isEmpty() ? ServedPorts.NONE : ServedPorts.besides(scope.port());
    OtherPorts others = OtherPorts.of(served, stopped, family, policy);
    return others.areServices() ? others.lines() : List.of();
  }

  /** Few are no finding, and to find their owners looks into every process. */
  private UnclosedOutgoing unclosedOutgoing(Set<SocketKey> before) {
    return before.size() < OutgoingCloseWait.MANY
        ? UnclosedOutgoing.NONE
        : UnclosedOutgoing.of(
            listening.stream().map(OsProcess::pid).collect(Collectors.toSet()), before);
  }

  private Optional<String> udp() {
    return Platforms.current()
        .udpOwners(scope.port())
        .map(pids -> pids.stream().flatMap(pid -> OsProcess.of(pid).stream()).toList())
        .map(
            owners ->
                owners.isEmpty()
                    ? "a process that this user cannot see"
                    : Quantities.list(owners, MOST_NAMED));
  }

  private BindTest bind() {
    return scope
        .address()
        .map(it -> BindTest.of(BindAddress.of(it)))
        .orElseGet(() -> BindTest.of(scope.port()));
  }
}
