// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.demo;

import io.tcptable.OsProcess;
import io.tcptable.TcpSocket;
import io.tcptable.TcpTable;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A hung server, found and put right before the user's eyes by the very commands that would do it
 * to a real one. Everything it starts ends with it, however it ends.
 */
public final class Demonstration {

  private static final int INSTANCES = 3;
  private static final int CLIENTS = 40;
  private static final Duration GRACE = Duration.ofSeconds(2);

  private final Commands commands;
  private final PrintStream out;
  private final BrokenServer broken = new BrokenServer();
  private int port;
  private @Nullable Path log;

  /** Runs a command of the program as if it were typed, and returns its exit code. */
  @FunctionalInterface
  public interface Commands {
    int run(String... words);
  }

  public Demonstration(Commands commands, PrintStream out) {
    this.commands = commands;
    this.out = out;
  }

  /**
   * Returns whether the server was healthy in the end.
   *
   * @throws InterruptedException if this thread was interrupted
   */
  public boolean run() throws IOException, InterruptedException {
    boolean isHealthy;
    try {
      isHealthy = story();
    } finally {
      // To end processes is to wait for them, which an interrupted thread cannot.
      boolean interrupted = Thread.interrupted();
      cleanUp();
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
    requireNotInterrupted();
    return isHealthy;
  }

  private static void requireNotInterrupted() throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
  }

  private boolean story() throws IOException, InterruptedException {
    port = freePort();
    tell(
        "A backend on port "
            + port
            + " does not answer: "
            + CLIENTS
            + " clients gave up, and then it was started two more times on the same port.");
    broken.start(port, 1);
    broken.disappoint(port, CLIENTS);
    broken.start(port, INSTANCES - 1);
    type(List.of("diagnose", number()), List.of());
    tell(
        "The fix: stop all instances, verify that the port is free, start one new instance,"
            + " check that it is healthy.");
    log = Files.createTempFile("tcptable-demo-", ".log");
    List<String> restart = List.of("restart", number(), "--yes", "--log", log.toString(), "--");
    boolean restarted = type(restart, DemoProcess.command(HealthyBackend.class, port)) == 0;
    type(List.of("diagnose", number()), List.of());
    tell("The demo ends here. It terminates the healthy backend too.");
    return restarted;
  }

  private String number() {
    return Integer.toString(port);
  }

  private static int freePort() throws IOException {
    try (ServerSocket any = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return any.getLocalPort();
    }
  }

  private void tell(String text) {
    out.println(text);
    out.println();
    out.flush();
  }

  /** Shows the command, long ones shortened, and runs it. */
  private int type(List<String> words, List<String> server) throws InterruptedException {
    out.println(
        "$ tcptable "
            + String.join(" ", words)
            + (server.isEmpty() ? "" : " java HealthyBackend " + port));
    out.flush();
    List<String> all = new ArrayList<>(words);
    all.addAll(server);
    int code = commands.run(all.toArray(String[]::new));
    out.println();
    out.flush();
    requireNotInterrupted();
    return code;
  }

  /** Ends what this demonstration started, and nothing else. */
  private void cleanUp() throws IOException {
    broken.close();
    if (port == 0) {
      return;
    }
    for (TcpSocket listener : TcpTable.snapshot(port).listeners()) {
      listener.owners().stream().filter(Demonstration::isOurs).forEach(Demonstration::end);
    }
    if (log != null) {
      // Not before: Windows deletes no file that a process has open.
      Files.deleteIfExists(log);
    }
  }

  private static boolean isOurs(OsProcess owner) {
    return owner
        .commandLine()
        .filter(it -> it.words().contains(HealthyBackend.class.getName()))
        .isPresent();
  }

  private static void end(OsProcess owner) {
    owner
        .hold()
        .ifPresent(
            held -> {
              try (held) {
                if (!held.terminate() || !held.awaitEnd(GRACE)) {
                  held.kill();
                  held.awaitEnd(GRACE);
                }
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
  }
}
