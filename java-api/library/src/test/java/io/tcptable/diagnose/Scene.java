// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import io.tcptable.Endpoint;
import io.tcptable.health.HealthResult;
import io.tcptable.health.HealthResult.Attempt;
import io.tcptable.health.HealthResult.Outcome;
import io.tcptable.internal.linux.LinuxPlatform;
import io.tcptable.internal.platform.BindTest;
import io.tcptable.internal.platform.Platform;
import io.tcptable.internal.server.MissingBindRight;
import io.tcptable.internal.server.PortScope;
import io.tcptable.internal.windows.WindowsPlatform;
import io.tcptable.process.PortPolicy;
import io.tcptable.process.TcpCounters;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import servers.Loopback;

/** Evidence made by hand: a healthy port, but for what the test says. */
final class Scene {

  private final List<SceneSocket> sockets = new ArrayList<>();
  private final Map<Long, ProcessEvidence> processes = new HashMap<>();
  private final List<ChildEvidence> children = new ArrayList<>();
  private List<String> otherPorts = List.of();
  private List<ElsewhereListening> elsewhere = List.of();
  private final List<Attempt> attempts = new ArrayList<>();
  private final List<ThreadDump> dumps = new ArrayList<>();
  private SceneProcess self = new SceneProcess(99).runs("/usr/bin/java", "tcptable");
  private Set<Long> ownAncestors = Set.of();
  private int waitingBefore = -1;
  private int unreadable;
  private TcpCounters countersBefore = counters(0, 0, 0);
  private TcpCounters counters = counters(0, 0, 0);
  private Clients clients = new Clients("127.0.0.1:3001", 3, 1);
  private HealthResult.@Nullable Mismatch mismatch;
  private boolean assumed;
  private boolean isAsked = true;
  private Optional<OutgoingWait> outgoing = Optional.empty();
  private Optional<BindTest> bind = Optional.empty();
  private int excludedTo = 3000;
  private final Map<Long, List<ThreadEvidence>> threads = new HashMap<>();
  private final Map<Endpoint, String> callers = new HashMap<>();
  private Surroundings surroundings = Surroundings.ORDINARY;
  private Platform platform = new LinuxPlatform();
  private final Set<Long> unrepeatable = new HashSet<>();
  private Optional<MissingBindRight> missingRight = Optional.empty();

  static TcpCounters counters(long overflows, long drops, long orphans) {
    return TcpCounters.builder()
        .listenOverflows(overflows)
        .listenDrops(drops)
        .synCookies(0)
        .orphans(orphans)
        .orphanLimit(1000)
        .timeWaits(0)
        .timeWaitLimit(1000)
        .build();
  }

  Scene with(SceneProcess... more) {
    for (SceneProcess process : more) {
      processes.put(process.pid(), process.evidence());
    }
    return this;
  }

  Scene with(SceneSocket... more) {
    sockets.addAll(List.of(more));
    return this;
  }

  Scene with(int count, SceneSocket socket) {
    for (int i = 0; i < count; i++) {
      sockets.add(socket);
    }
    return this;
  }

  Scene with(ChildEvidence... more) {
    children.addAll(List.of(more));
    return this;
  }

  /** What ends with the owners. */
  Scene alsoServing(String... lines) {
    otherPorts = List.of(lines);
    return this;
  }

  /** In other network namespaces. */
  Scene elsewhere(ElsewhereListening... processes) {
    elsewhere = List.of(processes);
    return this;
  }

  Scene seenBy(SceneProcess process) {
    self = process;
    return this;
  }

  /** This process descends from that one. */
  Scene startedBy(SceneProcess ancestor) {
    ownAncestors = Set.of(ancestor.pid());
    return this;
  }

  Scene waitingBefore(int count) {
    waitingBefore = count;
    return this;
  }

  Scene unreadable(int count) {
    unreadable = count;
    return this;
  }

  Scene counters(TcpCounters before, TcpCounters now) {
    countersBefore = before;
    counters = now;
    return this;
  }

  Scene clients(Clients other) {
    clients = other;
    return this;
  }

  /** The page is a guess. */
  Scene assumed() {
    assumed = true;
    return this;
  }

  Scene health(Outcome outcome) {
    return health(Loopback.V4, outcome, 0);
  }

  /** What the next health check cannot be answered for. */
  Scene mismatch(HealthResult.Mismatch kind) {
    mismatch = kind;
    return this;
  }

  /** Without a health check. */
  Scene notAsked() {
    isAsked = false;
    return this;
  }

