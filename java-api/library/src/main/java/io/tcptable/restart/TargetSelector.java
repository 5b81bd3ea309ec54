// SPDX-License-Identifier: Apache-2.0
package io.tcptable.restart;

import io.tcptable.Advice;
import io.tcptable.ListenAddress;
import io.tcptable.OsProcess;
import io.tcptable.TcpSocket;
import io.tcptable.TcpState;
import io.tcptable.TcpTable;
import io.tcptable.internal.server.LiveProcess;
import io.tcptable.internal.server.OtherPorts;
import io.tcptable.internal.server.PortRoles;
import io.tcptable.internal.server.PortScope;
import io.tcptable.internal.server.PortSocket;
import io.tcptable.internal.server.ProcessFamily;
import io.tcptable.internal.server.ProtectedProcesses;
import io.tcptable.internal.server.RememberedProcesses;
import io.tcptable.internal.server.RuntimeContainer;
import io.tcptable.internal.server.ServedPorts;
import io.tcptable.internal.server.ServerParent;
import io.tcptable.internal.server.ServerProcess;
import io.tcptable.internal.server.ServerWorkers;
import io.tcptable.internal.server.Supervisor;
import io.tcptable.process.PortPolicy;
import io.tcptable.process.PortRole;
import io.tcptable.restart.Target.Role;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Chooses who has to be stopped to free a port: owners of its listening sockets and of connections
 * whose local port it is, and parents and workers that are part of the same server. A client of the
 * port has another local port and is never among them.
 */
final class TargetSelector {

  private final ProcessFamily family = ProcessFamily.read();
  private final RememberedProcesses processes = new RememberedProcesses(family::parent);
  private final List<TcpSocket> sockets;
  private final Map<Long, OsProcess> owners;
  private final PortScope scope;
  private final ProtectedProcesses protection;
  private final StopSettings settings;
  private final boolean byRuntime;
  private final PortPolicy policy = TcpTable.readPortPolicy();
  private final SeparateServers servers;
  private final PortRoles roles;

  private final Map<OsProcess, Target> targets = new LinkedHashMap<>();
  private final List<String> notes = new ArrayList<>();
  private ServedPorts served = ServedPorts.NONE;
  private Optional<Refusal> refusal = Optional.empty();

  private TargetSelector(
      PortScope scope, TcpTable table, StopSettings settings, boolean byRuntime) {
    this.scope = scope;
    this.settings = settings;
    this.byRuntime = byRuntime;
    this.protection = new ProtectedProcesses(settings.keep());
    this.sockets =
        scope.of(
            table.stream().filter(TargetSelector::isOfServer).toList(),
            TargetSelector::asPortSocket);
    this.owners =
        table.owners().stream()
            .collect(Collectors.toMap(OsProcess::pid, Function.identity(), (one, other) -> one));
    processes.lookAt(owners.values());
    this.servers = new SeparateServers(scope, settings.keep(), HeldSockets.listeners(sockets));
    this.roles =
        new PortRoles(
            scope.port(),
            sockets.stream().map(TargetSelector::asPortSocket).toList(),
            this::process,
            LiveProcess.view(protection),
            policy);
  }

  private Optional<ServerProcess> process(long pid) {
    return Optional.ofNullable(owners.get(pid)).map(processes::of);
  }

  /**
   * Chooses them.
   *
   * @param byRuntime whether the runtime of their container is to stop them, so that a container is
   *     no reason to refuse
   */
  static TargetSelector of(
      PortScope scope, TcpTable table, StopSettings settings, boolean byRuntime) {
    TargetSelector choice = new TargetSelector(scope, table, settings, byRuntime);
    choice.addOwners();
    choice.noteOthers(table);
    choice.lookForSeparateServers();
    choice.addParents();
    choice.served = choice.targets.isEmpty() ? ServedPorts.NONE : ServedPorts.besides(scope.port());
    choice.addWorkers();
    choice.lookForSupervisors();
    choice.lookForOtherPorts();
    if (!byRuntime) {
      choice.notes.addAll(
          PlanNotes.of(choice.targets.keySet(), choice.family, choice.scripts(), table));
    }
    return choice;
  }

  /** Those to be stopped, each after those it was started by. */
  List<Target> targets() {
    return TargetOrder.of(targets.values(), family);
  }

  /** The only container that all of them run in or forward to; empty if that is not so. */
  Optional<RuntimeContainer> container() {
    if (targets.isEmpty()) {
      return RuntimeContainer.behind(scope.port());
    }
    List<Optional<RuntimeContainer>> containers =
        targets.keySet().stream().map(this::container).distinct().toList();
    return containers.size() == 1 ? containers.get(0) : Optional.empty();
  }

  private Optional<RuntimeContainer> container(OsProcess owner) {
    return RuntimeContainer.of(processes.of(owner), scope.port(), LiveProcess.view(protection));
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
    Map<OsProcess, List<TcpSocket>> held = new TreeMap<>(Comparator.comparingLong(OsProcess::pid));
    for (TcpSocket socket : sockets) {
      socket
          .owners()
          .forEach(owner -> held.computeIfAbsent(owner, first -> new ArrayList<>()).add(socket));
    }
    held.forEach(this::addOwner);
  }

