// SPDX-License-Identifier: Apache-2.0
package io.tcptable.restart;

import io.tcptable.internal.Platforms;
import io.tcptable.TcpTableException;
import io.tcptable.health.HealthProbe;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Puts a port right: stops who is on it, proves it free, starts a command on it and proves that
 * healthy, or a part of that. Immutable; each run stands for itself.
 *
 * <pre>{@code
 * RestartReport report =
 *     PortRestart.restart(3001, "python3", "backend/run_server.py").build().run();
 * if (report.outcome() != Outcome.DONE) {
 *   System.err.println(report);
 * }
 * }</pre>
 *
 * <p><b>Who is stopped:</b> all owners of sockets that listen on the port and of connections whose
 * local port it is; and a parent of the same program and session that runs nobody but them, such as
 * a master or reloader, but no shell, test runner or other launcher. Never a client that talks to
 * the port, never this process, those it descends from, PID 1 or one that is to be {@linkplain
 * Builder#keep kept}. If a supervisor such as systemd or Docker runs the server, nothing is
 * stopped, and its command is named instead.
 *
 * <p><b>How:</b> each is {@linkplain io.tcptable.OsProcess#hold held} first, so that no later
 * process with its PID can be hit; then asked to end, given a grace period, ended, and waited for.
 * If this user may not stop one of them, none is. If it cannot be seen who is on the port, nothing
 * is done.
 *
 * <p>What was started is never stopped again: if it does not become healthy, it is left running for
 * a look at it, and the report names it.
 *
 * <p><b>One at a time:</b> while a run is under way, others of the same port by the same user are
 * refused, and those of other users if it is root's. Two users of whom neither is root are not kept
 * apart, since neither may stop what is the other's; nor is root by others, who could keep it from
 * a port for ever. Whoever comes second then is told that somebody else listens.
 *
 * <p>To cancel a run, interrupt its thread: it returns soon, with a report of how things are, and
 * the thread is still interrupted.
 */
public final class PortRestart {

  /** How long those who are asked to end may take, unless told otherwise. */
  public static final Duration DEFAULT_GRACE = Duration.ofSeconds(5);

  /** How long the port must stay free before it counts as free, unless told otherwise. */
  public static final Duration DEFAULT_SETTLE = Duration.ofSeconds(1);

  /** How long it may take from the start until all is well, unless told otherwise. */
  public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(30);

  private final Settings settings;

  private PortRestart(Settings settings) {
    this.settings = settings;
  }

  /**
   * Stops who is on the port, and starts a command in its place.
   *
   * @param port 1 to 65535
   * @param command the program and its arguments, as they stand: no shell sees them. The program
   *     must stay in the foreground.
   * @throws IllegalArgumentException if the port is out of range or there is no command
   */
  public static Builder restart(int port, String... command) {
    return new Builder(port, true, command(command));
  }

  /**
   * Stops who is on the port, and starts nothing.
   *
   * @param port 1 to 65535
   * @throws IllegalArgumentException if it is out of range
   */
  public static Builder free(int port) {
    return new Builder(port, true, List.of());
  }

  /**
   * Starts a command on a port, if nobody is on it.
   *
   * @param port 1 to 65535
   * @param command as for {@link #restart}
   * @throws IllegalArgumentException if the port is out of range or there is no command
   */
  public static Builder start(int port, String... command) {
    return new Builder(port, false, command(command));
  }

  private static List<String> command(String... words) {
    if (words.length == 0 || words[0].isEmpty()) {
      throw new IllegalArgumentException("no command");
    }
    return List.of(words);
  }

  /**
   * Finds out what would be done, and does none of it.
   *
   * @throws TcpTableException if the table could not be read
   * @throws InterruptedException if this thread was interrupted
   */
  public RestartPlan plan() throws InterruptedException {
    return new Planner(settings).plan();
  }

  /** Does all of it. */
  public RestartReport run() {
    return new RestartRun(settings, null).run();
  }

  /**
   * Does what a plan said, which somebody approved meanwhile. If others are on the port by now than
   * those in the plan, nothing is done.
   */
  public RestartReport run(RestartPlan approved) {
    return new RestartRun(settings, approved).run();
  }

  /** What a run needs to know. */
  record Settings(
      int port,
      boolean stops,
      Optional<StartCommand> command,
      Duration grace,
      Duration settle,
      Duration timeout,
      Set<Long> keep,
      boolean partial,
      HealthProbe health,
      StepListener listener) {}

  /** Says how it is to be done; all but the port and the command may be left as it is. */
  public static final class Builder {

    private final int port;
    private final boolean stops;
    private final List<String> command;
    private final Set<Long> keep = new HashSet<>();
    private final Map<String, String> environment = new HashMap<>();
    private Path directory = Path.of("");
    private @Nullable Path log;
    private Duration grace = DEFAULT_GRACE;
    private Duration settle = DEFAULT_SETTLE;
    private Duration timeout = DEFAULT_TIMEOUT;
    private boolean partial;
    private HealthProbe health;
    private StepListener listener = new StepListener() {};

    private Builder(int port, boolean stops, List<String> command) {
      this.port = PortNumber.checked(port);
      this.stops = stops;
      this.command = command;
      this.health = HealthProbe.of(port);
    }

    /** Never stops the process with this PID. If it listens on the port, nothing is done. */
    public Builder keep(long pid) {
      keep.add(pid);
      return this;
    }

    /** Stops those whom this user may stop, even if that is not all of them. */
    public Builder allowPartial() {
      partial = true;
      return this;
    }

    /**
     * How long those who are asked to end may take; zero to end them at once.
     *
     * @throws IllegalArgumentException if it is negative
     */
    public Builder grace(Duration duration) {
      grace = notNegative(duration);
      return this;
    }

    /**
     * How long the port must stay free before it counts as free, so that a server that somebody
     * brings back is seen.
     *
     * @throws IllegalArgumentException if it is negative
     */
    public Builder settle(Duration duration) {
      settle = notNegative(duration);
      return this;
    }

    /**
     * How long it may take from the start of the command until it is healthy.
     *
     * @throws IllegalArgumentException if it is negative
     */
    public Builder timeout(Duration duration) {
      timeout = notNegative(duration);
      return this;
    }

    /** Where the command starts; this process's own directory unless told otherwise. */
    public Builder directory(Path path) {
      directory = path;
      return this;
    }

    /** Adds a variable to the environment of the command, which is else that of this process. */
    public Builder environment(String name, String value) {
      environment.put(name, value);
      return this;
    }

    /**
     * Where the output of the command goes, both standard output and standard error, behind what is
     * there. Unless told otherwise, {@code tcptable/tcptable-PORT.log} in the user's directory for
     * state: {@code $XDG_STATE_HOME} or {@code ~/.local/state}, on Windows {@code %LOCALAPPDATA%}.
     */
    public Builder log(Path file) {
      log = file;
      return this;
    }

    /**
     * What has to be answered for the command to count as healthy; {@link HealthProbe#of(int)}
     * unless told otherwise. It is asked again until it is or the {@linkplain #timeout time} is up,
     * which counts instead of the probe's own deadline.
     */
    public Builder health(HealthProbe probe) {
      health = probe;
      return this;
    }

    /** Who follows the run. */
    public Builder listener(StepListener follower) {
      listener = follower;
      return this;
    }

    private static Duration notNegative(Duration duration) {
      if (duration.isNegative()) {
        throw new IllegalArgumentException(duration + " is negative");
      }
      return duration;
    }

    /** The restart, ready to be planned or run. */
    public PortRestart build() {
      Path output = log == null
          ? Platforms.current().stateDirectory().resolve("tcptable-" + port + ".log")
          : log;
      Optional<StartCommand> start =
          command.isEmpty()
              ? Optional.empty()
              : Optional.of(new StartCommand(command, directory, environment, output));
      return new PortRestart(
          new Settings(
              port,
              stops,
              start,
              grace,
              settle,
              timeout,
              Set.copyOf(keep),
              partial,
              health,
              listener));
    }
  }
}
