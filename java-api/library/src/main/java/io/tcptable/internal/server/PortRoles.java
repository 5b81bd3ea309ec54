// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.server;

import io.tcptable.internal.server.Supervisor.Kind;
import io.tcptable.internal.wording.Quantities;
import io.tcptable.process.PortPolicy;
import io.tcptable.process.PortRole;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What each process with a socket of a port has to do with the port, and the evidence for it. */
public final class PortRoles {

  /** Programs that never open a listener themselves. */
  private static final ProgramNames NEVER_LISTEN = ProgramNames.read("never-listen.txt");

  /** By start and, of two in one tick of the clock, by PID. */
  private static final Comparator<ServerProcess> BY_AGE =
      Comparator.<ServerProcess, Instant>comparing(it -> it.startedAt().orElse(Instant.MAX))
          .thenComparingLong(ServerProcess::pid);

  private final int port;
  private final List<PortSocket> listening;
  private final PortPolicy policy;
  private final Map<Long, ServerProcess> processes = new TreeMap<>();
  private final Map<Long, Supervisor> supervisors = new TreeMap<>();
  private final Map<Long, List<PortSocket>> listeners = new TreeMap<>();
  private final Map<Long, List<PortSocket>> connections = new TreeMap<>();
  private final ListenerTree tree;

  /** Of each listener the oldest of its owners, and the oldest that runs another program. */
  private final IdentityHashMap<PortSocket, List<ServerProcess>> oldest = new IdentityHashMap<>();

  private final Map<Long, PortRole> roles = new TreeMap<>();

  /**
   * Finds them out.
   *
   * @param sockets those with the port as their local port
   * @param known what is known of a process
   * @param view from where they are looked at
   * @param policy which ports are given to outgoing connections
   */
  public PortRoles(
      int port,
      List<PortSocket> sockets,
      LongFunction<Optional<ServerProcess>> known,
      Viewpoint view,
      PortPolicy policy) {
    this.port = port;
    this.listening = sockets.stream().filter(PortSocket::listens).toList();
    this.policy = policy;
    Set<Long> pids = new TreeSet<>();
    sockets.forEach(socket -> pids.addAll(socket.owners()));
    for (long pid : pids) {
      known.apply(pid).ifPresent(process -> processes.put(pid, process));
    }
    AncestorSupervisors above = new AncestorSupervisors(view);
    processes.forEach(
        (pid, process) ->
            new SupervisorSearch(process, port, view, above)
                .find()
                .ifPresent(it -> supervisors.put(pid, it)));
    for (PortSocket socket : sockets) {
      for (long pid : socket.owners()) {
        (socket.listens() ? listeners : connections)
            .computeIfAbsent(pid, p -> new ArrayList<>())
            .add(socket);
      }
    }
    this.tree =
        new ListenerTree(processes.values().stream().filter(it -> listens(it.pid())).toList());
    listening.forEach(it -> oldest.put(it, oldestOf(it)));
    pids.forEach(pid -> roles.put(pid, role(pid)));
  }

  /** The roles by PID. */
  public Map<Long, PortRole> all() {
    return Map.copyOf(roles);
  }

  /** The role of an owner of a socket. */
  public PortRole of(long pid) {
    return roles.getOrDefault(pid, new PortRole(PortRole.Kind.SERVER, "has the port"));
  }

  /** Who runs the owners, or that they are no servers themselves, by PID; if that is known. */
  public Map<Long, Supervisor> supervisors() {
    return Map.copyOf(supervisors);
  }

  /** Who runs an owner of a socket, or that it is no server itself. */
  public Optional<Supervisor> supervisor(long pid) {
    return Optional.ofNullable(supervisors.get(pid));
  }

  private PortRole role(long pid) {
    return listens(pid)
        ? notTheServer(pid).or(() -> heir(pid)).orElseGet(() -> listening(pid))
        : connected(pid, connections.getOrDefault(pid, List.of()));
  }

  private boolean listens(long pid) {
    return listeners.containsKey(pid);
  }

  private Optional<PortRole> notTheServer(long pid) {
    return supervisor(pid)
        .flatMap(found -> kind(found.kind()).map(kind -> new PortRole(kind, found.relation())));
  }

  private static Optional<PortRole.Kind> kind(Kind of) {
    return switch (of) {
      case CONTAINER_FORWARD, SSH_FORWARD, FORWARD -> Optional.of(PortRole.Kind.FORWARDER);
      case LISTENING_SUPERVISOR, SUPER_SERVER -> Optional.of(PortRole.Kind.SUPERVISOR);
      case SERVICE, CONTAINER, PROGRAM -> Optional.empty();
    };
  }