  Scene health(InetAddress address, Outcome outcome, int status) {
    boolean connected = outcome.compareTo(Outcome.CONNECT_TIMEOUT) < 0;
    attempts.add(
        new Attempt(
            Endpoint.of(address, SceneSocket.PORT),
            outcome,
            "it was " + outcome,
            connected ? OptionalInt.of(40_000) : OptionalInt.empty(),
            connected ? Optional.of(Duration.ofMillis(1)) : Optional.empty(),
            Optional.empty(),
            Duration.ofMillis(5),
            status == 0 ? OptionalInt.empty() : OptionalInt.of(status),
            "",
            Optional.ofNullable(mismatch)));
    return this;
  }

  Scene outgoing(OutgoingWait wait) {
    outgoing = Optional.of(wait);
    return this;
  }

  Scene bind(BindTest test) {
    bind = Optional.of(test);
    return this;
  }

  Scene onWindows() {
    platform = new WindowsPlatform();
    return this;
  }

  /** One that cannot be started again the way it runs. */
  Scene unrepeatable(SceneProcess process) {
    unrepeatable.add(process.pid());
    return this;
  }

  /** What is started again lacks the right to bind the port. */
  Scene lacking(MissingBindRight right) {
    missingRight = Optional.of(right);
    return this;
  }

  /** On Windows, with its neighbours. */
  Scene excluded() {
    excludedTo = 3068;
    return this;
  }

  /** One more thread of a process. */
  Scene with(SceneProcess process, ThreadEvidence thread) {
    threads.computeIfAbsent(process.pid(), pid -> new ArrayList<>()).add(thread);
    return this;
  }

  /** On this machine, at this port. */
  Scene caller(int port, String name) {
    callers.put(Endpoint.of(Loopback.V4, port), name);
    return this;
  }

  Scene in(Surroundings other) {
    surroundings = other;
    return this;
  }

  Scene in(SceneSurroundings other) {
    return in(other.seen());
  }

  Scene threads(ThreadDump dump) {
    dumps.add(dump);
    return this;
  }

  Observations evidence() {
    if (attempts.isEmpty()) {
      health(Outcome.HEALTHY);
    }
    List<SocketEvidence> seen = sockets.stream().map(SceneSocket::evidence).toList();
    long waited = seen.stream().filter(SocketEvidence::wasWaiting).count();
    Observations all =
        new Observations(
            PortScope.of(SceneSocket.PORT),
            Duration.ofSeconds(1),
            seen,
            waitingBefore < 0 ? (int) waited : waitingBefore,
            unreadable,
            false,
            new SeenProcesses(processes, self.evidence(), ownAncestors, platform),
            children,
            otherPorts,
            elsewhere,
            countersBefore,
            counters,
            new PortPolicy(
                OptionalInt.of(32_768),
                OptionalInt.of(60_999),
                List.of(),
                OptionalInt.of(1024),
                List.of(new PortPolicy.Range(2969, excludedTo))),
            clients,
            result(),
            outgoing,
            bind,
            dumps,
            RepeatableServers.NONE,
            Map.of(),
            Map.of(),
            threads,
            callers,
            surroundings);
    return all.withRoles(
        new RepeatableServers(
            processes.keySet().stream()
                .filter(pid -> !unrepeatable.contains(pid))
                .collect(Collectors.toSet()),
            missingRight));
  }

  private HealthResult result() {
    URI url = URI.create("http://localhost:3001/health");
    if (!isAsked) {
      return HealthResult.notAsked(url);
    }
    Attempt decisive =
        new HealthResult(url, assumed, Outcome.HEALTHY, "", attempts).decisive().orElseThrow();
    return new HealthResult(url, assumed, decisive.outcome(), decisive.detail(), attempts);
  }

  List<Finding> findings() {
    return FindingRules.findings(evidence());
  }

  Finding finding(FindingCode code) {
    return findings().stream().filter(f -> f.code() == code).findFirst().orElseThrow();
  }

  /** What is wrong, without what is merely good to know. */
  List<FindingCode> faults() {
    return findings().stream().filter(Finding::isFault).map(Finding::code).toList();
  }

  List<FindingCode> codes() {
    return findings().stream().map(Finding::code).toList();
  }

  Verdict verdict() {
    return judgement().verdict();
  }

  VerdictRule judgement() {
    Observations evidence = evidence();
    return VerdictRule.of(evidence, FindingRules.findings(evidence));
  }
}
