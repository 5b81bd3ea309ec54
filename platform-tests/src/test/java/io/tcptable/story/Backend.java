// SPDX-License-Identifier: Apache-2.0
package io.tcptable.story;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.TcpQuery;
import io.tcptable.TcpState;
import io.tcptable.TcpTable;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** {@code backend.py} in one of its modes; it and all it started end when this is closed. */
final class Backend implements AutoCloseable {

  private static final int SECONDS_TO_END = 10;
  private static final int CONNECT_MILLIS = 5000;
  private static final byte[] REQUEST =
      "GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  private final int port;
  private final Process process;
  private final BufferedReader output;
  private final List<Long> pids;
  private final List<Socket> clients = new ArrayList<>();

  private Backend(int port, Process process, BufferedReader output, List<Long> pids) {
    this.port = port;
    this.process = process;
    this.output = output;
    this.pids = pids;
  }

  /** Not the shim that some machines have ahead of it: other users must be able to run it too. */
  static String python() {
    return Files.isExecutable(Path.of("/usr/bin/python3")) ? "/usr/bin/python3" : "python3";
  }

  /** A script beside {@code backend.py}. */
  static Path script(String name) {
    try {
      return Path.of(Objects.requireNonNull(Backend.class.getResource("/backend/" + name)).toURI());
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  /** The command of a backend, as a user would type it. */
  static List<String> command(int port, String... mode) {
    List<String> command = new ArrayList<>();
    command.addAll(List.of(python(), script("backend.py").toString(), Integer.toString(port)));
    command.addAll(List.of(mode));
    return command;
  }

  static Backend start(int port, String... mode) {
    return start(List.of(), port, mode);
  }

  /**
   * Starts it in a session of its own, like one typed into a shell of its own, and awaits it.
   *
   * @param prefix what to put before its command
   */
  static Backend start(List<String> prefix, int port, String... mode) {
    List<String> command = new ArrayList<>(prefix);
    command.addAll(List.of("setsid", "--wait"));
    command.addAll(command(port, mode));
    return start(command, port);
  }

  /** Starts any server that says "ready PID..." and ends with its input. */
  static Backend start(List<String> command, int port) {
    try {
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
      String line = String.valueOf(output.readLine());
      if (!line.startsWith("ready ")) {
        throw new AssertionError("the backend said: " + line);
      }
      return new Backend(
          port,
          process,
          output,
          Arrays.stream(line.substring(6).split(" ", -1)).map(Long::valueOf).toList());
    } catch (IOException e) {
      throw new AssertionError("this test needs Python 3 and util-linux: " + command, e);
    }
  }

  int port() {
    return port;
  }

  /** The PIDs of the server and its workers. */
  List<Long> pids() {
    return pids;
  }

  /** What it says next. */
  String says() {
    try {
      return String.valueOf(output.readLine());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Lets clients ask for the health, and keeps them open. */
  Backend ask(int count) {
    try {
      for (int i = 0; i < count; i++) {
        Socket client = new Socket();
        clients.add(client);
        client.connect(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_MILLIS);
        client.getOutputStream().write(REQUEST);
      }
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All clients give up. */
  Backend giveUp() {
    try {
      for (Socket client : clients) {
        client.close();
      }
      clients.clear();
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits until it has taken so many connections whose clients have given up. */
  Backend awaitStuck(int count) {
    TcpQuery stuck = TcpQuery.all().localPort(port).states(TcpState.CLOSE_WAIT);
    RestartedPort.await(
        count + " in CLOSE_WAIT",
        () ->
            TcpTable.snapshot(stuck).stream().filter(it -> !it.owners().isEmpty()).count()
                == count);
    return this;
  }

  /** Sends a signal to the server itself; after {@code STOP}, each of its threads has stopped. */
  Backend signal(String name) {
    try {
      new ProcessBuilder("kill", "-" + name, Long.toString(pids.get(0))).start().waitFor();
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS_TO_END);
      while (name.equals("STOP") && !isStopped()) {
        assertThat(System.nanoTime() - deadline).as("the server stops").isNegative();
        Thread.sleep(1);
      }
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private boolean isStopped() throws IOException {
    try (DirectoryStream<Path> threads =
        Files.newDirectoryStream(Path.of("/proc", Long.toString(pids.get(0)), "task"))) {
      for (Path thread : threads) {
        String stat = Files.readString(thread.resolve("stat"));
        if (!stat.startsWith(") T", stat.lastIndexOf(')'))) {
          return false;
        }
      }
      return true;
    }
  }

  @Override
  public void close() {
    giveUp();
    try {
      process.getOutputStream().close();
      if (!process.waitFor(SECONDS_TO_END, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (IOException e) {
      process.destroyForcibly();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
