// SPDX-License-Identifier: Apache-2.0
package io.tcptable.guard;

import io.tcptable.CheckReturnValue;
import io.tcptable.ListenAddress;
import io.tcptable.diagnose.PortDiagnosis;
import io.tcptable.health.HealthProbe;
import io.tcptable.internal.Platforms;
import io.tcptable.internal.platform.FileFailure;
import io.tcptable.internal.platform.PortNumber;
import io.tcptable.internal.server.PortLock;
import io.tcptable.internal.server.PortLockException;
import io.tcptable.internal.server.PortScope;
import io.tcptable.internal.wording.DurationText;
import io.tcptable.restart.PortRestart;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * Keeps a server running on a port: starts it, looks at it every few seconds, and when it hangs or
 * is down for longer than asked, saves the evidence and restarts it.
 *
 * <pre>{@code
 * try (PortGuard guard =
 *     PortGuard.request(3001, "python3", "backend/run_server.py")
 *         .listener(event -> System.out.println(event))
 *         .start()) {
 *   System.out.println(guard.await());
 * }
 * }</pre>
 *
 * <p><b>What it looks at:</b> every {@linkplain Request#interval interval}, whether the server
 * listens, and one health check. Only if that is bad, a whole {@link PortDiagnosis}. The verdicts
 * HANGING, DOWN and FREE count as bad; DEGRADED does not, since a restart would stop a server that
 * answers.
 *
 * <p><b>What it saves:</b> one folder before each restart, readable by this user only: the
 * diagnosis and the sockets as JSON, thread dumps of JVMs, the end of the server's log, the events
 * of the guard, and those of the sockets in the last minutes, by a {@link
 * io.tcptable.watch.TcpWatch} that looks as often as the guard does. If that fails, such as on a
 * full disk, the guard says so and restarts the server all the same.
 *
 * <p><b>What it stops:</b> the server that it has started and its descendants, and nobody else. A
 * server that another process has started on the port meanwhile is watched: if it has the same
 * command line, it is guarded like the guard's own; if not, it is never stopped. While another
 * restart of the port is under way, the guard waits.
 *
 * <p><b>When it ends:</b> when the server ends with exit code 0, unless told to {@linkplain
 * Request#always start it always}; after too many restarts, and then a server that still runs is
 * left running; and by {@link #close()}, which stops the server.
 *
 * <p>There is one guard of a port and user at a time; root's keeps out those of all users. Safe for
 * use by many threads.
 */
public final class PortGuard implements AutoCloseable {

  /** The time between two looks, unless told otherwise. */
  public static final Duration DEFAULT_INTERVAL = Duration.ofSeconds(5);

  /** How long a server must be bad before it is restarted, unless told otherwise. */
  public static final Duration DEFAULT_BAD_FOR = Duration.ofSeconds(30);

  /** The delay before the second restart, unless told otherwise. */
  public static final Duration DEFAULT_BACKOFF = Duration.ofSeconds(1);

  /** To which the delay grows, unless told otherwise. */
  public static final Duration DEFAULT_LONGEST_BACKOFF = Duration.ofMinutes(1);

  /** How many restarts there may be within a time, unless told otherwise. */
  public static final int DEFAULT_RESTARTS = 5;

  /** That time, unless told otherwise. */
  public static final Duration DEFAULT_WITHIN = Duration.ofMinutes(10);

  /** How many folders of evidence are kept, unless told otherwise. */
  public static final int DEFAULT_EVIDENCE_FOLDERS = 20;

  private final Pulse pulse;
  private final FutureTask<GuardEnd> task;
  private final Thread thread;

  private PortGuard(Request request) {
    pulse = Pulse.ofNow(request.longestWait());
    task = new FutureTask<>(() -> guard(request, pulse));
    thread = new Thread(task, "tcptable-guard");
    thread.setDaemon(true);
  }

  /**
   * How to guard a port; nothing is done before {@link Request#start()}.
   *
   * @param port 1 to 65535
   * @param command the program and its arguments, as for {@link PortRestart#start(int, String...)}
   * @throws IllegalArgumentException if the port is out of range or there is no command
   */
  public static Request request(int port, String... command) {
    Objects.requireNonNull(command, "command");
    return new Request(
        PortScope.of(PortNumber.checked(port)),
        HealthProbe.of(port),
        PortRestart.start(port, command),
        PortRestart.restart(port, command));
  }

  /**
   * How to guard one address of a port. A server on another address of the port is left alone.
   *
   * @param address where the command will listen
   * @param command as for {@link #request(int, String...)}
   * @throws IllegalArgumentException if there is no command
   */
  public static Request request(ListenAddress address, String... command) {
    Objects.requireNonNull(address, "address");
    Objects.requireNonNull(command, "command");
    return new Request(
        PortScope.of(address),
        HealthProbe.of(address.port()).at(address),
        PortRestart.start(address, command),
        PortRestart.restart(address, command));
  }

  private static GuardEnd guard(Request request, Pulse pulse) {
    int port = request.scope.port();
    EvidenceFolders folders =
        new EvidenceFolders(request.place().toAbsolutePath(), request.evidenceFolders);
    GuardSettings settings = request.settings;
    try (PortLock lock = PortLock.take(PortLock.Purpose.GUARD, port);
        SocketHistory history = new SocketHistory(settings.badFor())) {
      Objects.requireNonNull(lock);
      folders.prepare();
      history.watch(port, settings.interval());
      Evidence evidence = new Evidence(folders, request.evidenceFiles, history);
      GuardDiary diary = new GuardDiary(port, Clock.systemUTC(), request::tell);
      return new GuardLoop(request.livePort(evidence, pulse), settings, diary, pulse).run();
    } catch (PortLockException e) {
      return new GuardEnd(
          e.isBusy() ? GuardEnd.Reason.REFUSED : GuardEnd.Reason.FAILED, e.reason());
    } catch (IOException e) {
      return new GuardEnd(
          GuardEnd.Reason.REFUSED,
          "no evidence can be saved in " + folders.place() + ": " + FileFailure.reason(e));
    }
  }

  /**
   * Waits until the guard has ended.
   *
   * @return why it ended
   * @throws InterruptedException if this thread is interrupted; the guard goes on
   */
  public GuardEnd await() throws InterruptedException {
    try {
      return task.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("the guard failed", e.getCause());
    }
  }

  /**
   * Whether the guard runs and does not go on: a look, a diagnosis, a step of a restart or the
   * saving of the evidence takes two minutes longer than the times of the request allow, or a
   * listener does not return. Files of a network share that is gone are a cause. Waiting, be it for
   * long, is no reason. Costs nothing.
   */
  public boolean isStuck() {
    return !task.isDone() && pulse.isStuck();
  }

  /**
   * Ends the guard and stops its server, politely for {@linkplain Request#grace the grace period},
   * then by force; returns when that is done. A server that the guard does not own is left running.
   * An interruption of this thread shortens the grace period, and the thread is still interrupted
   * then.
   */
  @Override
  public void close() {
    boolean interrupted = false;
    thread.interrupt();
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
        thread.interrupt();
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * How to guard a port. Immutable: each method returns a new request, and {@link #start()} carries
   * it out.
   */
  @CheckReturnValue
  public static final class Request {

    /** No separators: a name must not leave the folder. */
    private static final Pattern FILE_NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");

    private final PortScope scope;
    private final HealthProbe health;
    private final PortRestart start;
    private final PortRestart restart;
    private GuardSettings settings = GuardSettings.DEFAULT;
    private Duration grace = PortRestart.DEFAULT_GRACE;
    private Path evidence = Platforms.current().stateDirectory().resolve("guard");
    private int evidenceFolders = DEFAULT_EVIDENCE_FOLDERS;
    private Map<String, Function<PortDiagnosis, String>> evidenceFiles = Map.of();
    private List<Consumer<GuardEvent>> listeners = List.of();

    private Request(PortScope scope, HealthProbe health, PortRestart start, PortRestart restart) {
      this.scope = scope;
      this.health = health;
      this.start = start;
      this.restart = restart;
    }

    private Request with(HealthProbe probe, PortRestart starting, PortRestart restarting) {
      Request copy = new Request(scope, probe, starting, restarting);
      copy.settings = settings;
      copy.grace = grace;
      copy.evidence = evidence;
      copy.evidenceFolders = evidenceFolders;
      copy.evidenceFiles = evidenceFiles;
      copy.listeners = listeners;
      return copy;
    }

    private Request copy() {
      return with(health, start, restart);
    }

    private Request with(GuardSettings other) {
      Request copy = copy();
      copy.settings = other;
      return copy;
    }

    /** With this health check, instead of {@link HealthProbe#of(int)}. */
    public Request health(HealthProbe probe) {
      Objects.requireNonNull(probe, "probe");
      return with(probe, start, restart);
    }

    /**
     * How the server is started and stopped: its directory, environment, log and times.
     *
     * <pre>{@code
     * request.restart(it -> it.directory(path).environment("LOG_LEVEL", "debug"))
     * }</pre>
     *
     * @param how is applied to what starts the server, and to what restarts it. A listener, health
     *     check and grace period that are set by it do not count: they are those of this request
     */
    public Request restart(UnaryOperator<PortRestart> how) {
      Objects.requireNonNull(how, "how");
      return with(health, how.apply(start), how.apply(restart));
    }

    /**
     * The time between two looks; {@link #DEFAULT_INTERVAL} unless told otherwise.
     *
     * @throws IllegalArgumentException if it is shorter than {@link
     *     PortDiagnosis#SHORTEST_DISTANCE}
     */
    public Request interval(Duration time) {
      if (time.compareTo(PortDiagnosis.SHORTEST_DISTANCE) < 0) {
        throw new IllegalArgumentException(
            DurationText.of(time)
                + " is shorter than "
                + DurationText.of(PortDiagnosis.SHORTEST_DISTANCE));
      }
      return with(settings.interval(time));
    }

    /**
     * How long the server must be bad, at each look, before it is restarted; {@link
     * #DEFAULT_BAD_FOR} unless told otherwise. One that has ended is started again at once.
     *
     * @throws IllegalArgumentException if it is negative
     */
    public Request badFor(Duration time) {
      notNegative(time);
      return with(settings.badFor(time));
    }

    /**
     * How long to wait before a restart: the first is made at once, the second after {@code first},
     * and the delay doubles until it is {@code longest}.
     *
     * @throws IllegalArgumentException if one is negative
     */
    public Request backoff(Duration first, Duration longest) {
      notNegative(first);
      notNegative(longest);
      return with(settings.backoff(first, longest));
    }

    /**
     * How many restarts there may be within a time; with one more, the guard gives up.
     *
     * @throws IllegalArgumentException if one is negative
     */
    public Request restarts(int most, Duration within) {
      notNegative(within);
      if (most < 0) {
        throw new IllegalArgumentException(most + " is negative");
      }
      return with(settings.restarts(most, within));
    }

    /** Starts the server again also if it ends with exit code 0. */
    public Request always() {
      return with(settings.toRunAlways());
    }

    /**
     * How long the server may take to terminate before it is killed; {@link
     * PortRestart#DEFAULT_GRACE} unless told otherwise.
     *
     * @throws IllegalArgumentException if it is negative
     */
    public Request grace(Duration time) {
      notNegative(time);
      Request copy = copy();
      copy.grace = time;
      return copy;
    }

    /**
     * Where evidence is saved: in {@code PORT/TIME} below this directory. Unless told otherwise, in
     * {@code tcptable/guard} of the user's directory for state, see {@link PortRestart#log}. No
     * other user may be able to replace what is in it.
     */
    public Request evidence(Path directory) {
      Objects.requireNonNull(directory, "directory");
      Request copy = copy();
      copy.evidence = directory;
      return copy;
    }

    /**
     * How many folders of evidence of the port are kept; the oldest are removed. {@link
     * #DEFAULT_EVIDENCE_FOLDERS} unless told otherwise.
     *
     * @throws IllegalArgumentException if it is less than 1
     */
    public Request evidenceFolders(int most) {
      if (most < 1) {
        throw new IllegalArgumentException(most + " is less than 1");
      }
      Request copy = copy();
      copy.evidenceFolders = most;
      return copy;
    }

    /**
     * A further file in each folder of evidence.
     *
     * @param name of letters, digits, {@code .}, {@code _} and {@code -}
     * @param text makes it of the diagnosis; called by the thread of the guard
     * @throws IllegalArgumentException if the name holds anything else
     */
    public Request evidenceFile(String name, Function<PortDiagnosis, String> text) {
      Objects.requireNonNull(text, "text");
      if (!FILE_NAME.matcher(name).matches()) {
        throw new IllegalArgumentException("'" + name + "' is not a file name");
      }
      Map<String, Function<PortDiagnosis, String>> files = new LinkedHashMap<>(evidenceFiles);
      files.put(name, text);
      Request copy = copy();
      copy.evidenceFiles = Map.copyOf(files);
      return copy;
    }

    /**
     * Tells each event, in order, by the thread of the guard, which waits meanwhile. What a
     * listener throws is lost, and the guard goes on. There may be several.
     */
    public Request listener(Consumer<GuardEvent> listener) {
      Objects.requireNonNull(listener, "listener");
      List<Consumer<GuardEvent>> all = new ArrayList<>(listeners);
      all.add(listener);
      Request copy = copy();
      copy.listeners = List.copyOf(all);
      return copy;
    }

    /**
     * Starts the guard, in a thread of its own. The server is started by that; {@link
     * PortGuard#await()} tells if it could not be.
     */
    public PortGuard start() {
      PortGuard guard = new PortGuard(this);
      guard.thread.start();
      return guard;
    }

    private static void notNegative(Duration time) {
      if (time.isNegative()) {
        throw new IllegalArgumentException(time + " is negative");
      }
    }

    private void tell(GuardEvent event) {
      listeners.forEach(it -> it.accept(event));
    }

    private Path place() {
      String address =
          scope
              .address()
              .map(it -> "-" + it.toString().replaceAll("[^A-Za-z0-9.]", "_"))
              .orElse("");
      return evidence.resolve(scope.port() + address);
    }

    private LivePort livePort(Evidence evidence, Pulse pulse) {
      return new LivePort(
          scope, starting(), restarting(), health, grace, diagnosing(), evidence, pulse);
    }

    private PortRestart starting() {
      return start.health(health);
    }

    private PortRestart restarting() {
      return restart.health(health).grace(grace);
    }

    /** No look takes longer than the time between two. */
    private PortDiagnosis.Request diagnosing() {
      Duration distance = PortDiagnosis.DEFAULT_DISTANCE;
      return scope
          .address()
          .map(PortDiagnosis::request)
          .orElseGet(() -> PortDiagnosis.request(scope.port()))
          .health(health)
          .secondLookAfter(
              settings.interval().compareTo(distance) < 0 ? settings.interval() : distance);
    }

    private Duration longestWait() {
      Duration first = starting().longestWait();
      Duration next = restarting().longestWait();
      return first.compareTo(next) > 0 ? first : next;
    }

    /** What it guards, and how often it looks. */
    @Override
    public String toString() {
      return "guard of "
          + scope
          + ", which looks every "
          + DurationText.of(settings.interval())
          + ": "
          + start;
    }
  }
}
