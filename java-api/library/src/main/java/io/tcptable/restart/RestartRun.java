// SPDX-License-Identifier: Apache-2.0
package io.tcptable.restart;

import io.tcptable.OsProcess;
import io.tcptable.restart.RestartReport.Started;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One run of a restart: its steps, and the report. */
final class RestartRun {

  private RestartRun() {}

  /**
   * Runs it.
   *
   * @param approved the plan that was approved; null if none was asked for
   */
  static RestartReport of(PortRestart request, @Nullable RestartPlan approved) {
    try (RunContext context = new RunContext(request)) {
      StepRunner runner = new StepRunner(context, request.listener());
      Outcome outcome = runner.run(steps(request, approved));
      // The report reads files, which an interrupted thread cannot.
      boolean interrupted = Thread.interrupted();
      try {
        return report(outcome, runner, context);
      } finally {
        if (interrupted) {
          Thread.currentThread().interrupt();
        }
      }
    }
  }

  /** Those of every run; the others follow from what is found. */
  private static List<Step> steps(PortRestart request, @Nullable RestartPlan approved) {
    List<Step> steps = new ArrayList<>();
    request.command().map(PrepareStep::new).ifPresent(steps::add);
    steps.add(new LockStep(request.port()));
    steps.add(new FindStep(request, approved));
    return steps;
  }

  private static RestartReport report(Outcome outcome, StepRunner runner, RunContext context) {
    StopWaves.Signalled signalled = context.waves().signalled();
    List<OsProcess> signalledOrSpared = new ArrayList<>(signalled.stopped());
    signalledOrSpared.addAll(signalled.running());
    signalledOrSpared.addAll(context.waves().spared());
    List<String> state =
        FinalState.of(
            context.listeners(),
            signalled.stopped(),
            signalled.running(),
            () -> context.leftBehind(signalledOrSpared),
            context.server().orElse(null));
    List<OsProcess> scripts = context.scripts();
    if (!scripts.isEmpty()) {
      state.add("may start the server again, and still running: " + Processes.names(scripts));
    }
    runner
        .listenerFailure()
        .ifPresent(thrown -> state.add("the listener of the run failed: " + thrown));
    Optional<Started> started = context.server().map(RestartRun::started);
    return new RestartReport(
        context.port(), outcome, runner.results(), signalled.stopped(), started, state);
  }

  private static Started started(StartedServer server) {
    return new Started(
        server.pid(),
        server.command().arguments(),
        server.command().log().path(),
        server.isDetached(),
        server.exitCode(),
        lastLines(server));
  }

  private static List<String> lastLines(StartedServer server) {
    try {
      return server.lastLines();
    } catch (RuntimeException | Error e) {
      // The report comes out without them.
      return List.of();
    }
  }
}
