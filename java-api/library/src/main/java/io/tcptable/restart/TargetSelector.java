// SPDX-License-Identifier: Apache-2.0
package io.tcptable.restart;

import io.tcptable.Advice;
import io.tcptable.OsProcess;
import io.tcptable.Ownership;
import io.tcptable.TcpSocket;
import io.tcptable.TcpState;
import io.tcptable.TcpTable;
import io.tcptable.internal.platform.Platform;
import io.tcptable.internal.server.LiveProcess;
import io.tcptable.internal.server.PortRoles;
import io.tcptable.internal.server.PortSocket;
import io.tcptable.internal.server.ProtectedProcesses;
import io.tcptable.internal.server.RememberedProcesses;
import io.tcptable.internal.server.ServerParent;
import io.tcptable.internal.server.ServerProgram;
import io.tcptable.internal.server.Supervisor;
import io.tcptable.internal.wording.Quantities;
import io.tcptable.process.PortPolicy;
import io.tcptable.process.PortRole;
import io.tcptable.restart.Target.Role;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Chooses who has to be stopped to free a port: owners of its listening sockets and of connections
 * whose local port it is, and parents that are part of the same server. A client of the port has
 * another local port and is never among them.
 */
final class TargetSelector {

  /** More are only counted. */
  private static final int MOST_NAMED = 10;

  private final int port;
  private final TcpTable table;
  private final ProtectedProcesses protection;
  private final StopSettings settings;
  private final PortPolicy policy = TcpTable.readPortPolicy();
  private final PortRoles roles;

  private final ProcessFamily family = ProcessFamily.read();
  private final RememberedProcesses processes = new RememberedProcesses(family::parent);
  private final Map<OsProcess, Target> targets = new LinkedHashMap<>();
  private final List<String> notes = new ArrayList<>();
  private Optional<Refusal> refusal = Optional.empty();

  private TargetSelector(int port, TcpTable table, StopSettings settings) {
    this.port = port;
    this.table = table;
    this.settings = settings;
    this.protection = new ProtectedProcesses(settings.keep());
    Map<Long, OsProcess> owners =
        table.owners().stream()
            .collect(Collectors.toMap(OsProcess::pid, Function.identity(), (one, other) -> one));
    this.roles =
        new PortRoles(
            port,
            table.stream()
                .filter(TargetSelector::isOfServer)
                .map(TargetSelector::asPortSocket)
                .toList(),
            pid -> Optional.ofNullable(owners.get(pid)).map(processes::of),
            LiveProcess.view(protection),
            policy);
  }

  static TargetSelector of(int port, TcpTable table, StopSettings settings) {
    TargetSelector choice = new TargetSelector(port, table, settings);
    choice.addOwners();
    choice.addParents();
    choice.lookForSupervisors();
    choice.lookForOtherPorts();
    choice.noteScripts();
    choice.noteLeftBehind();
    choice.noteUnreadable();
    return choice;
  }

  /** Those to be stopped, each after those it was started by. */
  List<Target> targets() {
    Map<OsProcess, Integer> depths = new HashMap<>();
    return targets.values().stream()
        .sorted(Comparator.comparingInt(target -> depth(target.process(), depths)))
        .toList();
  }

  /** How many of the others a process descends from; known of all that were looked at before. */
  private int depth(OsProcess process, Map<OsProcess, Integer> known) {
    Deque<OsProcess> chain = new ArrayDeque<>();
    Optional<OsProcess> above = Optional.of(process);
    while (above.isPresent() && known.putIfAbsent(above.get(), 0) == null) {
      chain.push(above.get());
      above = family.parent(above.get());
    }
    for (OsProcess below : chain) {
      known.put(
          below,
          above.map(it -> known.getOrDefault(it, 0) + (targets.containsKey(it) ? 1 : 0)).orElse(0));
      above = Optional.of(below);
    }
    return known.getOrDefault(process, 0);
  }

  /** What else the user may want to know. */
  List<String> notes() {
    return List.copyOf(notes);
  }

  /** Why they must not be stopped; empty if they may. */
  Optional<Refusal> refusal() {
    return refusal;
  }

