// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.restart;

import io.tcptable.internal.wording.DurationText;
import io.tcptable.program.foreign.TerminalText;
import io.tcptable.program.terminal.Colour;
import io.tcptable.program.terminal.LineWrapper;
import io.tcptable.program.terminal.Terminal;
import io.tcptable.restart.StepListener;
import io.tcptable.restart.StepName;
import io.tcptable.restart.StepResult;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Shows each step on a screen: while it takes time on a line that changes, and what came of it when
 * it is over. Into a pipe it shows nothing.
 */
final class RestartProgress implements StepListener, AutoCloseable {

  private static final long REFRESH_MILLIS = 200;
  private static final int MARK_WIDTH = 7;
  private static final String TO_START_OF_CLEARED_LINE = "\r\u001b[K";

  private final Terminal terminal;
  private final boolean coloured;
  private final boolean shown;
  private final Thread clock = new Thread(this::tick, "tcptable-progress");

  private @Nullable StepName current;
  private String doing = "";
  private long start;

  /**
   * @param wanted whether it is to be shown, should there be a screen
   */
  RestartProgress(Terminal terminal, boolean coloured, boolean wanted) {
    this.terminal = terminal;
    this.coloured = coloured;
    this.shown = wanted && terminal.isInteractive();
    clock.setDaemon(true);
    if (shown) {
      clock.start();
    }
  }

  @Override
  public synchronized void began(StepName step, String what) {
    current = step;
    doing = what;
    start = System.nanoTime();
    showCurrent();
  }

  @Override
  public synchronized void ended(StepResult result) {
    current = null;
    if (!shown) {
      return;
    }
    PrintStream out = terminal.out();
    out.print(TO_START_OF_CLEARED_LINE);
    String mark =
        switch (result.outcome()) {
          case DONE -> "ok";
          case SKIPPED -> "-";
          case REFUSED, FAILED -> "failed";
          case CANCELLED -> "stopped";
        };
    Colour colour =
        switch (result.outcome()) {
          case DONE -> Colour.GREEN;
          case SKIPPED -> Colour.DIM;
          case REFUSED, FAILED -> Colour.RED;
          case CANCELLED -> Colour.YELLOW;
        };
    StringBuilder lead = new StringBuilder();
    (coloured ? colour : Colour.NONE).append(lead, mark + " ".repeat(MARK_WIDTH - mark.length()));
    String step = step(result.step(), result.duration());
    new LineWrapper(out, terminal.width())
        .print(lead + step, MARK_WIDTH + step.length(), result.detail());
    out.flush();
  }

  private static String step(StepName step, Duration duration) {
    return String.format(
        Locale.ROOT,
        " %-9s %6s  ",
        step.name().toLowerCase(Locale.ROOT),
        DurationText.of(duration));
  }

  private void tick() {
    try {
      while (true) {
        Thread.sleep(REFRESH_MILLIS);
        synchronized (this) {
          showCurrent();
        }
      }
    } catch (InterruptedException e) {
      // All is shown.
    }
  }

  private void showCurrent() {
    StepName step = current;
    if (step == null || !shown) {
      return;
    }
    Duration elapsed = Duration.ofMillis((System.nanoTime() - start) / 1_000_000);
    String line = ".".repeat(MARK_WIDTH) + step(step, elapsed) + TerminalText.of(doing);
    int room = terminal.width() - 1;
    terminal.out().print(TO_START_OF_CLEARED_LINE);
    terminal.out().print(line.length() <= room ? line : line.substring(0, room));
    terminal.out().flush();
  }

  @Override
  public void close() {
    clock.interrupt();
  }
}
