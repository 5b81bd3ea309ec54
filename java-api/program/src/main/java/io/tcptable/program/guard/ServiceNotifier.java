// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.guard;

import io.tcptable.guard.GuardEvent;
import io.tcptable.internal.Platforms;
import io.tcptable.internal.platform.ChildProcesses;
import io.tcptable.program.foreign.TerminalText;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Tells systemd how the service is, by {@code sd_notify(3)}: that it is ready, its status, that it
 * stops, and the watchdog's sign of life. Java has no datagram sockets of the family unix, so the
 * program {@code systemd-notify(1)} sends each message.
 */
final class ServiceNotifier implements AutoCloseable {

  /** What is meant for the guard, and not for the server that it starts. */
  static final List<String> VARIABLES = List.of("NOTIFY_SOCKET", "WATCHDOG_USEC", "WATCHDOG_PID");

  private static final String PROGRAM = "systemd-notify";
  private static final long LONGEST_SECONDS = 5;

  private final Consumer<List<String>> sender;
  private final Optional<Duration> period;
  private Optional<Thread> watchdog = Optional.empty();
  private boolean isReady;

  private ServiceNotifier(Consumer<List<String>> sender, Optional<Duration> period) {
    this.sender = sender;
    this.period = period;
  }

  /**
   * The one for this service; empty if this is none that systemd wants to hear of.
   *
   * @param warning is told if it cannot be done
   */
  static Optional<ServiceNotifier> of(Map<String, String> environment, Consumer<String> warning) {
    if (!environment.containsKey("NOTIFY_SOCKET")) {
      return Optional.empty();
    }
    Optional<Path> program =
        Platforms.current().findProgram(PROGRAM, Path.of("").toAbsolutePath(), environment);
    if (program.isEmpty()) {
      warning.accept(
          "systemd is not notified: the program "
              + PROGRAM
              + " is missing; install it, or use Type=exec in the unit");
      return Optional.empty();
    }
    return Optional.of(sending(environment, words -> send(program.get(), words, warning)));
  }

  /**
   * The same.
   *
   * @param sender is given the arguments of each message
   */
  static ServiceNotifier sending(Map<String, String> environment, Consumer<List<String>> sender) {
    return new ServiceNotifier(sender, period(environment));
  }

  /** Half of the time within which systemd wants a sign of life, as sd_watchdog_enabled(3) says. */
  private static Optional<Duration> period(Map<String, String> environment) {
    String own = Long.toString(ProcessHandle.current().pid());
    try {
      long micros = Long.parseLong(environment.getOrDefault("WATCHDOG_USEC", "0"));
      return micros > 1 && environment.getOrDefault("WATCHDOG_PID", own).equals(own)
          ? Optional.of(Duration.of(micros / 2, ChronoUnit.MICROS))
          : Optional.empty();
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static void send(Path program, List<String> words, Consumer<String> warning) {
    List<String> command = new ArrayList<>(List.of(program.toString()));
    command.addAll(words);
    try {
      Process process =
          ChildProcesses.start(
              new ProcessBuilder(command)
                  .redirectOutput(Redirect.DISCARD)
                  .redirectError(Redirect.DISCARD));
      if (!process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      } else if (process.exitValue() != 0) {
        warning.accept(PROGRAM + " failed with exit code " + process.exitValue());
      }
    } catch (IOException e) {
      warning.accept(PROGRAM + " cannot be started: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Gives the signs of life from now on, if systemd wants them.
   *
   * @param isStuck whether the guard does not go on: then there is none
   */
  void watch(BooleanSupplier isStuck) {
    watchdog = period.map(it -> new Thread(() -> live(it, isStuck), "tcptable-watchdog"));
    watchdog.ifPresent(
        it -> {
          it.setDaemon(true);
          it.start();
        });
  }

  private void live(Duration time, BooleanSupplier isStuck) {
    boolean wasStuck = false;
    try {
      while (true) {
        boolean isStuckNow = isStuck.getAsBoolean();
        if (!isStuckNow) {
          sender.accept(List.of("WATCHDOG=1"));
        } else if (!wasStuck) {
          sender.accept(List.of("STATUS=the guard is stuck: systemd gets no more signs of life"));
        }
        wasStuck = isStuckNow;
        Thread.sleep(time.toMillis());
      }
    } catch (InterruptedException e) {
      // The guard has ended.
    }
  }

  /** Tells it of an event. */
  void tell(GuardEvent event) {
    List<String> words = new ArrayList<>();
    switch (event.kind()) {
      case STARTED, STARTED_UNHEALTHY -> {
        if (!isReady) {
          isReady = true;
          words.add("READY=1");
        }
      }
      case STOPPING -> words.add("STOPPING=1");
      default -> {}
    }
    words.add("STATUS=" + TerminalText.of(event.message()));
    sender.accept(words);
  }

  /** No sign of life from now on. */
  @Override
  public void close() {
    watchdog.ifPresent(Thread::interrupt);
  }
}
