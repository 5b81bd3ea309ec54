// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.server;

import io.tcptable.internal.server.Supervisor.Kind;
import io.tcptable.internal.wording.Quantities;
import io.tcptable.process.PortPolicy;
import io.tcptable.process.PortRole;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongFunction;
import java.util.stream.Collectors;

/** What each process with a socket of a port has to do with the port, and the evidence for it. */
public final class PortRoles {

  /** Programs that never open a listener themselves. */
  private static final ProgramNames NEVER_LISTEN = ProgramNames.read("never-listen.txt");

  private final int port;
  private final List<PortSocket> sockets;
  private final PortPolicy policy;
  private final Map<Long, ServerProcess> processes = new TreeMap<>();
  private final Map<Long, List<ServerProcess>> ancestors = new TreeMap<>();
  private final Map<Long, Supervisor> supervisors = new TreeMap<>();
  private final Map<Long, List<PortSocket>> listeners = new TreeMap<>();
  private final Map<Long, List<PortSocket>> connections = new TreeMap<>();

  /** How many listening processes each listening process has started. */
  private final Map<Long, Integer> workers = new TreeMap<>();

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
    this.sockets = List.copyOf(sockets);
    this.policy = policy;
    Set<Long> pids = new TreeSet<>();
    sockets.forEach(socket -> pids.addAll(socket.owners()));
    for (long pid : pids) {
      known.apply(pid).ifPresent(process -> processes.put(pid, process));
    }
    processes.forEach((pid, process) -> ancestors.put(pid, process.ancestors()));
    processes.forEach(
        (pid, process) ->
            Supervisor.of(process, port, view).ifPresent(it -> supervisors.put(pid, it)));
    for (PortSocket socket : sockets) {
      for (long pid : socket.owners()) {
        (socket.listens() ? listeners : connections)
            .computeIfAbsent(pid, p -> new ArrayList<>())
            .add(socket);
      }
    }
    ancestors.forEach(
        (pid, above) -> {
          if (listens(pid)) {
            above.stream()
                .filter(it -> listens(it.pid()))
                .forEach(it -> workers.merge(it.pid(), 1, Integer::sum));
          }
        });
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
    List<ServerProcess> sharing = sharing(pid);
    Optional<String> evidence =
        ServerProgram.fileName(process)
            .filter(NEVER_LISTEN::contains)
            .map(program -> "runs " + program + ", which never listens")
            .or(
                () ->
                    sharing.stream()
                        .filter(other -> runOther(process, other) && isOlder(other, process))
                        .findFirst()
                        .map(other -> "shares the listener with " + other + ", another program"));
    return evidence
        .filter(it -> sharing.stream().noneMatch(other -> areRelated(process, other)))
        .map(it -> new PortRole(PortRole.Kind.HEIR, it + ": it has inherited the socket"));
  }

  private List<ServerProcess> sharing(long pid) {
    return listeners.getOrDefault(pid, List.of()).stream()
        .flatMap(listener -> listener.owners().stream())
        .filter(other -> other != pid)
        .distinct()
        .flatMap(other -> Optional.ofNullable(processes.get(other)).stream())
        .toList();
  }

  private boolean areRelated(ServerProcess one, ServerProcess other) {
    return ancestors.getOrDefault(one.pid(), List.of()).contains(other)
        || ancestors.getOrDefault(other.pid(), List.of()).contains(one);
  }

  /** By start and, of two in one tick of the clock, by PID. */
  private static boolean isOlder(ServerProcess one, ServerProcess other) {
    return one.startedAt().isPresent()
        && other.startedAt().isPresent()
        && Comparator.<ServerProcess, Instant>comparing(it -> it.startedAt().orElse(Instant.MAX))
                .thenComparingLong(ServerProcess::pid)
                .compare(one, other)
            < 0;
  }

  private static boolean runOther(ServerProcess one, ServerProcess other) {
    return one.executable().isPresent()
        && other.executable().isPresent()
        && !one.executable().equals(other.executable());
  }

  private PortRole listening(long pid) {
    String evidence = "listens on " + addresses(listeners.getOrDefault(pid, List.of()));
    int started = workers.getOrDefault(pid, 0);
    if (started > 0) {
      return new PortRole(
          PortRole.Kind.MASTER,
          evidence + ", as " + Quantities.count(started, "process") + " that it has started");
    }
    return ancestors.getOrDefault(pid, List.of()).stream()
        .filter(above -> listens(above.pid()))
        .findFirst()
        .map(
            above ->
                new PortRole(
                    PortRole.Kind.WORKER, evidence + ", as " + above + ", which has started it"))
        .orElse(new PortRole(PortRole.Kind.SERVER, evidence));
  }

  /** One that has connections only. */
  private PortRole connected(long pid, List<PortSocket> held) {
    List<PortSocket> all = sockets.stream().filter(PortSocket::listens).toList();
    long accepted =
        held.stream()
            .filter(it -> all.stream().anyMatch(listener -> listener.takes(it.local())))
            .count();
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
    String evidence = "is connected from " + first.local();
    if (!all.isEmpty()) {
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
        || ancestors.getOrDefault(pid, List.of()).stream().anyMatch(it -> listens(it.pid()))
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