  private void addOwners() {
    for (OsProcess owner : table.owners()) {
      List<TcpSocket> held =
          table.ownedBy(owner.pid()).stream().filter(TargetSelector::isOfServer).toList();
      if (!held.isEmpty()) {
        addOwner(owner, held);
      }
    }
  }

  /** What goes out from this port is no part of a server. */
  private static boolean isOfServer(TcpSocket socket) {
    return socket.state() != TcpState.SYN_SENT;
  }

  private static PortSocket asPortSocket(TcpSocket socket) {
    return new PortSocket(
        socket.state() == TcpState.LISTEN,
        socket.local(),
        socket.remote(),
        socket.isV6Only(),
        socket.owners().stream().map(OsProcess::pid).toList());
  }

  private void addOwner(OsProcess owner, List<TcpSocket> held) {
    PortRole role = roles.of(owner.pid());
    if (role.kind() == PortRole.Kind.STRANGER) {
      notes.add(owner + " " + role.evidence() + ": it does not keep the port and stays");
      return;
    }
    boolean listens = held.stream().anyMatch(socket -> socket.state() == TcpState.LISTEN);
    String why = why(held, role);
    Optional<TcpSocket> foreign =
        held.stream().filter(it -> ApprovedProcesses.isForeign(owner, it)).findFirst();
    if (foreign.isPresent()) {
      refuse(foreign(owner, foreign.get()));
      return;
    }
    Optional<String> reason = protection.reason(owner.pid());
    if (reason.isEmpty()) {
      targets.put(owner, new Target(owner, listens ? Role.LISTENER : Role.CONNECTION, why, role));
    } else if (listens) {
      refuse(protectedListener(owner, why, reason.get()));
    } else {
      notes.add(owner + " " + why + " and is not stopped: it " + reason.get());
    }
  }

  private static Refusal foreign(OsProcess owner, TcpSocket socket) {
    return Refusal.hint(
        Refusal.Kind.OWNERS_CHANGED,
        owner
            + owner.user().map(name -> " of user " + name).orElse("")
            + " holds "
            + socket.local()
            + " ("
            + socket.state()
            + "), which UID "
            + socket.uid().orElse(0)
            + " has opened; the socket may have been passed to it",
        "Find out why it holds the socket. Stop the other processes directly.");
  }

  private Refusal protectedListener(OsProcess owner, String why, String reason) {
    if (owner.pid() == Platform.INIT && owner.name().equals("systemd")) {
      return Refusal.of(
          Refusal.Kind.SUPERVISED,
          owner + " " + why + " for a service that it starts on demand",
          new Advice.Command("systemctl list-sockets"),
          new Advice.Hint("Restart the socket unit and its service with systemctl restart."));
    }
    return Refusal.of(
        Refusal.Kind.PROTECTED, owner + " " + why + " and must not be stopped: it " + reason);
  }

  private static String why(List<TcpSocket> held, PortRole role) {
    return switch (role.kind()) {
      case HEIR -> why(held) + " (" + role.evidence() + ")";
      case CLIENT -> role.evidence() + ", which keeps the port";
      default -> why(held);
    };
  }

  /** What it holds in words: {@code listens on 127.0.0.1:3001 and holds 3 connections (...)}. */
  private static String why(List<TcpSocket> held) {
    String listening =
        held.stream()
            .filter(socket -> socket.state() == TcpState.LISTEN)
            .map(socket -> socket.local().toString())
            .distinct()
            .collect(Collectors.joining(", "));
    Map<TcpState, Long> connections =
        held.stream()
            .filter(socket -> socket.state() != TcpState.LISTEN)
            .collect(Collectors.groupingBy(TcpSocket::state, TreeMap::new, Collectors.counting()));
    if (connections.isEmpty()) {
      return "listens on " + listening;
    }
    String states =
        connections.entrySet().stream()
            .map(of -> of.getValue() + " " + of.getKey())
            .collect(Collectors.joining(", "));
    return (listening.isEmpty() ? "" : "listens on " + listening + " and ")
        + "holds connections: "
        + states;
  }

  private void addParents() {
    Deque<OsProcess> ahead = new ArrayDeque<>(targets.keySet());
    while (!ahead.isEmpty()) {
      OsProcess child = ahead.pop();
      family.parent(child).filter(parent -> addParent(parent, child)).ifPresent(ahead::push);
    }
  }

