// SPDX-License-Identifier: Apache-2.0
package io.tcptable.restart;

import io.tcptable.OsProcess;
import io.tcptable.TcpSocket;
import io.tcptable.TcpTable;
import io.tcptable.diagnose.SystemWords;
import io.tcptable.internal.server.ProtectedProcesses;
import io.tcptable.internal.wording.DurationText;
import io.tcptable.restart.PortRestart.Settings;
import io.tcptable.restart.Refusal.Kind;
import io.tcptable.restart.RestartPlan.PlannedStep;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Makes the plan of a restart. */
final class Planner {

  private final Settings settings;
  private final List<PlannedStep> steps = new ArrayList<>();

  Planner(Settings settings) {
    this.settings = settings;
  }

  /** The plan; if it cannot be seen who is on the port, one that says so. */
  RestartPlan plan() throws InterruptedException {
    Optional<Refusal> unusable = settings.command().flatMap(StartCommand::obstacle);
    try {
      RestartPlan plan = find();
      return unusable.isEmpty() ? plan : refused(plan.table(), unusable.get());
    } catch (StepException e) {
      return refused(TcpTable.snapshot(settings.port()), e.obstacle());
    }
  }

  /**
   * The plan, whatever the command is worth.
   *
   * @throws StepException if it cannot be seen who is on the port
   */
  RestartPlan find() throws StepException, InterruptedException {
    int port = settings.port();
    if (!settings.stops()) {
      return startPlan(TcpTable.snapshot(port));
    }
    TcpTable table = OwnedSnapshot.read(port);
    TargetSelector choice = TargetSelector.of(port, table, new ProtectedProcesses(settings.keep()));
    if (choice.obstacle().isPresent()) {
      return new RestartPlan(
          port, table, choice.targets(), List.of(), choice.notes(), choice.obstacle());
    }
    Optional<Refusal> forbidden = settings.partial() ? Optional.empty() : forbidden(choice);
    if (forbidden.isEmpty()) {
      addSteps(choice.targets(), table);
    }
    return new RestartPlan(port, table, choice.targets(), steps, choice.notes(), forbidden);
  }

  private static Optional<Refusal> forbidden(TargetSelector choice) {
    List<OsProcess> owners = choice.targets().stream().map(Target::process).toList();
    try (HeldTargets held = HeldTargets.hold(owners)) {
      return held.forbidden().isEmpty()
          ? Optional.empty()
          : Optional.of(Stopper.noPermission(held.forbidden()));
    }
  }

  private RestartPlan startPlan(TcpTable table) {
    List<TcpSocket> listeners = table.listeners();
    if (!listeners.isEmpty()) {
      return refused(
          table,
          Refusal.of(
              Kind.PORT_TAKEN,
              Listeners.names(listeners) + " listens on " + Listeners.addresses(listeners),
              "tcptable diagnose " + settings.port(),
              "tcptable restart " + settings.port() + " -- " + settings.command().orElseThrow()));
    }
    addSteps(List.of(), table);
    return new RestartPlan(settings.port(), table, List.of(), steps, List.of(), Optional.empty());
  }

  private RestartPlan refused(TcpTable table, Refusal obstacle) {
    return new RestartPlan(
        settings.port(), table, List.of(), List.of(), List.of(), Optional.of(obstacle));
  }

  private void addSteps(List<Target> targets, TcpTable table) {
    if (!targets.isEmpty()) {
      String names = Stopper.names(targets.stream().map(Target::process).toList());
      add(Step.HOLD, "hold " + names + ", and check that all of them may be stopped");
      add(
          Step.TERMINATE,
          SystemWords.ofThisSystem().askToEnd()
              + ", and give them "
              + DurationText.of(settings.grace()));
      add(Step.KILL, "end those who have not, and wait until they are gone");
    }
    String addresses =
        FreeCheck.addresses(settings.port(), table).stream()
            .map(FreeCheck::text)
            .sorted()
            .collect(Collectors.joining(", "));
    String free = "prove that nobody listens and that " + addresses + " can be bound";
    add(
        Step.FREE,
        settings.stops()
            ? free + ", and that nobody comes back within " + DurationText.of(settings.settle())
            : free);
    settings.command().ifPresent(this::addStartSteps);
  }

  private void addStartSteps(StartCommand command) {
    add(
        Step.START,
        "start " + command + " in " + command.directory() + ", output to " + command.log());
    String timeout = DurationText.of(settings.timeout());
    add(Step.LISTEN, "wait until it listens on port " + settings.port() + ", up to " + timeout);
    add(Step.HEALTH, "wait until " + settings.health().url() + " is healthy, up to the same time");
  }

  private void add(Step step, String what) {
    steps.add(new PlannedStep(step, what));
  }
}
