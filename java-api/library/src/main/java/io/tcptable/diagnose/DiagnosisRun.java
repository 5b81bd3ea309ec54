// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import io.tcptable.Endpoint;
import io.tcptable.OsProcess;
import io.tcptable.SocketKey;
import io.tcptable.TcpTable;
import io.tcptable.health.HealthProbe;
import io.tcptable.health.HealthResult;
import io.tcptable.internal.Platforms;
import io.tcptable.internal.platform.BindTest;
import io.tcptable.internal.server.Conmon;
import io.tcptable.internal.server.LiveProcess;
import io.tcptable.internal.server.OtherPorts;
import io.tcptable.internal.server.PortScope;
import io.tcptable.internal.server.ProcessFamily;
import io.tcptable.internal.server.ProtectedProcesses;
import io.tcptable.internal.server.ServedPorts;
import io.tcptable.internal.wording.Quantities;
import io.tcptable.process.PortPolicy;
import io.tcptable.process.PortRole;
import io.tcptable.process.ProcessStatus;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/** Gathers what a diagnosis needs, and judges it. */
final class DiagnosisRun {

  /** A look at one process takes microseconds, unless it is stuck. */
  private static final Duration LONGEST_LOOK = Duration.ofSeconds(2);

  /** Longer than a process usually waits for a disk. */
  private static final Duration A_MOMENT = Duration.ofMillis(300);

  /** Between the two looks at a server that is waited for, while the health check waits too. */
  private static final Duration LONGEST_DISTANCE = Duration.ofSeconds(1);

  private static final int MOST_NAMED = 5;

  private DiagnosisRun() {}

  /**
   * Takes two samples and the answer of the health check in between, and judges them.
   *
   * @param asked the health check, if there is to be one
   */
  static PortDiagnosis of(
      PortScope scope, Optional<HealthProbe> asked, boolean threads, Duration distance)
      throws InterruptedException {
    try (FailedAttempts failing = FailedAttempts.open()) {
      return of(scope, asked, threads, distance, failing);
    }
  }