  private boolean addParent(OsProcess parent, OsProcess child) {
    if (targets.containsKey(parent)) {
      return false;
    }
    Optional<ServerParent> relation =
        ServerParent.of(processes.of(parent), processes.of(child))
            .filter(it -> isAllOf(parent));
    if (relation.isEmpty()) {
      return false;
    }
    String why = why(relation.get(), child);
    Optional<String> reason = protection.reason(parent.pid());
    if (reason.isPresent()) {
      notes.add(parent + " " + why + " and is not stopped: it " + reason.get());
      return false;
    }
    PortRole role = new PortRole(relation.get().role(), why);
    targets.put(parent, new Target(parent, Role.PARENT, why, role));
    return true;
  }

  /** Whether the targets are all that still runs of what a process has started. */
  private boolean isAllOf(OsProcess parent) {
    return family.children(parent).stream()
        .allMatch(child -> targets.containsKey(child) || !child.isRunning());
  }

  private static String why(ServerParent relation, OsProcess child) {
    return switch (relation) {
      case RELOADER -> "is a reloader and runs only " + child;
      case LAUNCHER -> "runs only " + child + " for a reloader";
      case HIDDEN -> "runs " + child + " and may hold the port too: this user cannot inspect it";
      case MASTER -> "has forked only " + child;
      case SAME_PROGRAM -> "has started the same program again, only as " + child;
    };
  }

  private void lookForSupervisors() {
    for (OsProcess owner : targets.keySet()) {
      roles.supervisor(owner.pid()).ifPresent(it -> addSupervised(owner, it));
    }
  }

  private void addSupervised(OsProcess owner, Supervisor supervisor) {
    String seen = supervisor.seen(owner.toString());
    if (settings.ignoreSupervisor()) {
      notes.add(seen + ", which is ignored as asked");
    } else {
      refuse(
          Refusal.of(
              Refusal.Kind.SUPERVISED,
              seen + supervisor.consequence(),
              supervisor.restart(),
              new Advice.IgnoreSupervisor()));
    }
  }

  private void lookForOtherPorts() {
    OtherPorts others = OtherPorts.of(port, targets.keySet(), family, policy);
    if (others.areServices() && !settings.otherPorts()) {
      refuse(
          Refusal.of(
              Refusal.Kind.OTHER_PORTS,
              String.join("; ", others.lines()),
              new Advice.StopOtherPorts()));
    } else {
      notes.addAll(others.lines());
    }
  }

  /** What the server has started and has no socket of the port, such as a job in the background. */
  private void noteLeftBehind() {
    List<OsProcess> running = Processes.running(family.descendants(targets.keySet()).stream());
    if (!running.isEmpty()) {
      String more =
          running.size() > MOST_NAMED ? " and " + (running.size() - MOST_NAMED) + " more" : "";
      notes.add(
          "started by the server and not stopped, since it holds no socket of the port: "
              + Processes.names(running.subList(0, Math.min(MOST_NAMED, running.size())))
              + more);
    }
  }

  /** A script may start the server again, later than anybody waits for it. */
  private void noteScripts() {
    targets.keySet().stream()
        .flatMap(target -> family.parent(target).stream())
        .filter(parent -> !targets.containsKey(parent) && !protection.isOwnAncestor(parent.pid()))
        .distinct()
        .filter(parent -> ServerProgram.isShellScript(processes.of(parent)))
        .forEach(
            parent ->
                notes.add(
                    parent
                        + " has started it from a script and is not stopped: it may start it"
                        + " again"));
  }

  private void noteUnreadable() {
    boolean owned = table.stream().anyMatch(socket -> socket.ownership() == Ownership.OWNED);
    int unreadable = table.unreadableProcesses();
    if (owned && unreadable > 0) {
      notes.add(
          "this user cannot inspect "
              + Quantities.count(unreadable, "process")
              + ": "
              + (unreadable == 1 ? "it" : "some")
              + " may hold the port too");
    }
  }

  private void refuse(Refusal found) {
    if (refusal.isEmpty()) {
      refusal = Optional.of(found);
    }
  }
}
