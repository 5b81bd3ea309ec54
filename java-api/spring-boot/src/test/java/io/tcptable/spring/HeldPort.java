// SPDX-License-Identifier: Apache-2.0
package io.tcptable.spring;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;

/** Another process that listens on a port. */
final class HeldPort implements AutoCloseable {

  private final Process process;
  private final int port;

  private HeldPort(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  static HeldPort start() throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                Path.of("target", "test-classes").toString(),
                HeldPort.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    return new HeldPort(process, Integer.parseInt(process.inputReader().readLine()));
  }

  int port() {
    return port;
  }

  long pid() {
    return process.pid();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  /** Listens at a free port of all addresses until standard input ends. */
  public static void main(String[] arguments) throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      System.out.println(socket.getLocalPort());
      int ignored = System.in.read();
    }
  }
}
