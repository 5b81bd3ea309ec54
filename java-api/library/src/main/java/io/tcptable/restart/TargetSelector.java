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
import io.tcptable.internal.server.ServerProcess;
import io.tcptable.internal.server.Supervisor;
import io.tcptable.process.PortPolicy;
import io.tcptable.process.PortRole;
import io.tcptable.restart.Target.Role;
import java.util.ArrayList;
import java.util.Comparator;
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

  private final TargetSelection selection = new TargetSelection(processes);
  private ServedPorts served = ServedPorts.NONE;

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
    FamilyTargets relatives =
        new FamilyTargets(
            choice.selection, choice.family, choice.processes, choice.protection, settings);
    relatives.addParents();
    choice.served =
        choice.selection.isEmpty() ? ServedPorts.NONE : ServedPorts.besides(scope.port());
    relatives.addWorkers(choice.served);
    choice.lookForSupervisors();
    choice.lookForOtherPorts();
    if (!byRuntime) {
      PlanNotes.of(choice.selection.processes(), choice.family, choice.scripts(), table)
          .forEach(choice.selection::note);
    }
    return choice;
  }

  /** Those to be stopped, each after those it was started by. */
  List<Target> targets() {
    return TargetOrder.of(selection.targets(), family);
  }

  /** The only container that all of them run in or forward to; empty if that is not so. */
  Optional<RuntimeContainer> container() {
    if (selection.isEmpty()) {
      return RuntimeContainer.behind(scope.port());
    }
    List<Optional<RuntimeContainer>> containers =
        selection.processes().stream().map(this::container).distinct().toList();
    return containers.size() == 1 ? containers.get(0) : Optional.empty();
  }

  private Optional<RuntimeContainer> container(OsProcess owner) {
    return RuntimeContainer.of(processes.of(owner), scope.port(), LiveProcess.view(protection));
  }

  /** What else the user may want to know. */
  List<String> notes() {
    return selection.notes();
  }

  /** Why they must not be stopped; empty if they may. */
  Optional<Refusal> refusal() {
    return selection.refusal();
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
      selection.note(owner + " " + role.evidence() + ": it does not keep the port and stays");
      return;
    }
    boolean listens = held.stream().anyMatch(socket -> socket.state() == TcpState.LISTEN);
    String why = HeldSockets.why(held, role);
    Optional<TcpSocket> foreign =
        held.stream().filter(it -> ApprovedProcesses.isForeign(owner, it)).findFirst();
    if (foreign.isPresent()) {
      selection.refuse(OwnerRefusals.foreign(owner, foreign.get()));
      return;
    }
    Optional<String> reason = protection.reason(owner.pid());
    if (reason.isEmpty()) {
      selection.add(owner, listens ? Role.LISTENER : Role.CONNECTION, why, role);
    } else if (listens && settings.keep().contains(owner.pid()) && servers.canStay(held)) {
      selection.note(owner + " " + why + " and stays, as asked");
    } else if (listens) {
      selection.refuse(
          OwnerRefusals.protectedListener(owner, why, reason.get(), roles.supervisor(owner.pid())));
    } else {
      selection.note(owner + " " + why + " and is not stopped: it " + reason.get());
    }
  }

  /** Who listens on other addresses of the port than the one that was named. */
  private void noteOthers(TcpTable table) {
    List<TcpSocket> others =
        table.listeners().stream()
            .filter(listener -> sockets.stream().noneMatch(listener::isSameAs))
            .toList();
    if (!others.isEmpty()) {
      selection.note(
          Listeners.sentence(others)
              + (Listeners.owners(others).size() > 1 ? " and stay" : " and stays"));
    }
  }

  private void lookForSeparateServers() {
    servers.refusal(this::process).ifPresent(selection::refuse);
  }

  private void lookForSupervisors() {
    for (OsProcess owner : selection.processes()) {
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
      selection.note(supervisor.seen(owner.toString()) + ", which is ignored as asked");
    } else {
      selection.refuse(
          OwnerRefusals.supervised(
              owner, supervisor, scope, isContainer && container(owner).isPresent()));
    }
  }

  private void lookForOtherPorts() {
    OtherPorts others = OtherPorts.of(served, selection.processes(), family, policy);
    if (others.areServices() && !settings.otherPorts()) {
      selection.refuse(
          Refusal.of(
              Refusal.Kind.OTHER_PORTS,
              String.join("; ", others.lines()),
              new Advice.StopOtherPorts()));
    } else {
      others.lines().forEach(selection::note);
    }
  }

  private List<OsProcess> scripts() {
    return LauncherScripts.of(selection.processes(), family, processes, protection);
  }
}
