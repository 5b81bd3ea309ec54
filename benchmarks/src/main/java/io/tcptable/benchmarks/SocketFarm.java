// SPDX-License-Identifier: Apache-2.0
package io.tcptable.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Sockets to look at, held by processes made for it: see {@code socket-farm.c}. They are gone once
 * it is closed, and also if this JVM ends in any other way.
 */
final class SocketFarm implements AutoCloseable {

  private static final long SECONDS_TO_STOP = 30;

  private final Process program;
  private final int port;
  private final int onPort;
  private final List<Long> pids;

  private SocketFarm(Process program, String[] ready) {
    this.program = program;
    this.port = Integer.parseInt(ready[1]);
    this.onPort = Integer.parseInt(ready[2]);
    this.pids = Arrays.stream(ready).skip(3).map(Long::valueOf).toList();
  }

  /** Compiled once, when needed. */
  private static final class Program {
    static final Path FILE = CProgram.executable("socket-farm", "socket-farm.c");
  }

  static SocketFarm start(Size size) {
    try {
      Process program =
          new ProcessBuilder(
                  Program.FILE.toString(),
                  Integer.toString(size.sockets()),
                  Integer.toString(size.processes()))
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      BufferedReader output = program.inputReader(StandardCharsets.US_ASCII);
      String line = output.readLine();
      if (line == null || !line.startsWith("ready ")) {
        throw new IllegalStateException("the socket farm did not start; its reason is above");
      }
      return new SocketFarm(program, line.split(" ", -1));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The port that several of the sockets share. */
  int port() {
    return port;
  }

  /** How many sockets have that port as their local one. */
  int onPort() {
    return onPort;
  }

  /** Who holds the sockets. */
  List<Long> pids() {
    return pids;
  }

  /** The one who started them all. */
  ProcessHandle program() {
    return program.toHandle();
  }

  @Override
  public void close() {
    try {
      program.getOutputStream().close();
      if (!program.waitFor(SECONDS_TO_STOP, TimeUnit.SECONDS)) {
        program.destroyForcibly();
        throw new IllegalStateException("the socket farm did not stop of itself");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      program.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
