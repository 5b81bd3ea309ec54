// SPDX-License-Identifier: Apache-2.0
package io.tcptable.restart;

import io.tcptable.OsProcess;
import io.tcptable.PinnedProcess;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import servers.FreePorts;

/**
 * Tries to make a restart signal a process that has the PID of another by now; run in a PID
 * namespace with few PIDs. Prints what it did and how many bystanders were harmed.
 */
final class PidReuseTrial {

  private final int port;
  private final long parent;
  private final BufferedReader answers;
  private final PrintWriter orders;

  private int forks;
  private int hits;
  private int harmed;

  private PidReuseTrial(int port, Process pids) {
    this.port = port;
    this.parent = pids.pid();
    this.answers = pids.inputReader(StandardCharsets.UTF_8);
    this.orders = new PrintWriter(pids.outputWriter(StandardCharsets.UTF_8), true);
  }

  public static void main(String[] args) throws Exception {
    int rounds = Integer.parseInt(args[0]);
    Process pids =
        new ProcessBuilder(args[1], args[2]).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    PidReuseTrial trial = new PidReuseTrial(FreePorts.next(), pids);
    for (int i = 0; i < rounds; i++) {
      trial.heldBefore();
      trial.heldMeanwhile();
      trial.plannedBefore();
    }
    pids.getOutputStream().close();
    pids.waitFor();
    System.out.printf(
        "rounds=%d harmed=%d hits=%d forks=%d%n", rounds, trial.harmed, trial.hits, trial.forks);
  }

  private OsProcess victim() throws IOException {
    return OsProcess.of(Long.parseLong(order("victim " + port))).orElseThrow();
  }

  private void swap() throws IOException {
    forks += Integer.parseInt(order("swap " + port));
  }

  private void bystander() throws IOException {
    String fate = order("bystander");
    if (!fate.equals("unharmed")) {
      System.out.println(fate);
      harmed++;
    }
  }

  private synchronized String order(String line) throws IOException {
    orders.println(line);
    String answer = answers.readLine();
    if (answer == null) {
      throw new IOException("no answer to " + line);
    }
    return answer;
  }

  /** Held in time, signalled when its PID is another's. */
  private void heldBefore() throws IOException {
    try (PinnedProcess held = victim().hold().orElseThrow()) {
      swap();
      hits += held.terminate() ? 1 : 0;
      hits += held.kill() ? 1 : 0;
    }
    bystander();
  }

  /** Held and signalled again and again while its PID becomes another's. */
  private void heldMeanwhile() throws IOException {
    OsProcess victim = victim();
    CompletableFuture<Void> swapped =
        CompletableFuture.runAsync(
            () -> {
              try {
                swap();
              } catch (IOException e) {
                throw new IllegalStateException(e);
              }
            });
    while (!swapped.isDone()) {
      signal(victim);
    }
    swapped.join();
    for (int i = 0; i < 10; i++) {
      signal(victim);
    }
    bystander();
  }

  private static void signal(OsProcess victim) {
    Optional<PinnedProcess> held = victim.hold();
    if (held.isPresent()) {
      try (PinnedProcess process = held.get()) {
        process.terminate();
      }
    }
  }

  /** Planned and approved in time, run when its PID is that of another who listens too. */
  private void plannedBefore() throws IOException, InterruptedException {
    victim();
    // The parent of the victims would be taken for a reloader, and stopped with them.
    PortRestart free = PortRestart.free(port).grace(Duration.ZERO).keep(parent);
    RestartPlan plan = free.plan();
    swap();
    RestartReport report = free.run(plan);
    if (plan.targets().size() != 1 || !report.stopped().isEmpty()) {
      System.out.println(plan + " led to " + report);
      hits++;
    }
    bystander();
  }
}
