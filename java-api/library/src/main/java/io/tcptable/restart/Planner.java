// SPDX-License-Identifier: Apache-2.0
package io.tcptable.restart;

import io.tcptable.Advice;
import io.tcptable.OsProcess;
import io.tcptable.TcpSocket;
import io.tcptable.TcpTable;
import io.tcptable.TcpTableException;
import io.tcptable.internal.server.RuntimeContainer;
import io.tcptable.restart.Refusal.Kind;
import io.tcptable.restart.RestartPlan.UserChange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Makes the plan of a restart: the steps that a run takes. */
final class Planner {

  private final PortRestart request;
  private final int port;

  Planner(PortRestart request) {
    this.request = request;
    this.port = request.port();
  }

  /** The plan; if it cannot be seen who is on the port, one that says so. */
  RestartPlan plan() throws InterruptedException {
    Optional<Refusal> unusable = request.command().flatMap(StartCommand::refusal);
    try {
      OwnNumbers.require();
      RestartPlan plan = find();
      if (plan.refusal().isEmpty() && unusable.isEmpty()) {
        unusable = HealthPrecheck.refusal(request);
      }
      return unusable.isEmpty() ? plan : refused(plan.table(), unusable.get());
    } catch (StepException e) {
      return refused(TcpTable.snapshot(port), e.refusal());
    }
  }

  /**
   * The plan, without a look at the command.
   *
   * @throws StepException if it cannot be seen who is on the port
   */
  RestartPlan find() throws StepException, InterruptedException {
    if (!request.stops()) {
      return startPlan(TcpTable.snapshot(port));
    }
    TcpTable table = OwnedSnapshot.read(request.scope());
    boolean byRuntime = request.start().mode() == StartSettings.Mode.BY_RUNTIME;
    TargetSelector choice =
        TargetSelector.of(request.scope(), table, request.stopping(), byRuntime);
    List<Target> targets = choice.targets();
    if (byRuntime && choice.refusal().isEmpty()) {
      return byRuntime(table, choice);
    }
    Optional<Refusal> refusal = choice.refusal().or(() -> forbidden(targets));
    if (refusal.isPresent()) {
      return refused(table, targets, choice.notes(), refusal.get());
    }
    if (request.start().mode() != StartSettings.Mode.AS_IT_WAS) {
      BindCheck check = bindCheck(table);
      if (check.refusal().isPresent()) {
        return refused(table, targets, choice.notes(), check.refusal().get());
      }
      return new RestartPlan(
          request.scope(),
          table,
          targets,
          steps(targets, table, request.command()),
          userChange(targets),
          notes(choice.notes(), check.note()),
          Optional.empty(),
          Optional.empty());
    }
    return asItWas(table, targets, choice.notes());
  }

  private RestartPlan byRuntime(TcpTable table, TargetSelector choice) {
    Optional<RuntimeContainer> container = choice.container();
    if (container.isEmpty()) {
      return refused(
          table,
          choice.targets(),
          choice.notes(),
          Refusal.of(
              Kind.NO_CONTAINER,
              "no container of this user's Docker or Podman is known to be behind "
                  + request.scope(),
              Refusal.diagnose(request.scope())));
    }
    return new RestartPlan(
        request.scope(),
        table,
        choice.targets(),
        List.of(
            new RuntimeStep(container.get(), request.timeout()),
            new RuntimeHealthStep(
                request.health(), request.timeout(), request.stopping().settle())),
        Optional.empty(),
        choice.notes(),
        Optional.empty(),
        Optional.empty());
  }

  private RestartPlan asItWas(TcpTable table, List<Target> targets, List<String> notes) {
    AsItWas server;
    try {
      server = AsItWas.of(request.scope(), targets, request.start());
    } catch (StepException e) {
      return refused(table, targets, notes, e.refusal());
    }
    StartCommand command = server.command();
    BindCheck check = BindCheck.of(request.listeners(), table, command);
    Optional<Refusal> unusable = command.refusal().or(check::refusal);
    if (unusable.isPresent()) {
      return refused(table, targets, notes, unusable.get());
    }
    List<Step> steps = new ArrayList<>();
    steps.add(new PrepareStep(command));
    steps.addAll(steps(targets, table, Optional.of(command)));
    return new RestartPlan(
        request.scope(),
        table,
        targets,
        steps,
        Optional.empty(),
        notes(notes(notes, server.note()), check.note()),
        Optional.of(server),
        Optional.empty());
  }