  /**
   * One that holds a listener without a connection, has no relative who holds it too, and runs
   * either a program that never listens, or another than an older process that holds it too.
   */
  private Optional<PortRole> heir(long pid) {
    ServerProcess process = processes.get(pid);
    if (process == null || connections.containsKey(pid)) {
      return Optional.empty();
    }
    return ServerProgram.fileName(process)
        .filter(NEVER_LISTEN::contains)
        .map(program -> "runs " + program + ", which never listens")
        .or(
            () ->
                listeners.getOrDefault(pid, List.of()).stream()
                    .flatMap(listener -> oldest.getOrDefault(listener, List.of()).stream())
                    .filter(other -> runOther(process, other) && isOlder(other, process))
                    .findFirst()
                    .map(other -> "shares the listener with " + other + ", another program"))
        .filter(it -> !tree.isRelated(process))
        .map(it -> new PortRole(PortRole.Kind.HEIR, it + ": it has inherited the socket"));
  }

  private List<ServerProcess> oldestOf(PortSocket listener) {
    List<ServerProcess> byAge =
        listener.owners().stream()
            .flatMap(pid -> Optional.ofNullable(processes.get(pid)).stream())
            .filter(it -> it.startedAt().isPresent() && it.executable().isPresent())
            .sorted(BY_AGE)
            .toList();
    return byAge.isEmpty()
        ? List.of()
        : Stream.concat(
                byAge.stream().limit(1),
                byAge.stream().filter(it -> runOther(it, byAge.get(0))).limit(1))
            .toList();
  }

  private static boolean isOlder(ServerProcess one, ServerProcess other) {
    return one.startedAt().isPresent()
        && other.startedAt().isPresent()
        && BY_AGE.compare(one, other) < 0;
  }

  private static boolean runOther(ServerProcess one, ServerProcess other) {
    return one.executable().isPresent()
        && other.executable().isPresent()
        && !one.executable().equals(other.executable());
  }

  private PortRole listening(long pid) {
    String evidence = "listens on " + addresses(listeners.getOrDefault(pid, List.of()));
    int started = tree.below(pid);
    if (started > 0) {
      return new PortRole(
          PortRole.Kind.MASTER,
          evidence + ", as " + Quantities.count(started, "process") + " that it has started");
    }
    return Optional.ofNullable(processes.get(pid))
        .flatMap(tree::above)
        .map(
            above ->
                new PortRole(
                    PortRole.Kind.WORKER, evidence + ", as " + above + ", which has started it"))
        .orElse(new PortRole(PortRole.Kind.SERVER, evidence));
  }

  /** One that has connections only. */
  private PortRole connected(long pid, List<PortSocket> held) {
    long accepted =
        held.stream().filter(it -> PortSocket.listenerOf(it, listening).isPresent()).count();
    if (accepted > 0) {
      String evidence =
          "holds " + Quantities.count(accepted, "connection") + " accepted on the port";
      return isOfAServer(pid)
          ? new PortRole(PortRole.Kind.WORKER, evidence)
          : new PortRole(PortRole.Kind.HEIR, evidence + " by another program, which it was passed");
    }
    PortSocket first =
        held.stream().min(Comparator.comparing(it -> it.remote().toString())).orElseThrow();
    String to = " to " + first.remote();
    String evidence = "is connected from " + first.local().endpoint();
    if (!listening.isEmpty()) {
      return new PortRole(PortRole.Kind.STRANGER, evidence + ", where nobody listens," + to);
    }
    boolean goesOut = policy.isGivenAway(port) && !policy.isGivenAway(first.remote().port());
    return goesOut
        ? new PortRole(PortRole.Kind.CLIENT, evidence + to)
        : new PortRole(PortRole.Kind.SERVER, evidence + to + "; nobody listens");
  }

  private boolean isOfAServer(long pid) {
    ServerProcess process = processes.get(pid);
    return process == null
        || tree.above(process).isPresent()
        || processes.values().stream()
            .filter(other -> listens(other.pid()))
            .anyMatch(other -> !runOther(process, other));
  }

  private static String addresses(List<PortSocket> of) {
    return of.stream()
        .map(it -> it.local().toString())
        .distinct()
        .sorted()
        .collect(Collectors.joining(", "));
  }
}
