// SPDX-License-Identifier: Apache-2.0
package io.tcptable.story;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.OsProcess;
import io.tcptable.TcpQuery;
import io.tcptable.TcpState;
import io.tcptable.TcpTable;
import io.tcptable.health.HealthProbe;
import io.tcptable.process.ProcessStatus;
import io.tcptable.restart.PortRestart;
import io.tcptable.restart.RestartReport;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import servers.FreePorts;

/**
 * A port with broken backends and an innocent client on it, and what restarts start there. Closing
 * it ends them all, and fails if anything is left.
 */
final class RestartedPort implements Closeable {

  private static final String CLIENT =
      """
      import socket, sys
      connection = socket.create_connection(("127.0.0.1", int(sys.argv[1])))
      print("connected", flush=True)
      sys.stdin.read()
      """;

  private static final Duration LONGEST = Duration.ofSeconds(60);
  private static final int POLL_MILLIS = 20;

  private final int number = FreePorts.next();
  private final List<Backend> backends = new ArrayList<>();
  private final List<Process> clients = new ArrayList<>();
  private final Set<ProcessHandle> started = new HashSet<>();
  private final Path log;

  RestartedPort() {
    try {
      log = Files.createTempFile("tcptable-restarted", ".log");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  int number() {
    return number;
  }

  Path log() {
    return log;
  }

  /** Starts a broken backend. */
  Backend backend(String... mode) {
    Backend backend = Backend.start(number, mode);
    backends.add(backend);
    return backend;
  }

  /** Starts a process that has connected to the port and does nothing else. */
  Process client() {
    try {
      Process client =
          new ProcessBuilder(Backend.python(), "-c", CLIENT, Integer.toString(number)).start();
      clients.add(client);
      assertThat(client.inputReader(StandardCharsets.UTF_8).readLine()).isEqualTo("connected");
      return client;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A restart to a backend in this mode, quicker than by default. */
  PortRestart restart(String... mode) {
    return PortRestart.restart(number, Backend.command(number, mode).toArray(String[]::new))
        .environment("BACKEND_UNTIL", Long.toString(ProcessHandle.current().pid()))
        .log(log)
        .settle(Duration.ofMillis(200))
        .grace(Duration.ofSeconds(2))
        .timeout(Duration.ofSeconds(60))
        .health(HealthProbe.of(number).expectJson("{\"status\": \"healthy\"}"));
  }

  /** Runs a restart, and remembers what it started. */
  RestartReport run(PortRestart restart) {
    RestartReport report = restart.run();
    report.started().ifPresent(server -> adopt(server.pid()));
    return report;
  }

  /** Whoever listens now, and is none of the backends, ends when this is closed. */
  void adoptListeners() {
    listeners().forEach(owner -> adopt(owner.pid()));
  }

  private void adopt(long pid) {
    ProcessHandle.of(pid).ifPresent(started::add);
  }

  /** Who listens on the port. */
  List<OsProcess> listeners() {
    return TcpTable.snapshot(TcpQuery.all().localPort(number).states(TcpState.LISTEN)).owners();
  }

  /** Whether a process is over; one that nobody has waited for yet is. */
  static boolean hasEnded(long pid) {
    return OsProcess.of(pid)
        .flatMap(OsProcess::status)
        .filter(status -> status.state() != ProcessStatus.State.ZOMBIE)
        .isEmpty();
  }

  static void await(String what, BooleanSupplier condition) {
    long end = System.nanoTime() + LONGEST.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("not within %s: %s", LONGEST, what).isLessThan(end);
      try {
        TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
  }

  @Override
  public void close() throws IOException {
    for (Process client : clients) {
      client.getOutputStream().close();
    }
    Set<ProcessHandle> all = new HashSet<>(started);
    started.forEach(server -> server.descendants().forEach(all::add));
    all.forEach(ProcessHandle::destroyForcibly);
    backends.forEach(Backend::close);
    Files.delete(log);
    await("all have ended: " + left(), () -> left().isEmpty());
    // One that is ending has lost its command line before its sockets.
    await("nobody listens: " + listeners(), () -> listeners().isEmpty());
  }

  /** The backends of this port that still run, known by their command lines. */
  private List<String> left() {
    try (Stream<ProcessHandle> processes = ProcessHandle.allProcesses()) {
      return processes
          .filter(process -> !hasEnded(process.pid()))
          .flatMap(process -> process.info().commandLine().stream())
          .filter(line -> line.contains("backend.py " + number + " "))
          .toList();
    }
  }
}
