// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import io.tcptable.Endpoint;
import io.tcptable.Ownership;
import io.tcptable.TcpState;
import io.tcptable.health.HealthResult;
import io.tcptable.internal.platform.BindTest;
import io.tcptable.internal.platform.Phrase;
import io.tcptable.internal.platform.Platform;
import io.tcptable.internal.platform.Right;
import io.tcptable.internal.platform.SystemCommands;
import io.tcptable.internal.server.PortRoles;
import io.tcptable.internal.server.PortScope;
import io.tcptable.internal.server.Supervisor;
import io.tcptable.process.PortPolicy;
import io.tcptable.process.PortRole;
import io.tcptable.process.TcpCounters;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * All that a diagnosis saw, before it is judged. Immutable.
 *
 * @param scope the port, or one address of it
 * @param apart how long the second look was after the first
 * @param sockets the sockets with this local port at the second look
 * @param waitingBefore how many connections waited to be accepted at the first look
 * @param unreadableProcesses how many processes could not be looked into
 * @param hasHiddenProcesses whether there may be more that are not even listed
 * @param processes the owners of the sockets, and their ancestors; this process; the system
 * @param children what the owners have started and has no socket of the port
 * @param otherPorts what ends with the owners, a line each, if they serve other ports too
 * @param elsewhere processes that listen on the port in other network namespaces, if nobody does
 *     here; with where they run
 * @param countersBefore the kernel's counters at the first look
 * @param counters the same at the second
 * @param policy who may have which port
 * @param clients the connections of this machine to that port
 * @param health what became of the health probe
 * @param outgoing what the server waits for, if the health check was not answered at once
 * @param bind whether the port can be bound; empty if somebody listens
 * @param threadDumps of owners that are JVMs, if asked for
 * @param repeatable those that can be started again the way they run, of those that have started
 *     the owners
 * @param roles what the owners of the sockets have to do with the port, by PID
 * @param supervisors who runs them and would start them again, by PID; if anybody is known
 * @param threads what the threads of the owners did from one look to the next, by PID
 * @param callers the processes of this machine that have a connection to the port, by their
 *     address; only looked for if the server does not answer
 * @param surroundings what was seen beside the port
 */
