// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.live;

import io.tcptable.TcpSocket;
import io.tcptable.TcpTable;
import io.tcptable.TcpTableException;
import io.tcptable.program.command.OtherCommands;
import io.tcptable.program.command.SignalGuard;
import io.tcptable.program.foreign.TerminalText;
import io.tcptable.program.live.LiveTable.Marked;
import io.tcptable.program.terminal.Terminal;
import io.tcptable.watch.RunningWatch;
import io.tcptable.watch.TcpEvent;
import io.tcptable.watch.TcpWatch;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The view of {@code watch} on a terminal: draws what is told, and does what the keys say. */
public final class LiveWatch {

  /** While nothing happens, a look and a new size of the screen are seen within this. */
  private static final long IDLE_MILLIS = 250;

  /** Where looks are closer together, they are seen sooner. */
  private static final long SHORTEST_IDLE_MILLIS = 20;

  /** While a command runs, its output is seen within this. */
  private static final long BUSY_MILLIS = 80;

  /** What a command may need to say how things are after it was cancelled. */
  private static final Duration TIME_TO_END = Duration.ofSeconds(12);

  private final Terminal terminal;
  private final LiveFeed feed = new LiveFeed();
  private final LiveModel model;
  private final Request request;
  private @Nullable CommandPage page;

  /**
   * What is wanted.
   *
   * @param title what is watched, in words
   * @param ofSockets whether each socket has a row at first, or each listener
   * @param coloured whether colours are wanted
   * @param interval from look to look
   * @param longest for how long; empty for ever
   * @param commands runs the other commands of the program
   */
  public record Request(
      String title,
      boolean ofSockets,
      boolean coloured,
      Duration interval,
      Optional<Duration> longest,
      OtherCommands commands) {}

  public LiveWatch(Terminal terminal, Request request) {
    this.terminal = terminal;
    this.request = request;
    this.model = new LiveModel(request.ofSockets());
  }

  /**
   * Shows it until the person has had enough, or a signal comes.
   *
   * @param watch what is told
   * @param choice finds in a look what is shown
   * @param chosen whether an event is about that
   * @throws IOException if there is no screen, before anything is shown
   */
  @SuppressWarnings("try") // The watch is only closed.
  public void run(
      TcpWatch watch, Function<TcpTable, List<TcpSocket>> choice, Predicate<TcpEvent> chosen)
      throws IOException {
    SignalGuard interruption = SignalGuard.ofThisThread(terminal);
    boolean interrupted = false;
    try {
      LiveScreen screen = new LiveScreen(terminal.out(), request.coloured());
      try (RunningWatch running =
          watch.eachLook(table -> look(choice, table)).start(told(chosen))) {
        show(screen);
      } catch (InterruptedException e) {
        interrupted = true;
      } finally {
        // The screen could not be given back by an interrupted thread.
        interrupted |= Thread.interrupted();
        screen.close();
      }
      for (String line : cancelled()) {
        terminal.out().println(TerminalText.of(line));
      }
    } finally {
      interruption.over();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** By the thread of the watch, as {@link #told}. */
  private void look(Function<TcpTable, List<TcpSocket>> choice, TcpTable table) {
    try {
      feed.look(choice.apply(table));
    } catch (TcpTableException e) {
      feed.fail(String.valueOf(e.getMessage()));
    }
  }

  private Consumer<TcpEvent> told(Predicate<TcpEvent> chosen) {
    return event -> {
      if (chosen.test(event)) {
        feed.event(event);
      }
    };
  }

  private void show(LiveScreen screen) throws IOException, InterruptedException {
    long begin = System.nanoTime();
    long idle =
        Math.max(SHORTEST_IDLE_MILLIS, Math.min(IDLE_MILLIS, request.interval().toMillis() / 4));
    boolean goesOn = true;
    while (goesOn && !screen.isGone()) {
      long now = System.nanoTime();
      if (!model.isPaused() && page == null) {
        take(now);
      }
      draw(screen, now);
      Optional<Key> key = screen.key(page == null ? idle : BUSY_MILLIS);
      goesOn = (key.isEmpty() || press(key.get(), screen)) && !isOver(begin);
    }
  }

  private boolean isOver(long begin) {
    return request.longest().isPresent()
        && System.nanoTime() - begin >= request.longest().get().toNanos();
  }

  private void take(long now) {
    feed.take().ifPresent(news -> model.take(news, now));
    if (!feed.trouble().isEmpty()) {
      model.tell("The last look failed: " + feed.trouble());
    }
  }

  private void draw(LiveScreen screen, long now) {
    int width = screen.width();
    int height = screen.height();
    CommandPage shown = page;
    screen.show(
        shown == null
            ? new LiveDrawing(width, height).lines(model, request.title(), now)
            : shown.lines(width, height));
  }

  /** Returns whether it goes on. */
  private boolean press(Key key, LiveScreen screen) throws IOException {
    CommandPage shown = page;
    if (shown != null) {
      page = shown.press(key) ? null : shown;
      return true;
    }
    List<Marked> rows = model.rows(System.nanoTime());
    LiveModel.Wish wish = model.press(key, rows);
    if (wish != LiveModel.Wish.NOTHING && wish != LiveModel.Wish.QUIT) {
      page =
          CommandPage.of(
              request.commands(),
              screen.width(),
              wish.name().toLowerCase(Locale.ROOT),
              Integer.toString(model.port(rows)));
    }
    return wish != LiveModel.Wish.QUIT;
  }

  /** A person must know what a command has done that Ctrl-C has cancelled. */
  private List<String> cancelled() {
    CommandPage shown = page;
    try {
      return shown == null ? List.of() : shown.end(TIME_TO_END);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return List.of();
    }
  }
}
