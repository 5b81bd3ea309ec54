// SPDX-License-Identifier: Apache-2.0
package io.tcptable.restart;

import io.tcptable.OsProcess;
import io.tcptable.internal.Platforms;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** A process that was started to outlive this one. */
final class StartedServer {

  private final StartCommand command;
  private final Process process;
  private final boolean isDetached;
  private final long logFrom;

  private StartedServer(StartCommand command, Process process, boolean isDetached, long logFrom) {
    this.command = command;
    this.process = process;
    this.isDetached = isDetached;
    this.logFrom = logFrom;
  }

  /**
   * Starts the command, its input empty, its output in its log.
   *
   * <p>Where the platform has a way, it gets a session of its own, so that neither Ctrl-C nor the
   * end of the terminal reaches it.
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
    StartedServer server =
        new StartedServer(command, builder.start(), detacher.isPresent(), logFrom);
    server.closeInput();
    return server;
  }

  private static ProcessBuilder builder(StartCommand command) throws IOException {
    if (command.was().isPresent()) {
      return Platforms.current().launchLine(command.request()).builder();
    }
    ProcessBuilder builder =
        new ProcessBuilder(command.arguments()).directory(command.directory().toFile());
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

  long pid() {
    return process.pid();
  }

  /** Whether it has a session of its own. */
  boolean isDetached() {
    return isDetached;
  }

  boolean isRunning() {
    return process.isAlive();
  }

  /** How it ended; empty if it has not. */
  OptionalInt exitCode() {
    return process.isAlive() ? OptionalInt.empty() : OptionalInt.of(process.exitValue());
  }

  /** Whether a process is it or descends from it, be it only by the session that it is in. */
  boolean isOrigin(OsProcess process) {
    for (Optional<OsProcess> ancestor = Optional.of(process);
        ancestor.isPresent();
        ancestor = ancestor.get().parent()) {
      if (ancestor.get().pid() == pid()) {
        return true;
      }
    }
    return isInSession(process);
  }

  /** Its PID is the number of the session, and is not given away while anybody is in it. */
  private boolean isInSession(OsProcess process) {
    return isDetached
        && process.status().stream().anyMatch(status -> status.session().orElse(0) == pid());
  }

  /** Those that it left behind when it ended. */
  List<OsProcess> leftBehind() {
    return isRunning()
        ? List.of()
        : ProcessHandle.allProcesses()
            .flatMap(handle -> OsProcess.of(handle.pid()).stream())
            .filter(this::isInSession)
            .toList();
  }

  /** The last lines that it wrote. */
  List<String> lastLines() {
    return command.log().lastLines(logFrom);
  }

  /** Its program, as the system would name it, and its PID: {@code python3(19508)}. */
  @Override
  public String toString() {
    Path program = Path.of(command.arguments().get(0)).getFileName();
    return (program == null ? command.arguments().get(0) : program) + "(" + pid() + ")";
  }
}