  /** Of the command of the request; nothing if it has none. */
  private BindCheck bindCheck(TcpTable table) {
    return request
        .command()
        .map(command -> BindCheck.of(request.listeners(), table, command))
        .orElse(BindCheck.PASSED);
  }

  private static List<String> notes(List<String> notes, Optional<String> another) {
    return Stream.concat(notes.stream(), another.stream()).toList();
  }

  /** Of the servers, not of workers that they have started as another user. */
  private Optional<UserChange> userChange(List<Target> targets) {
    Optional<String> own = OsProcess.of(ProcessHandle.current().pid()).flatMap(OsProcess::user);
    if (own.isEmpty() || request.command().isEmpty()) {
      return Optional.empty();
    }
    Set<OsProcess> all = Set.copyOf(processes(targets));
    return targets.stream()
        .filter(target -> target.role() != Target.Role.CONNECTION)
        .filter(target -> target.process().parent().filter(all::contains).isEmpty())
        .flatMap(target -> target.user().stream())
        .filter(user -> !user.equals(own.get()))
        .findFirst()
        .map(user -> new UserChange(user, own.get()));
  }

  private Optional<Refusal> forbidden(List<Target> targets) {
    if (request.stopping().partial()) {
      return Optional.empty();
    }
    try (PinnedTargets held = PinnedTargets.pin(processes(targets))) {
      return held.forbidden().isEmpty()
          ? Optional.empty()
          : Optional.of(Refusal.noPermission(held.forbidden()));
    } catch (TcpTableException e) {
      return Optional.of(Refusal.of(Kind.SYSTEM_ERROR, String.valueOf(e.getMessage())));
    }
  }

  private RestartPlan startPlan(TcpTable table) {
    List<TcpSocket> listeners = request.listeners().in(table);
    if (listeners.isEmpty()) {
      BindCheck check = bindCheck(table);
      if (check.refusal().isPresent()) {
        return refused(table, check.refusal().get());
      }
      return new RestartPlan(
          request.scope(),
          table,
          List.of(),
          steps(List.of(), table, request.command()),
          Optional.empty(),
          check.note().stream().toList(),
          Optional.empty(),
          Optional.empty());
    }
    return refused(table, taken(listeners));
  }

  private Refusal taken(List<TcpSocket> listeners) {
    String message = Listeners.sentence(listeners);
    Advice restart =
        new Advice.Restart(
            port,
            request.command().orElseThrow().arguments(),
            request.start().directory(),
            Optional.empty(),
            request.scope().address());
    return request.scope().address().isPresent()
        ? Refusal.of(Kind.PORT_TAKEN, message, Refusal.diagnose(request.scope()), restart)
        : Refusal.of(
            Kind.PORT_TAKEN,
            message,
            Refusal.diagnose(request.scope()),
            restart,
            new Advice.Hint(
                "If the command listens on another address, name that address with the port."));
  }

  private RestartPlan refused(TcpTable table, Refusal refusal) {
    return refused(table, List.of(), List.of(), refusal);
  }

  private RestartPlan refused(
      TcpTable table, List<Target> targets, List<String> notes, Refusal refusal) {
    return new RestartPlan(
        request.scope(),
        table,
        targets,
        List.of(),
        Optional.empty(),
        notes,
        Optional.empty(),
        Optional.of(refusal));
  }

  private List<Step> steps(List<Target> targets, TcpTable table, Optional<StartCommand> command) {
    List<Step> steps = HoldStep.stopping(processes(targets), request.stopping());
    Duration settle = request.stops() ? request.stopping().settle() : Duration.ZERO;
    steps.add(new FreeStep(request.listeners(), table, settle));
    if (command.isPresent()) {
      steps.add(new StartStep(command.get()));
      steps.add(new ListenStep(request.scope(), request.timeout()));
      steps.add(new HealthStep(request.health()));
    }
    return steps;
  }

  private static List<OsProcess> processes(List<Target> targets) {
    return targets.stream().map(Target::process).toList();
  }
}