record Observations(
    PortScope scope,
    Duration apart,
    List<SocketEvidence> sockets,
    int waitingBefore,
    int unreadableProcesses,
    boolean hasHiddenProcesses,
    SeenProcesses processes,
    List<ChildEvidence> children,
    List<String> otherPorts,
    List<ElsewhereListening> elsewhere,
    TcpCounters countersBefore,
    TcpCounters counters,
    PortPolicy policy,
    Clients clients,
    HealthResult health,
    Optional<OutgoingWait> outgoing,
    Optional<BindTest> bind,
    List<ThreadDump> threadDumps,
    RepeatableServers repeatable,
    Map<Long, PortRole> roles,
    Map<Long, Supervisor> supervisors,
    Map<Long, List<ThreadEvidence>> threads,
    Map<Endpoint, String> callers,
    Surroundings surroundings) {

  Observations {
    sockets = List.copyOf(sockets);
    children = List.copyOf(children);
    otherPorts = List.copyOf(otherPorts);
    elsewhere = List.copyOf(elsewhere);
    threadDumps = List.copyOf(threadDumps);
    roles = Map.copyOf(roles);
    supervisors = Map.copyOf(supervisors);
    threads = Map.copyOf(threads);
    callers = Map.copyOf(callers);
  }

  /** The port. */
  int port() {
    return scope.port();
  }

  /** The operating system that was looked at. */
  Platform platform() {
    return processes.platform();
  }

  /** The server that the port is forwarded to, if it is. */
  Optional<UpstreamServer> forwarded() {
    return surroundings.forwarded();
  }

  /** The server one hop away whose findings are told with those of the port, if there is one. */
  Optional<UpstreamServer> upstream() {
    return forwarded().or(() -> WaitsForServer.upstream(this));
  }

  /**
   * The same with the roles and supervisors of the owners, and without the sockets of strangers.
   *
   * @param canBeRepeated as {@link #repeatable}
   */
  Observations withRoles(RepeatableServers canBeRepeated) {
    PortRoles found =
        new PortRoles(
            port(),
            sockets.stream().map(SocketEvidence::asPortSocket).toList(),
            processes::seen,
            processes.view(),
            policy);
    return with(
        sockets(socket -> !isOfStrangers(socket, found.all())),
        children,
        outgoing,
        canBeRepeated,
        found.all(),
        found.supervisors(),
        surroundings);
  }

  /** The same, where the port is forwarded to a server elsewhere. */
  Observations with(UpstreamServer server) {
    // The children of a forwarder are processes of the server there, or none of it.
    return with(
        sockets, List.of(), outgoing, repeatable, roles, supervisors, surroundings.with(server));
  }

  /** The same, where another server could not be connected to. */
  Observations with(FailedConnect connect) {
    return with(
        sockets, children, outgoing, repeatable, roles, supervisors, surroundings.with(connect));
  }

  /** The same, with what was seen of the server that it waits for. */
  Observations waitingFor(UpstreamServer server) {
    return with(
        sockets,
        children,
        outgoing.map(it -> it.with(server)),
        repeatable,
        roles,
        supervisors,
        surroundings);
  }

  private Observations with(
      List<SocketEvidence> newSockets,
      List<ChildEvidence> newChildren,
      Optional<OutgoingWait> newOutgoing,
      RepeatableServers newRepeatable,
      Map<Long, PortRole> newRoles,
      Map<Long, Supervisor> newSupervisors,
      Surroundings newSurroundings) {
    return new Observations(
        scope,
        apart,
        newSockets,
        waitingBefore,
        unreadableProcesses,
        hasHiddenProcesses,
        processes,
        newChildren,
        otherPorts,
        elsewhere,
        countersBefore,
        counters,
        policy,
        clients,
        health,
        newOutgoing,
        bind,
        threadDumps,
        newRepeatable,
        newRoles,
        newSupervisors,
        threads,
        callers,
        newSurroundings);
  }

  /** What was seen of the port that a forwarder leads to. */
  Observations behind(int there, Sample first, Sample second, Map<Long, ProcessEvidence> seen) {
    return new Observations(
            PortScope.of(there),
            Duration.between(first.table().takenAt(), second.table().takenAt()),
            second.comparedWith(first),
            first.waiting(),
            second.table().unreadableProcesses(),
            second.table().hasHiddenProcesses(),
            processes.with(seen),
            List.of(),
            List.of(),
            List.of(),
            // Those of the namespace there are not read.
            counters,
            counters,
            policy,
            Clients.NONE,
            health,
            Optional.empty(),
            Optional.empty(),
            List.of(),
            RepeatableServers.NONE,
            Map.of(),
            Map.of(),
            ThreadEvidence.of(first.threads(), second.threads()),
            Map.of(),
            Surroundings.ORDINARY)
        .withRoles(RepeatableServers.NONE);
  }

  private static boolean isOfStrangers(SocketEvidence socket, Map<Long, PortRole> roles) {
    return !socket.owners().isEmpty()
        && socket.owners().stream()
            .allMatch(
                pid ->
                    Optional.ofNullable(roles.get(pid))
                        .filter(role -> role.kind() == PortRole.Kind.STRANGER)
                        .isPresent());
  }

  /** What the threads of an owner did from one look to the next; none if not known. */
  List<ThreadEvidence> threadsOf(long pid) {
    return threads.getOrDefault(pid, List.of());
  }

  /** What an owner of a socket has to do with the port. */
  Optional<PortRole> roleOf(long pid) {
    return Optional.ofNullable(roles.get(pid));
  }

  /** Whether an owner of a socket has this role. */
  boolean isA(PortRole.Kind kind, long pid) {
    return roleOf(pid).filter(role -> role.kind() == kind).isPresent();
  }

  List<SocketEvidence> listeners() {
    return sockets(SocketEvidence::isListener);
  }

  List<SocketEvidence> sockets(Predicate<SocketEvidence> wanted) {
    return sockets.stream().filter(wanted).toList();
  }

  /** Those of a state that were in it at both looks. */
  List<SocketEvidence> persistent(TcpState state) {
    return sockets(socket -> socket.state() == state && socket.isPersistent());
  }

  /** The processes that own one of these sockets. */
  Set<Long> ownersOf(List<SocketEvidence> of) {
    Set<Long> pids = new LinkedHashSet<>();
    of.forEach(socket -> pids.addAll(socket.owners()));
    return pids;
  }

  /** What the system words in its own way. */
  String phrase(Phrase phrase) {
    return platform().phrases().of(phrase);
  }

  /** The commands of the system. */
  SystemCommands commands() {
    return platform().commands();
  }

  /** What to do where not all processes can be seen: a sentence, or two. */
  String adviceToSeeAll() {
    return platform().advice(Right.SEE_PROCESSES);
  }

  /** Whether nothing says that the server does not answer: it does, or it was not asked. */
  boolean isPresumedHealthy() {
    return health.isHealthy() || !health.isAsked();
  }

  /** Whether any process holds a socket of the port, known or not. */
  boolean isHeld() {
    return sockets.stream().anyMatch(socket -> socket.ownership() != Ownership.NONE);
  }

  /** What is known of the processes that own a socket of the port, by PID. */
  List<ProcessEvidence> owners() {
    return ownersOf(sockets).stream().sorted().flatMap(pid -> process(pid).stream()).toList();
  }

  /** Their ancestors, without themselves. */
  List<ProcessEvidence> ancestors() {
    Set<Long> owners = ownersOf(sockets);
    return processes.byPid().values().stream()
        .filter(process -> !owners.contains(process.pid()))
        .sorted(Comparator.comparingLong(ProcessEvidence::pid))
        .toList();
  }

  Optional<ProcessEvidence> process(long pid) {
    return processes.process(pid);
  }

  /** Who runs an owner and would start it again; empty if nobody is known. */
  Optional<Supervisor> supervisorOf(ProcessEvidence owner) {
    return Optional.ofNullable(supervisors.get(owner.pid()));
  }

  /** As {@link SeenProcesses#named}. */
  String named(Set<Long> pids) {
    return processes.named(pids);
  }

  /**
   * These, which were there at both looks, and the server's ends of the health probe's connections
   * that were not answered, which came in between, if they are as wanted.
   */
  List<SocketEvidence> withUnansweredProbes(
      List<SocketEvidence> some, Predicate<SocketEvidence> wanted) {
    Stream<SocketEvidence> probes =
        health.attempts().stream()
            .filter(attempt -> attempt.outcome() == HealthResult.Outcome.NO_RESPONSE)
            .flatMap(attempt -> attempt.localPort().stream().boxed())
            .flatMap(from -> sockets.stream().filter(s -> isFrom(s, from)));
    return Stream.concat(some.stream(), probes.filter(wanted)).toList();
  }

  /** Whether a socket is the server's end of the health probe: it comes and goes with this look. */
  boolean isProbe(SocketEvidence socket) {
    return health.attempts().stream()
        .flatMap(attempt -> attempt.localPort().stream().boxed())
        .anyMatch(from -> isFrom(socket, from));
  }

  /** The first look came before the probe. */
  private static boolean isFrom(SocketEvidence socket, int localPort) {
    return socket.before().isEmpty() && socket.remote().port() == localPort;
  }

  /**
   * For how long at least these have stayed as they are: one may be younger than the first look.
   */
  Duration watched(List<SocketEvidence> of) {
    return of.stream()
        .filter(socket -> socket.before().isEmpty())
        .flatMap(socket -> socket.lastReceived().stream())
        .filter(age -> age.compareTo(apart) < 0)
        .min(Comparator.naturalOrder())
        .orElse(apart);
  }
}