  /** What goes out from this port is no part of a server. */
  private static boolean isOfServer(TcpSocket socket) {
    return socket.state() != TcpState.SYN_SENT;
  }

  static PortSocket asPortSocket(TcpSocket socket) {
    return new PortSocket(
        socket.state() == TcpState.LISTEN,
        ListenAddress.of(socket),
        socket.remote(),
        socket.owners().stream().map(OsProcess::pid).toList());
  }

  private void addOwner(OsProcess owner, List<TcpSocket> held) {
    PortRole role = roles.of(owner.pid());
    if (role.kind() == PortRole.Kind.STRANGER) {
      notes.add(owner + " " + role.evidence() + ": it does not keep the port and stays");
      return;
    }
    boolean listens = held.stream().anyMatch(socket -> socket.state() == TcpState.LISTEN);
    String why = HeldSockets.why(held, role);
    Optional<TcpSocket> foreign =
        held.stream().filter(it -> ApprovedProcesses.isForeign(owner, it)).findFirst();
    if (foreign.isPresent()) {
      refuse(OwnerRefusals.foreign(owner, foreign.get()));
      return;
    }
    Optional<String> reason = protection.reason(owner.pid());
    if (reason.isEmpty()) {
      add(owner, listens ? Role.LISTENER : Role.CONNECTION, why, role);
    } else if (listens && settings.keep().contains(owner.pid()) && servers.canStay(held)) {
      notes.add(owner + " " + why + " and stays, as asked");
    } else if (listens) {
      refuse(OwnerRefusals.protectedListener(owner, why, reason.get()));
    } else {
      notes.add(owner + " " + why + " and is not stopped: it " + reason.get());
    }
  }

  private void add(OsProcess process, Role role, String why, PortRole portRole) {
    targets.put(process, new Target(process, role, why, portRole, processes.of(process).user()));
  }

  private void addParents() {
    Deque<OsProcess> ahead = new ArrayDeque<>(targets.keySet());
    while (!ahead.isEmpty()) {
      OsProcess child = ahead.pop();
      family.parent(child).filter(parent -> addParent(parent, child)).ifPresent(ahead::push);
      HiddenParent.of(child, family, protection).ifPresent(this::spare);
    }
  }

  private void spare(HiddenParent parent) {
    if (settings.partial()) {
      notes.add(parent + ", is not stopped");
    } else {
      refuse(parent.refusal());
    }
  }

  private boolean addParent(OsProcess parent, OsProcess child) {
    if (targets.containsKey(parent)) {
      return false;
    }
    Optional<ServerParent> relation =
        ServerParent.of(processes.of(parent), processes.of(child)).filter(it -> isAllOf(parent));
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
    add(parent, Role.PARENT, why, role);
    return true;
  }

  /** Those that serve another port are more than workers of this one. */
  private void addWorkers() {
    List<OsProcess> listening =
        targets.values().stream()
            .filter(it -> it.role() == Role.LISTENER)
            .map(Target::process)
            .toList();
    new ServerWorkers(family, processes)
        .of(
            listening,
            child ->
                targets.containsKey(child)
                    || protection.reason(child.pid()).isPresent()
                    || served.areServedBy(child))
        .forEach(
            (worker, why) ->
                add(worker, Role.WORKER, why, new PortRole(PortRole.Kind.WORKER, why)));
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

  /** Who listens on other addresses of the port than the one that was named. */
  private void noteOthers(TcpTable table) {
    List<TcpSocket> others =
        table.listeners().stream()
            .filter(listener -> sockets.stream().noneMatch(listener::isSameAs))
            .toList();
    if (!others.isEmpty()) {
      notes.add(
          Listeners.sentence(others)
              + (Listeners.owners(others).size() > 1 ? " and stay" : " and stays"));
    }
  }

  private void lookForSeparateServers() {
    servers.refusal(this::process).ifPresent(this::refuse);
  }

  private void lookForSupervisors() {
    for (OsProcess owner : targets.keySet()) {
      roles.supervisor(owner.pid()).ifPresent(it -> addSupervised(owner, it));
    }
  }

  private void addSupervised(OsProcess owner, Supervisor supervisor) {
    boolean isContainer =
        supervisor.kind() == Supervisor.Kind.CONTAINER
            || supervisor.kind() == Supervisor.Kind.CONTAINER_FORWARD;
    if (isContainer && byRuntime) {
      return;
    }
    if (settings.ignoreSupervisor()) {
      notes.add(supervisor.seen(owner.toString()) + ", which is ignored as asked");
    } else {
      refuse(
          OwnerRefusals.supervised(
              owner, supervisor, scope, isContainer && container(owner).isPresent()));
    }
  }

  private void lookForOtherPorts() {
    OtherPorts others = OtherPorts.of(served, targets.keySet(), family, policy);
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

  private List<OsProcess> scripts() {
    return LauncherScripts.of(targets.keySet(), family, processes, protection);
  }

  private void refuse(Refusal found) {
    if (refusal.isEmpty()) {
      refusal = Optional.of(found);
    }
  }
}
