// SPDX-License-Identifier: Apache-2.0
package io.tcptable.restart;

import io.tcptable.TcpTable;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a restart is going to do, before it does it. Immutable.
 *
 * <p>Processes come and go: what is true when a plan is made may not be when it is carried out.
 * {@link PortRestart#run(RestartPlan)} stops nobody whom the plan does not name, but for processes
 * that share a listening socket with those it names.
 */
public final class RestartPlan {

  /**
   * One step that is to be taken.
   *
   * @param what what it is going to do, in one line
   */
  public record PlannedStep(StepName step, String what) {}

  private final int port;
  private final TcpTable table;
  private final List<Target> targets;
  private final List<Step> steps;
  private final List<String> notes;
  private final Optional<Refusal> refusal;

  RestartPlan(
      int port,
      TcpTable table,
      List<Target> targets,
      List<Step> steps,
      List<String> notes,
      Optional<Refusal> refusal) {
    this.port = port;
    this.table = table;
    this.targets = List.copyOf(targets);
    this.steps = List.copyOf(steps);
    this.notes = List.copyOf(notes);
    this.refusal = refusal;
  }

  /** The port. */
  public int port() {
    return port;
  }

  /** The sockets of the port and their owners, as the plan found them. */
  public TcpTable table() {
    return table;
  }

  /** Who is to be stopped, each after those it was started by; none if nobody is on the port. */
  public List<Target> targets() {
    return targets;
  }

  /** What is to be done, in order; none if it is refused. */
  public List<PlannedStep> steps() {
    return steps.stream().map(step -> new PlannedStep(step.name(), step.describe())).toList();
  }

  /** The same steps, to be taken. */
  List<Step> ahead() {
    return steps;
  }

  /** What else the user may want to know, a line each. */
  public List<String> notes() {
    return notes;
  }

  /** Why nothing can be done; empty if it can, as far as one may know before. */
  public Optional<Refusal> refusal() {
    return refusal;
  }

  /** The steps, a line each. */
  @Override
  public String toString() {
    return steps.stream()
        .map(step -> step.name() + ": " + step.describe())
        .collect(Collectors.joining("\n"));
  }
}
