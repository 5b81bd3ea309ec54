// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.watch;

import io.tcptable.internal.wording.DurationText;
import io.tcptable.program.command.SignalGuard;
import io.tcptable.program.foreign.EventLine;
import io.tcptable.program.terminal.Terminal;
import io.tcptable.watch.RunningWatch;
import io.tcptable.watch.TcpEvent;
import io.tcptable.watch.TcpWatch;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;

/** Events on lines, for a pipe, a file or a script, until the time is over or the reader leaves. */
final class EventPrinter {

  private final Terminal terminal;
  private final boolean json;
  private final Predicate<TcpEvent> chosen;
  private final CompletableFuture<Void> end = new CompletableFuture<>();

  EventPrinter(Terminal terminal, boolean json, Predicate<TcpEvent> chosen) {
    this.terminal = terminal;
    this.json = json;
    this.chosen = chosen;
  }

  /**
   * @param what the sockets that are watched, in words
   * @param interval from look to look
   * @param longest for how long; empty for ever
   */
  void print(TcpWatch watch, String what, Duration interval, Optional<Duration> longest) {
    SignalGuard interruption = SignalGuard.ofThisThread(terminal);
    try (RunningWatch running = watch.start(this::take)) {
      terminal.warn("watching each " + what + ": " + howKnown(running, interval));
      await(longest);
    } finally {
      interruption.over();
    }
  }

  private static String howKnown(RunningWatch running, Duration interval) {
    String looks = "a look each " + DurationText.of(interval);
    return switch (running.pushes()) {
      case STATES -> looks + ", and the system tells each change of a state at once";
      case ENDS -> looks + ", and the system tells of each socket as it ends";
      case NONE ->
          looks
              + " only; what came and went between two looks is not seen"
              + running.whyNotPushed().map(why -> ": " + why).orElse("");
    };
  }

  /** By the thread of the watch. Without a reader there is no use to go on. */
  private void take(TcpEvent event) {
    try {
      if (chosen.test(event)) {
        terminal.out().println(json ? event.toJson() : line(event));
        terminal.out().flush();
      }
      if (terminal.isCutOff()) {
        end.complete(null);
      }
    } catch (RuntimeException e) {
      end.completeExceptionally(e);
    }
  }

  static String line(TcpEvent event) {
    return EventLine.of(event.at(), EventText.kind(event), EventText.message(event));
  }

  private void await(Optional<Duration> longest) {
    try {
      if (longest.isPresent()) {
        end.get(longest.get().toMillis(), TimeUnit.MILLISECONDS);
      } else {
        end.get();
      }
    } catch (TimeoutException e) {
      // The time is over.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      throw new IllegalStateException("an event could not be printed", e.getCause());
    }
  }
}
