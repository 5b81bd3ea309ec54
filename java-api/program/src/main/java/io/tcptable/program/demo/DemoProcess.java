// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.demo;

import io.tcptable.internal.Platforms;
import io.tcptable.internal.platform.ChildProcesses;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A backend of the demonstration in a JVM of its own, which ends with this one at the latest. */
final class DemoProcess implements AutoCloseable {

  /** What a backend says once it listens. */
  static final String READY = "ready";

  private static final int SECONDS_TO_END = 5;

  private final Process process;

  private DemoProcess(Process process) {
    this.process = process;
  }

  /**
   * The command that runs a backend on a port, with the java and the classes of this program. The
   * PID of this JVM is its last word.
   */
  static List<String> command(Class<?> backend, int port) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx16m"));
    // On Windows, Java has its listeners exclusively otherwise.
    command.add("-Dsun.net.useExclusiveBind=false");
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(backend.getName(), Integer.toString(port)));
    command.add(Long.toString(ProcessHandle.current().pid()));
    return command;
  }

  /** Starts a backend without waiting for it. */
  static DemoProcess start(Class<?> backend, int port) throws IOException {
    List<String> command = new ArrayList<>();
    // As if each were typed into another terminal.
    Platforms.current().detacher().ifPresent(program -> command.add(program.toString()));
    command.addAll(command(backend, port));
    return new DemoProcess(
        ChildProcesses.start(
            new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT)));
  }

  /** Waits until the backend listens. */
  void awaitReady() throws IOException {
    String line =
        new BufferedReader(
                new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII))
            .readLine();
    if (!READY.equals(line)) {
      throw new IOException("a backend of the demonstration did not start");
    }
  }

  /** Ends the backend, if it has not ended yet, and waits for it. */
  @Override
  public void close() {
    process.destroyForcibly();
    try {
      process.waitFor(SECONDS_TO_END, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
