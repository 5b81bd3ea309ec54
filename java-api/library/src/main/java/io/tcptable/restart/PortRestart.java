// SPDX-License-Identifier: Apache-2.0
package io.tcptable.restart;

import com.fasterxml.jackson.annotation.JsonValue;
import io.tcptable.CheckReturnValue;
import io.tcptable.ListenAddress;
import io.tcptable.TcpTableException;
import io.tcptable.health.HealthProbe;
import io.tcptable.internal.platform.PortNumber;
import io.tcptable.internal.server.PortScope;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Fixes a port: stops its owners, verifies that it is free, starts a command on it and checks that
 * this is healthy, or a part of that. Immutable: each method returns a new request; {@link #plan()}
 * shows what {@link #run()} would do. Safe for use by many threads.
 *
 * <pre>{@code
 * RestartReport report =
 *     PortRestart.restart(3001, "python3", "backend/run_server.py").run();
 * if (report.outcome() != Outcome.DONE) {
 *   System.err.println(report);
 * }
 * }</pre>
 *
 * <p>Two servers on two addresses of the port that have nothing to do with each other are never
 * both stopped: {@linkplain #restart(ListenAddress, String...) name the address}, or {@linkplain
 * #keep keep} one.
 *
 * <p><b>What is stopped:</b> every process that owns a listener on the port or a connection with
 * this local port; and a parent of the same program and session that has no other children, such as
 * a master or reloader, but no shell, test runner or other launcher. Never a client of the port,
 * this process, its ancestors, PID 1 or a process that is {@linkplain #keep kept}. If a supervisor
 * such as systemd or Docker manages the server, nothing is stopped, and the report says how to
 * restart it there.
 *
 * <p><b>How:</b> each process is {@linkplain io.tcptable.OsProcess#hold pinned} first, so that no
 * signal reaches a later process with its PID; then asked to terminate, given a grace period,
 * killed, and waited for. If an owner cannot be identified or stopped, nothing is stopped.
 *
 * <p>What was started is never stopped again: if it does not become healthy, it is left running for
 * inspection, and the report names it.
 *
 * <p><b>One at a time:</b> only one run per port and user takes place at a time; another one is
 * refused. While root's runs, those of all users are refused. Root is not held up by other users,
 * who could block a port for ever; who is second then finds that another process listens.
 *
 * <p><b>Rights:</b> a server of this user takes no privileges. To identify and to stop those of
 * other users takes root, on Windows an administrator.
 *
 * <p>To cancel a run, interrupt its thread: it returns soon, with a report of the state, and the
 * thread is still interrupted.
 */
@CheckReturnValue
public final class PortRestart {

  /** How long those who are asked to end may take, unless told otherwise. */
  public static final Duration DEFAULT_GRACE = Duration.ofSeconds(5);

  /** How long the port must stay free before it counts as free, unless told otherwise. */
  public static final Duration DEFAULT_SETTLE = Duration.ofSeconds(1);

  /** How long it may take from the start until all is well, unless told otherwise. */
  public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(30);

  private final PortScope scope;
  private final boolean stops;
  private final StopSettings stopping;
  private final StartSettings start;
  private final Duration timeout;
  private final HealthProbe health;
  private final StepListener listener;

  private PortRestart(
      PortScope scope,
      boolean stops,
      StopSettings stopping,
      StartSettings start,
      Duration timeout,
      HealthProbe health,
      StepListener listener) {
    this.scope = scope;
    this.stops = stops;
    this.stopping = stopping;
    this.start = start;
    this.timeout = timeout;
    this.health = health;
    this.listener = listener;
  }

  private static PortRestart of(PortScope scope, boolean stops, StartSettings start) {
    HealthProbe probe = HealthProbe.of(scope.port());
    return new PortRestart(
        scope,
        stops,
        StopSettings.DEFAULT,
        start,
        DEFAULT_TIMEOUT,
        scope.address().map(probe::at).orElse(probe),
        new StepListener() {});
  }

  /**
   * Stops who is on the port, and starts a command in its place.
   *
   * @param port 1 to 65535
   * @param command the program and its arguments, as they stand: no shell sees them. A program that
   *     goes into the background ({@code daemon(3)}) is followed on Linux, if all signs say which
   *     process it has become.
   * @throws IllegalArgumentException if the port is out of range or there is no command
   */
  public static PortRestart restart(int port, String... command) {
    Objects.requireNonNull(command, "command");
    return of(scope(port), true, command(command));
  }

  /**
   * Stops the server that is on the port, and starts it again the way it ran: with its command
   * line, working directory, environment, user, groups, umask, resource limits and nice value, and
   * with its output where it was. All of it is read from the process before it is stopped, of
   * several processes from the one that has started the others. What {@link #directory}, {@link
   * #environment}, {@link #unsetEnvironment} and {@link #log} say comes first.
   *
   * <pre>{@code
   * RestartPlan plan = PortRestart.asItWas(3001).environment("LOG_LEVEL", "debug").plan();
   * plan.launch().ifPresent(launch -> System.out.println(launch.command()));
   * plan.refusal().ifPresent(refusal -> System.err.println(refusal.message()));
   * }</pre>
   *
   * <p>It is {@linkplain Refusal.Kind#NOT_REPRODUCIBLE refused} before anything is stopped if that
   * is not possible: if the process has overwritten its command line, was deleted from disk, runs
   * in another namespace, was passed descriptors, has changed its user, and so on; see {@link
   * io.tcptable.process.LaunchObstacle.Kind}. On Linux, the server of another user takes root. On
   * Windows it is refused, as is one with other rights, of another session, or with quotes in an
   * argument.
   *
   * <p>Output that went to a file goes to the end of that file; output that went to a terminal or a
   * pipe goes to the {@linkplain #log log}. Not kept are the control group, CPU affinity,
   * scheduling policy, OOM score and security label: those of this process count. On Windows, what
   * is kept is the command line, the directory and the environment, as they are now.
   *
   * @param port 1 to 65535
   * @throws IllegalArgumentException if it is out of range
   */
  public static PortRestart asItWas(int port) {
    return of(scope(port), true, StartSettings.AS_IT_WAS);
  }

  /**
   * Stops the server that is on one address of a port, and starts it again {@linkplain
   * #asItWas(int) the way it ran}. A server on another address of the port is left alone.
   */
  public static PortRestart asItWas(ListenAddress address) {
    Objects.requireNonNull(address, "address");
    return of(PortScope.of(address), true, StartSettings.AS_IT_WAS);
  }

  /**
   * Has Docker or Podman restart the container that the server on the port runs in, or that the
   * port is forwarded to, and waits until it is healthy as seen from here. The runtime is called by
   * its name as found on {@code PATH}, with the container's ID. {@link Refusal.Kind#NO_CONTAINER}
   * refuses it where no such container of this user is known. What is stopped and how, the runtime
   * decides.
   *
   * @param port 1 to 65535
   * @throws IllegalArgumentException if it is out of range
   */
  public static PortRestart byRuntime(int port) {
    return of(scope(port), true, StartSettings.BY_RUNTIME);
  }

  /** The same for one address of a port. */
  public static PortRestart byRuntime(ListenAddress address) {
    Objects.requireNonNull(address, "address");
    return of(PortScope.of(address), true, StartSettings.BY_RUNTIME);
  }

  /**
   * Stops who is on the port, and starts nothing.
   *
   * @param port 1 to 65535
   * @throws IllegalArgumentException if it is out of range
   */
  public static PortRestart free(int port) {
    return of(scope(port), true, StartSettings.NOTHING);
  }

  /**
   * Starts a command on a port, if nobody is on it.
   *
   * @param port 1 to 65535
   * @param command as for {@link #restart}
   * @throws IllegalArgumentException if the port is out of range or there is no command
   */
  public static PortRestart start(int port, String... command) {
    Objects.requireNonNull(command, "command");
    return of(scope(port), false, command(command));
  }

  /**
   * Stops who is on one address of a port, and starts a command in its place. A server on another
   * address of the port is left alone. The health check asks this address.
   *
   * @param address where the command will listen
   * @param command as for {@link #restart(int, String...)}
   * @throws IllegalArgumentException if there is no command
   */
  public static PortRestart restart(ListenAddress address, String... command) {
    Objects.requireNonNull(address, "address");
    Objects.requireNonNull(command, "command");
    return of(PortScope.of(address), true, command(command));
  }

  /** Stops who is on one address of a port, and starts nothing. */
  public static PortRestart free(ListenAddress address) {
    Objects.requireNonNull(address, "address");
    return of(PortScope.of(address), true, StartSettings.NOTHING);
  }

  /**
   * Starts a command on one address of a port, if nobody is on that; others may be on other
   * addresses of the port.
   *
   * @param address where the command will listen
   * @param command as for {@link #restart(int, String...)}
   * @throws IllegalArgumentException if there is no command
   */
  public static PortRestart start(ListenAddress address, String... command) {
    Objects.requireNonNull(address, "address");
    Objects.requireNonNull(command, "command");
    return of(PortScope.of(address), false, command(command));
  }

  private static PortScope scope(int port) {
    return PortScope.of(PortNumber.checked(port));
  }

  private static StartSettings command(String... words) {
    for (String word : words) {
      Objects.requireNonNull(word, "word");
    }
    if (words.length == 0 || words[0].isEmpty()) {
      throw new IllegalArgumentException("no command");
    }
    return StartSettings.command(List.of(words));
  }

  /**
   * Never stops the process with this PID. If it listens on an address of the port that no other
   * listener needs, its listener stays; else nothing is done.
   */
  public PortRestart keep(long pid) {
    return with(stopping.keep(pid));
  }

  /** Stops the processes that this user may stop, even if those are not all of them. */
  public PortRestart allowPartial() {
    return with(stopping.allowPartial());
  }

  /**
   * Stops the owners of the port even if a supervisor manages them: the processes themselves, not
   * the supervisor, which may start them again. What {@linkplain Refusal.Kind#PROTECTED must not be
   * stopped} is not stopped either way.
   */
  public PortRestart ignoreSupervisor() {
    return with(stopping.ignoringSupervisor());
  }

  /**
   * Stops the owners of the port even if they, or processes that they have started, also serve
   * other ports, which end with them. Ports of the ephemeral range do not count: the system gives
   * them to helpers and debuggers.
   */
  public PortRestart allowOtherPorts() {
    return with(stopping.withOtherPorts());
  }

  /**
   * How long processes that are asked to terminate may take before they are killed; zero to kill
   * them at once. {@link #DEFAULT_GRACE} unless told otherwise.
   *
   * @throws IllegalArgumentException if it is negative
   */
  public PortRestart grace(Duration duration) {
    Objects.requireNonNull(duration, "duration");
    return with(stopping.grace(notNegative(duration)));
  }

  /**
   * How long the port must stay free before it counts as free, so that a server is noticed that is
   * started again. {@link #DEFAULT_SETTLE} unless told otherwise.
   *
   * @throws IllegalArgumentException if it is negative
   */
  public PortRestart settle(Duration duration) {
    Objects.requireNonNull(duration, "duration");
    return with(stopping.settle(notNegative(duration)));
  }

  /**
   * How long it may take from the start of the command until it is healthy. {@link
   * #DEFAULT_TIMEOUT} unless told otherwise.
   *
   * @throws IllegalArgumentException if it is negative
   */
  public PortRestart timeout(Duration duration) {
    Objects.requireNonNull(duration, "duration");
    return new PortRestart(scope, stops, stopping, start, notNegative(duration), health, listener);
  }

  /**
   * Where the command starts; unless told otherwise, in this process's own directory, or
   * {@linkplain #asItWas as it was}.
   */
  public PortRestart directory(Path path) {
    Objects.requireNonNull(path, "path");
    return with(start.directory(path));
  }

  /**
   * Sets a variable in the environment of the command, which is else that of this process, or that
   * of the server {@linkplain #asItWas as it was}.
   */
  public PortRestart environment(String name, String value) {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(value, "value");
    return with(start.environment(start.environment().set(name, value)));
  }

  /** Leaves a variable out of that environment. */
  public PortRestart unsetEnvironment(String name) {
    Objects.requireNonNull(name, "name");
    return with(start.environment(start.environment().unset(name)));
  }

  /**
   * Where the output of the command goes, both standard output and standard error, appended to what
   * is there. It must be a regular file of this user, no link; a new one can be read by this user
   * only. Unless told otherwise, {@code tcptable/tcptable-PORT.log}, or of one address {@code
   * tcptable-PORT-ADDRESS.log}, in the user's directory for state: {@code $XDG_STATE_HOME} or
   * {@code ~/.local/state}, on Windows {@code %LOCALAPPDATA%}.
   */
  public PortRestart log(Path file) {
    Objects.requireNonNull(file, "file");
    return with(start.log(file));
  }

  /**
   * What the command must answer to count as healthy; {@link HealthProbe#of(int)} unless told
   * otherwise. One that could not succeed, as its host is not known or its certificate is not
   * trusted, is {@linkplain Refusal.Kind#HEALTH_UNUSABLE refused} before anything is stopped. It is
   * asked again until it is healthy or the {@linkplain #timeout time} is up, which counts instead
   * of the probe's own deadline.
   */
  public PortRestart health(HealthProbe probe) {
    Objects.requireNonNull(probe, "probe");
    return new PortRestart(scope, stops, stopping, start, timeout, probe, listener);
  }

  /** What is told of each step of a run. */
  public PortRestart listener(StepListener follower) {
    Objects.requireNonNull(follower, "follower");
    return new PortRestart(scope, stops, stopping, start, timeout, health, follower);
  }

  private PortRestart with(StopSettings other) {
    return new PortRestart(scope, stops, other, start, timeout, health, listener);
  }

  private PortRestart with(StartSettings other) {
    return new PortRestart(scope, stops, stopping, other, timeout, health, listener);
  }

  /**
   * How long one step of a run may wait for others at most: for processes to terminate, for the
   * port to stay free, or for the server to be healthy. What the system takes to do it comes on
   * top.
   */
  public Duration longestWait() {
    return Stream.of(
            stopping.grace(),
            stopping.settle(),
            timeout.plus(health.deadline()),
            KillStep.KILL_TIME)
        .max(Comparator.naturalOrder())
        .orElseThrow();
  }

  private static Duration notNegative(Duration duration) {
    if (duration.isNegative()) {
      throw new IllegalArgumentException(duration + " is negative");
    }
    return duration;
  }

  /**
   * Finds out what would be done, and does none of it.
   *
   * @throws TcpTableException if the table could not be read
   * @throws InterruptedException if this thread was interrupted
   */
  public RestartPlan plan() throws InterruptedException {
    return new Planner(this).plan();
  }

  /**
   * Does all of it. Once something was stopped or started, the report says so, even if a later step
   * fails.
   */
  public RestartReport run() {
    return RestartRun.of(this, null);
  }

  /**
   * Carries out a plan that was approved. If other processes are on the port than those in the
   * plan, nothing is done.
   *
   * @throws IllegalArgumentException if the plan is for another port
   */
  public RestartReport run(RestartPlan approved) {
    Objects.requireNonNull(approved, "approved");
    if (!approved.scope().equals(scope)) {
      throw new IllegalArgumentException("a plan for " + approved.scope() + ", not for " + scope);
    }
    return RestartRun.of(this, approved);
  }

  int port() {
    return scope.port();
  }

  /** The port, or one address of it. */
  PortScope scope() {
    return scope;
  }

  /** The listeners that it is about. */
  ScopedListeners listeners() {
    return new ScopedListeners(scope, stopping.keep());
  }

  /** Whether it stops who is on the port. */
  boolean stops() {
    return stops;
  }

  StopSettings stopping() {
    return stopping;
  }

  /** What the request says of the start. */
  StartSettings start() {
    return start;
  }

  /** The command to start; empty if nothing is to be started, or the server as it was. */
  Optional<StartCommand> command() {
    return start.mode() == StartSettings.Mode.COMMAND
        ? Optional.of(StartCommand.of(start, scope))
        : Optional.empty();
  }

  Duration timeout() {
    return timeout;
  }

  HealthProbe health() {
    return health;
  }

  StepListener listener() {
    return listener;
  }

  /** What it is about: the port, and what is done there. */
  @JsonValue
  @Override
  public String toString() {
    if (start.mode() == StartSettings.Mode.BY_RUNTIME) {
      return "have the runtime restart the container behind " + scope;
    }
    String start =
        switch (this.start.mode()) {
          case NOTHING, BY_RUNTIME -> "";
          case COMMAND -> "start " + this.start.arguments();
          case AS_IT_WAS -> "start the server as it was";
        };
    String stop = stops ? "stop who is on " + scope : "";
    return stops && !start.isEmpty() ? stop + ", " + start : stops ? stop : start + " on " + scope;
  }
}