  private static PortDiagnosis of(
      PortScope scope,
      Optional<HealthProbe> asked,
      boolean threads,
      Duration distance,
      FailedAttempts failing)
      throws InterruptedException {
    int port = scope.port();
    Sample first = Sample.at(port);
    Optional<UpstreamLook> behind = UpstreamLook.of(scope, first.table());
    Set<SocketKey> closeWaits = UnclosedOutgoing.look();
    Optional<HealthProbe> probe = asked.map(it -> first.reachable(scope).map(it::at).orElse(it));
    Map<Endpoint, Integer> failed = new ConcurrentHashMap<>();
    PortPolicy policy = TcpTable.readPortPolicy();
    FutureTask<HealthResult> probing =
        new FutureTask<>(
            () -> {
              failing.read(policy);
              HealthResult result = result(port, probe);
              // What fails later is not for its sake.
              failed.putAll(failing.read(policy));
              return result;
            });
    Thread prober = new Thread(probing, "tcptable-diagnose");
    prober.setDaemon(true);
    prober.start();
    Instant started = Instant.now();
    Sample second;
    Optional<Sample> secondBehind;
    Optional<OutgoingWait> outgoing;
    Optional<UpstreamLook> asking;
    Optional<Sample> secondAsking;
    Map<Long, ProcessEvidence> processes;
    HealthResult health;
    try {
      Thread.sleep(distance.toMillis());
      // While the probe may still wait, so that its own connection is among the sockets.
      second = Sample.at(port);
      secondBehind = behind.flatMap(UpstreamLook::again);
      // Before the probe gives up: an owner may end meanwhile.
      processes = processes(first, second);
      outgoing =
          probing.isDone() && !probing.get().isOfGateway()
              ? Optional.empty()
              : outgoing(second, started);
      asking = outgoing.map(UpstreamLook::of);
      if (asking.flatMap(UpstreamLook::first).isPresent()) {
        Thread.sleep(Math.min(distance.toMillis(), LONGEST_DISTANCE.toMillis()));
      }
      secondAsking = asking.flatMap(UpstreamLook::again);
      health = probing.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("probing " + probe, e.getCause());
    } finally {
      probing.cancel(true);
    }
    Observations all =
        observations(
            scope, first, closeWaits, second, health, outgoing, processes, threads, policy);
    Observations direct = all.withRoles(RepeatableServers.of(all));
    Observations waiting =
        asking
            .map(look -> direct.waitingFor(look.server(behind(look, secondAsking, direct))))
            .orElse(direct);
    Observations connecting =
        FailedConnect.of(failed, port, health)
            .map(it -> waiting.with(it.with(server(UpstreamLook.of(it), direct))))
            .orElse(waiting);
    Observations evidence =
        behind
            .map(look -> connecting.with(look.server(behind(look, secondBehind, direct))))
            .orElse(connecting);
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
        texts(evidence.threadDumps()),
        roles(evidence));
  }

  /** What is there now: who does not listen is not watched. */
  private static UpstreamServer server(UpstreamLook look, Observations direct) {
    return look.server(behind(look, look.again(), direct));
  }

  private static Optional<Observations> behind(
      UpstreamLook look, Optional<Sample> second, Observations direct) {
    return look.first()
        .flatMap(
            first ->
                second.map(
                    later ->
                        direct.behind(
                            look.port().orElseThrow(), first, later, processes(first, later))));
  }

  /** Those of the server that a forwarder leads to count too, unless they have the port as well. */
  private static List<ProcessEvidence> owners(Observations evidence, Observations all) {
    Map<Long, ProcessEvidence> owners = new LinkedHashMap<>();
    all.owners().forEach(owner -> owners.put(owner.pid(), owner));
    evidence.surroundings().forwarded().stream()
        .flatMap(server -> server.owners().stream())
        .forEach(owner -> owners.putIfAbsent(owner.pid(), owner));
    return List.copyOf(owners.values());
  }

  private static Map<Long, PortRole> roles(Observations evidence) {
    Map<Long, PortRole> roles = new TreeMap<>(evidence.roles());
    evidence
        .surroundings()
        .forwarded()
        .flatMap(UpstreamServer::there)
        .ifPresent(it -> it.roles().forEach(roles::putIfAbsent));
    return roles;
  }

  private static HealthResult result(int port, Optional<HealthProbe> probe)
      throws InterruptedException {
    return probe.isPresent()
        ? probe.get().run()
        : HealthResult.notAsked(HealthProbe.of(port).url());
  }

  private static Observations observations(
      PortScope scope,
      Sample first,
      Set<SocketKey> closeWaits,
      Sample second,
      HealthResult health,
      Optional<OutgoingWait> outgoing,
      Map<Long, ProcessEvidence> processes,
      boolean threads,
      PortPolicy policy)
      throws InterruptedException {
    List<SocketEvidence> sockets =
        scope.of(second.comparedWith(first), SocketEvidence::asPortSocket);
    boolean isListenedOn = sockets.stream().anyMatch(SocketEvidence::isListener);
    List<OsProcess> listening = listening(second, sockets);
    ProcessFamily family = ProcessFamily.read();
    return new Observations(
        scope,
        Duration.between(first.table().takenAt(), second.table().takenAt()),
        sockets,
        first.waiting(),
        second.table().unreadableProcesses(),
        second.table().hasHiddenProcesses(),
        processes,
        children(second, listening, family),
        otherPorts(scope, listening, family, policy),
        isListenedOn ? List.of() : ElsewhereListening.on(scope.port(), Platforms.current()),
        ProcessEvidence.of(LiveProcess.self(), Optional.empty()),
        ProtectedProcesses.ownAncestors(),
        first.counters(),
        second.counters(),
        policy,
        Sample.clients(scope.port(), policy),
        health,
        outgoing,
        isListenedOn ? Optional.empty() : Optional.of(bind(scope)),
        threads ? threadDumps(second, processes) : List.of(),
        Platforms.current(),
        Set.of(),
        Map.of(),
        Map.of(),
        ThreadEvidence.of(first.threads(), second.threads()),
        health.isUnanswered() ? Sample.callers(scope.port()) : Map.of(),
        Surroundings.of(
                scope,
                first,
                health,
                policy,
                unclosedOutgoing(listening, closeWaits),
                Generations.of(scope, first.table(), second.table()),
                isListenedOn ? Optional.empty() : udp(scope.port()),
                LocalAddresses.gone(
                    sockets.stream()
                        .filter(SocketEvidence::isListener)
                        .map(SocketEvidence::bound)
                        .toList()))
            .published(
                isListenedOn ? List.of() : Platforms.current().containersPublishing(scope.port())));
  }

  /**
   * What the listening processes have started. A wait inside the kernel counts only if it lasts:
   * that of a disk is over soon.
   */
  private static List<ChildEvidence> children(
      Sample look, List<OsProcess> listening, ProcessFamily family) throws InterruptedException {
    Set<Long> excluded = ProtectedProcesses.ownAncestors();
    excluded.add(LiveProcess.self().pid());
    look.table().owners().forEach(owner -> excluded.add(owner.pid()));
    List<ChildEvidence> children = ChildEvidence.of(listening, family, excluded);
    if (children.stream().noneMatch(child -> child.state() == ProcessStatus.State.BLOCKED)) {
      return children;
    }
    Thread.sleep(A_MOMENT.toMillis());
    return ChildEvidence.of(listening, ProcessFamily.read(), excluded);
  }

  private static List<OsProcess> listening(Sample look, List<SocketEvidence> sockets) {
    Set<Long> pids =
        sockets.stream()
            .filter(SocketEvidence::isListener)
            .flatMap(socket -> socket.owners().stream())
            .collect(Collectors.toSet());
    return look.table().owners().stream().filter(it -> pids.contains(it.pid())).toList();
  }

  /** As a restart looks at them, which refuses to stop services of other ports unasked. */
  private static List<String> otherPorts(
      PortScope scope, List<OsProcess> listening, ProcessFamily family, PortPolicy policy) {
    ServedPorts served = listening.isEmpty() ? ServedPorts.NONE : ServedPorts.besides(scope.port());
    OtherPorts others = OtherPorts.of(served, Set.copyOf(listening), family, policy);
    return others.areServices() ? others.lines() : List.of();
  }

  /** While the probe still waits: when it gives up, the server may give up too. */
  private static Optional<OutgoingWait> outgoing(Sample second, Instant started) {
    Set<Long> server =
        second.table().owners().stream()
            .map(OsProcess::pid)
            // Its own connections are those of the probe.
            .filter(pid -> pid != ProcessHandle.current().pid())
            .collect(Collectors.toSet());
    return OutgoingWait.of(server, Duration.between(started, Instant.now()));
  }

  /** Few are no finding, and to find their owners looks into every process. */
  private static UnclosedOutgoing unclosedOutgoing(
      List<OsProcess> listening, Set<SocketKey> before) {
    return before.size() < OutgoingCloseWait.MANY
        ? UnclosedOutgoing.NONE
        : UnclosedOutgoing.of(
            listening.stream().map(OsProcess::pid).collect(Collectors.toSet()), before);
  }

  private static Optional<String> udp(int port) {
    return Platforms.current()
        .udpOwners(port)
        .map(pids -> pids.stream().flatMap(pid -> OsProcess.of(pid).stream()).toList())
        .map(
            owners ->
                owners.isEmpty()
                    ? "a process that this user cannot see"
                    : Quantities.list(owners, MOST_NAMED));
  }

  private static BindTest bind(PortScope scope) {
    return scope
        .address()
        .map(it -> BindTest.of(new InetSocketAddress(it.endpoint().address(), it.port())))
        .orElseGet(() -> BindTest.of(scope.port()));
  }

  /** The owners and all their ancestors. */
  private static Map<Long, ProcessEvidence> processes(Sample first, Sample second) {
    Map<Long, ProcessEvidence> processes = new LinkedHashMap<>();
    for (OsProcess owner : second.table().owners()) {
      Optional<OsProcess> next = Optional.of(owner);
      while (next.isPresent() && !processes.containsKey(next.get().pid())) {
        OsProcess process = next.get();
        processes.put(
            process.pid(),
            ProcessEvidence.of(process, Optional.ofNullable(first.states().get(process))));
        next = process.parent();
      }
    }
    processes.replaceAll((pid, process) -> named(process, processes));
    return processes;
  }

  /** Where the files of Podman do not tell the name of a container, its conmon does. */
  private static ProcessEvidence named(ProcessEvidence process, Map<Long, ProcessEvidence> all) {
    Optional<String> id =
        process.container().filter(it -> it.startsWith("libpod ")).map(it -> it.substring(7));
    if (id.isEmpty() || process.containerName().isPresent()) {
      return process;
    }
    Set<Long> passed = new HashSet<>();
    OptionalLong above = process.parent();
    while (above.isPresent() && passed.add(above.getAsLong())) {
      ProcessEvidence parent = all.get(above.getAsLong());
      Optional<String> name =
          parent == null
              ? Optional.empty()
              : Conmon.name(parent.executable(), parent.commandLine(), id.get());
      if (name.isPresent()) {
        return process.inContainerCalled(name.get());
      }
      above = parent == null ? OptionalLong.empty() : parent.parent();
    }
    return process;
  }

  private static List<ThreadDump> threadDumps(Sample look, Map<Long, ProcessEvidence> processes)
      throws InterruptedException {
    List<ThreadDump> dumps = new ArrayList<>();
    for (OsProcess owner : look.table().owners()) {
      ProcessEvidence process = processes.get(owner.pid());
      if (process != null && isJvm(owner)) {
        dumps.add(
            isStopped(process)
                ? new ThreadDump(owner.pid(), "it is stopped and cannot answer", false)
                : ThreadDump.of(owner.pid()));
      }
    }
    return dumps;
  }

  /** Asked in a thread that can be left behind: a process may keep its mappings locked. */
  private static boolean isJvm(OsProcess owner) throws InterruptedException {
    FutureTask<Boolean> asking = new FutureTask<>(owner::isJvm);
    Thread asker = new Thread(asking, "tcptable-jvm");
    asker.setDaemon(true);
    asker.start();
    try {
      return asking.get(LONGEST_LOOK.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      return false;
    }
  }

  private static boolean isStopped(ProcessEvidence process) {
    return process
        .status()
        .map(ProcessStatus::state)
        .filter(s -> s == ProcessStatus.State.STOPPED || s == ProcessStatus.State.TRACED)
        .isPresent();
  }

  private static Map<Long, String> texts(List<ThreadDump> dumps) {
    Map<Long, String> texts = new LinkedHashMap<>();
    dumps.forEach(dump -> texts.put(dump.pid(), dump.text()));
    return texts;
  }
}
