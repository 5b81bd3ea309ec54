// SPDX-License-Identifier: Apache-2.0
package io.tcptable.restart;

import io.tcptable.ListenAddress;
import io.tcptable.TcpTable;
import io.tcptable.internal.server.PortScope;
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

  /**
   * A server that runs as another user than before. Names are as in {@link
   * io.tcptable.OsProcess#user()}.
   *
   * @param from who ran the one that is to be stopped
   * @param to who is to run the one that is to be started: the user of this process
   */
  public record UserChange(String from, String to) {}

  private final PortScope scope;
  private final TcpTable table;
  private final List<Target> targets;
  private final List<Step> steps;
  private final Optional<UserChange> userChange;
  private final List<String> notes;
  private final Optional<StartCommand> start;
  private final Optional<PlannedLaunch> launch;
  private final Optional<Refusal> refusal;

  RestartPlan(
      PortScope scope,
      TcpTable table,
      List<Target> targets,
      List<Step> steps,
      Optional<UserChange> userChange,
      List<String> notes,
      Optional<AsItWas> server,
      Optional<Refusal> refusal) {
    this.scope = scope;
    this.table = table;
    this.targets = List.copyOf(targets);
    this.steps = List.copyOf(steps);
    this.userChange = userChange;
    this.notes = List.copyOf(notes);
    this.start = server.map(AsItWas::command);
    this.launch = server.map(PlannedLaunch::of);
    this.refusal = refusal;
  }

  /** The port. */
  public int port() {
    return scope.port();
  }

  /** The only address of it that counts; empty if all do. */
  public Optional<ListenAddress> address() {
    return scope.address();
  }

  PortScope scope() {
    return scope;
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

  /**
   * How the user of the server changes; empty if it does not, if nothing is stopped or started, or
   * if it is refused.
   */
  public Optional<UserChange> userChange() {
    return userChange;
  }

  /** What else the user may want to know, a line each. */
  public List<String> notes() {
    return notes;
  }

  /** How the server is to be started again the way it ran; empty if it is not. */
  public Optional<PlannedLaunch> launch() {
    return launch;
  }

  /** The same, with all that is to be kept from others. */
  Optional<StartCommand> start() {
    return start;
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
