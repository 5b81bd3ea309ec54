// SPDX-License-Identifier: Apache-2.0
package io.tcptable.restart;

import io.tcptable.OsProcess;
import io.tcptable.internal.Platforms;
import io.tcptable.internal.platform.ProcessSource;
import io.tcptable.internal.server.Descent;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;

/** A process that was started to outlive this one. */
final class StartedServer {

  private final StartCommand command;
  private final Process process;
  private final boolean hasSession;
  private final boolean isDetached;
  private final long logFrom;
  private final Daemons daemons;
  private Optional<OsProcess> daemon = Optional.empty();
  private Optional<OsProcess> listener = Optional.empty();

  private StartedServer(
      StartCommand command,
      Process process,
      boolean hasSession,
      boolean isDetached,
      long logFrom,
      Daemons daemons) {
    this.command = command;
    this.process = process;
    this.hasSession = hasSession;
    this.isDetached = isDetached;
    this.logFrom = logFrom;
    this.daemons = daemons;
  }

  /**
   * Starts the command, its input empty, its output in its log.
   *
   * <p>Where the platform has a way, it gets a session of its own, so that neither Ctrl-C nor the
   * end of the terminal reaches it; on Windows, a console of its own.
   */
  static StartedServer start(StartCommand command) throws IOException {
    Optional<Path> detacher = Platforms.current().detacher();
    ProcessBuilder builder = builder(command);
    List<String> words = new ArrayList<>();
    detacher.ifPresent(program -> words.add(program.toString()));
    words.addAll(builder.command());
    builder.command(words).redirectOutput(command.output().output().redirect());
    if (command.output().isOne()) {
      builder.redirectErrorStream(true);
    } else {
      builder.redirectError(command.output().error().redirect());
    }
    long logFrom = command.log().size();
    Daemons daemons = Daemons.beforeStart();
    ProcessSource processes = Platforms.access().processes();
    boolean hasSession = detacher.isPresent();
    StartedServer server =
        new StartedServer(
            command,
            processes.start(builder),
            hasSession,
            hasSession || processes.detaches(),
            logFrom,
            daemons);
    server.closeInput();
    return server;
  }

  private static ProcessBuilder builder(StartCommand command) throws IOException {
    if (command.was().isPresent()) {
      return Platforms.current().launchLine(command.request()).builder();
    }
    ProcessBuilder builder =
        new ProcessBuilder(command.words()).directory(command.directory().toFile());
    command.changes().applyTo(builder.environment());
    return builder;
  }

  /** What was started must be told of, even if this fails. */
  private void closeInput() {
    try {
      process.getOutputStream().close();
    } catch (IOException e) {
      // Then it is closed when this process ends.
    }
  }

  StartCommand command() {
    return command;
  }

  /** The process that was started, be it that it has gone into the background since. */
  Process process() {
    return process;
  }

  /** Of the process that was started or, if that has gone into the background, of the daemon. */
  long pid() {
    return daemon.map(OsProcess::pid).orElseGet(process::pid);
  }

  /** Whether neither Ctrl-C nor the end of the terminal reaches it. */
  boolean isDetached() {
    return isDetached;
  }

  boolean isRunning() {
    return daemon.map(OsProcess::isRunning).orElseGet(process::isAlive);
  }

  /** How it ended; empty if it has not, and of a daemon, which tells only its parent. */
  OptionalInt exitCode() {
    return process.isAlive() || daemon.isPresent()
        ? OptionalInt.empty()
        : OptionalInt.of(process.exitValue());
  }

  /**
   * Processes into which it may have gone as a daemon: those, if it has ended well, that run and
   * have the marks of {@link Daemons}, or are in its session.
   */
  List<OsProcess> background() {
    if (!mayBeInBackground()) {
      return List.of();
    }
    Set<OsProcess> found = new LinkedHashSet<>(daemons.now());
    found.addAll(leftBehind());
    return List.copyOf(found);
  }

  /** Whether {@link #background} is all that there is to come. */
  boolean isBackgroundComplete() {
    return !mayBeInBackground() || daemons.areComplete();
  }

  private boolean mayBeInBackground() {
    return hasSession && !process.isAlive() && process.exitValue() == 0;
  }

  /** From now on it is this daemon. */
  void follow(OsProcess into) {
    daemon = Optional.of(into);
    listener = daemon;
  }

  /** These listen: one may be it, under the name of a program that it has become. */
  void seen(Collection<OsProcess> listening) {
    listener = listener.or(() -> listening.stream().filter(this::isIt).findFirst());
  }

  /** Whether a process is it or descends from it, be it only by the session that it is in. */
  boolean isOrigin(OsProcess of) {
    return Descent.isFrom(of, this::isIt) || isInSession(of);
  }

  /** Whether this user may not look into it, or into one that it has started. */
  boolean isHidden() {
    return OsProcess.of(pid()).stream()
        .flatMap(it -> Stream.concat(Stream.of(it), it.descendants().stream()))
        .anyMatch(it -> it.isRunning() && it.executable().isEmpty());
  }

  private boolean isIt(OsProcess one) {
    return daemon.map(one::equals).orElseGet(() -> one.pid() == process.pid());
  }

  private boolean isInSession(OsProcess one) {
    return hasSession && Descent.isInSession(one, process.pid());
  }

  /** Those that it left behind when it ended. */
  List<OsProcess> leftBehind() {
    return process.isAlive() || daemon.isPresent()
        ? List.of()
        : OsProcess.all().stream().filter(this::isInSession).toList();
  }

  /** The last lines that it wrote. */
  List<String> lastLines() {
    return command.log().lastLines(logFrom);
  }

  /** Its program and its PID: {@code python3(19508)}; once it listens, with its own name. */
  @Override
  public String toString() {
    return listener.map(OsProcess::toString).orElseGet(this::program);
  }

  private String program() {
    Path program = Path.of(command.arguments().get(0)).getFileName();
    return (program == null ? command.arguments().get(0) : program) + "(" + pid() + ")";
  }
}
