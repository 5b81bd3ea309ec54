// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A process that a test started without input, and what it has printed so far. */
public final class RunningProgram implements AutoCloseable {

  private static final int SECONDS = 180;

  private final List<String> command;
  private final Process process;
  private final Printed out;
  private final Printed err;

  private RunningProgram(List<String> command, Process process) {
    this.command = command;
    this.process = process;
    this.out = new Printed(process.getInputStream());
    this.err = new Printed(process.getErrorStream());
  }

  /** What a stream has given, read by a thread of its own. */
  private static final class Printed {
    private final StringBuilder text = new StringBuilder();
    private final Thread reader;

    Printed(InputStream stream) {
      reader = new Thread(() -> read(stream), "printed");
      reader.setDaemon(true);
      reader.start();
    }

    private void read(InputStream stream) {
      try (var characters = new java.io.InputStreamReader(stream, StandardCharsets.UTF_8)) {
        for (int c = characters.read(); c >= 0; c = characters.read()) {
          synchronized (text) {
            text.append((char) c);
          }
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    String soFar() {
      synchronized (text) {
        return text.toString();
      }
    }

    String whole() throws InterruptedException {
      reader.join();
      return text.toString();
    }
  }

  /** Starts it in the environment of this test. */
  public static RunningProgram start(List<String> command) {
    return start(command, Map.of());
  }

  /** Starts it with more variables than this test has. */
  public static RunningProgram start(List<String> command, Map<String, String> variables) {
    ProcessBuilder builder = new ProcessBuilder(command);
    // What a developer's shell may have set is not part of these tests.
    List.of("COLUMNS", "NO_COLOR", "CLICOLOR_FORCE", "JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS")
        .forEach(builder.environment()::remove);
    builder.environment().put("TERM", "xterm");
    builder.environment().putAll(variables);
    try {
      Process process = builder.start();
      process.getOutputStream().close();
      return new RunningProgram(command, process);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public long pid() {
    return process.pid();
  }

  public boolean isRunning() {
    return process.isAlive();
  }

  /** What it has printed on standard output so far. */
  public String printed() {
    return out.soFar();
  }

  /** Sends a signal such as {@code INT} to this process alone. */
  public void signal(String name) {
    Run.of(List.of("kill", "-" + name, Long.toString(pid())));
  }

  /** Waits until it ends. */
  public Run end() {
    try {
      assertThat(process.waitFor(SECONDS, TimeUnit.SECONDS)).as("%s ends", command).isTrue();
      return new Run(process.exitValue(), out.whole(), err.whole());
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
