// SPDX-License-Identifier: Apache-2.0
package io.tcptable.restart;

import io.tcptable.internal.Platforms;
import io.tcptable.internal.platform.ChildProcesses;
import io.tcptable.internal.platform.LaunchLine;
import io.tcptable.restart.Refusal.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Starts a program that does nothing, in all else as the server is going to be started: what goes
 * wrong with that goes wrong before the server is stopped.
 */
final class Rehearsal {

  private static final Duration LONGEST = Duration.ofSeconds(10);
  private static final int MOST_BYTES = 4096;

  private Rehearsal() {}

  /**
   * Does it, for a command that is to be like another process.
   *
   * @throws StepException if it does not succeed
   */
  static void of(StartCommand command) throws StepException, InterruptedException {
    List<String> idle = Platforms.current().idleProgram();
    if (command.was().isEmpty() || idle.isEmpty()) {
      return;
    }
    try {
      LaunchLine line = Platforms.current().launchLine(command.request().words(idle));
      run(line.builder(), command);
    } catch (IOException e) {
      throw failed(command, String.valueOf(e.getMessage()));
    }
  }

  private static void run(ProcessBuilder builder, StartCommand command)
      throws IOException, StepException, InterruptedException {
    Process process = ChildProcesses.start(builder.redirectErrorStream(true));
    try {
      process.getOutputStream().close();
      if (!process.waitFor(LONGEST.toMillis(), TimeUnit.MILLISECONDS)) {
        throw failed(command, "a trial with a program that does nothing does not end");
      }
      if (process.exitValue() != 0) {
        throw failed(
            command,
            "a trial with a program that does nothing ended with exit code "
                + process.exitValue()
                + firstLine(process.getInputStream()).map(line -> ": " + line).orElse(""));
      }
    } finally {
      process.destroyForcibly();
    }
  }

  private static Optional<String> firstLine(InputStream output) throws IOException {
    return new String(output.readNBytes(MOST_BYTES), Charset.defaultCharset())
        .lines()
        .filter(line -> !line.isBlank())
        .findFirst();
  }

  private static StepException failed(StartCommand command, String why) {
    return new StepException(
        Refusal.of(Kind.COMMAND_UNUSABLE, command + " cannot be started as it was: " + why));
  }
}
