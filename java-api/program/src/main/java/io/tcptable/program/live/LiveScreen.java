// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.live;

import io.tcptable.program.terminal.Colour;
import java.io.IOError;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jline.terminal.Attributes;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;
import org.jline.utils.Curses;
import org.jline.utils.Display;
import org.jline.utils.InfoCmp.Capability;
import org.jline.utils.NonBlockingReader;
import org.jline.utils.Signals;

/** The screen of a terminal: the only class that knows JLine. Closing it leaves all as it was. */
final class LiveScreen implements AutoCloseable {

  private static final String RESIZED = "WINCH";
  private static final int ESCAPE = 0x1b;

  /** Within which the rest of a key arrives; a person is slower, and a slow line is not. */
  private static final long REST_MILLIS = 50;

  private static final int SMALLEST = 2;

  private final Terminal terminal;
  private final Attributes before;
  private final Display display;
  private final PrintStream out;
  private final boolean coloured;
  private final String leave;
  private final Object earlierHandler;
  private volatile boolean resized = true;
  private List<AttributedString> shown = List.of();
  private boolean gone;
  private int columns;
  private int rows;

  /**
   * Takes the screen.
   *
   * @throws IOException if there is none that can be used
   */
  LiveScreen(PrintStream out, boolean coloured) throws IOException {
    this.out = out;
    this.coloured = coloured;
    try {
      // Native signals would take Ctrl-C away from the JVM, which then would not end in order.
      terminal =
          TerminalBuilder.builder()
              .system(true)
              .provider(TerminalBuilder.PROP_PROVIDER_EXEC)
              .dumb(false)
              .nativeSignals(false)
              .build();
    } catch (IllegalStateException e) {
      throw new IOException(e);
    }
    before = terminal.getAttributes();
    display = new Display(terminal, true);
    earlierHandler = Signals.register(RESIZED, () -> resized = true);
    leave =
        codes(Capability.cursor_normal)
            + codes(Capability.keypad_local)
            + codes(Capability.exit_ca_mode);
    terminal.enterRawMode();
    // Ctrl-Z would leave the screen as it is.
    Attributes raw = new Attributes(terminal.getAttributes());
    raw.setControlChar(Attributes.ControlChar.VSUSP, 0);
    terminal.setAttributes(raw);
    terminal.puts(Capability.enter_ca_mode);
    terminal.puts(Capability.keypad_xmit);
    terminal.puts(Capability.cursor_invisible);
    measure();
  }

  private String codes(Capability capability) {
    String codes = terminal.getStringCapability(capability);
    return codes == null ? "" : Curses.tputs(codes);
  }

  private void measure() {
    if (resized) {
      resized = false;
      Size size = terminal.getSize();
      columns = Math.max(SMALLEST, size.getColumns());
      rows = Math.max(SMALLEST, size.getRows());
      display.resize(rows, columns);
      display.clear();
      shown = List.of();
    }
  }

  /** How wide it is now. */
  int width() {
    measure();
    return columns;
  }

  /** How many lines it has now. */
  int height() {
    measure();
    return rows;
  }

  /** Sends what differs from what is shown. */
  void show(List<ScreenLine> lines) {
    List<AttributedString> styled = new ArrayList<>(lines.size());
    for (ScreenLine line : lines) {
      styled.add(styled(line));
    }
    if (!styled.equals(shown)) {
      try {
        display.update(styled, 0);
        shown = styled;
      } catch (IllegalStateException e) {
        gone = true;
      }
    }
  }

  private AttributedString styled(ScreenLine line) {
    AttributedStringBuilder text = new AttributedStringBuilder();
    for (ScreenLine.Span span : line.spans()) {
      text.styled(coloured ? style(span) : AttributedStyle.DEFAULT, span.text());
    }
    return text.toAttributedString();
  }

  private static AttributedStyle style(ScreenLine.Span span) {
    AttributedStyle style = style(span.colour());
    return span.reversed() ? style.inverse() : style;
  }

  private static AttributedStyle style(Colour colour) {
    return switch (colour) {
      case NONE -> AttributedStyle.DEFAULT;
      case BOLD -> AttributedStyle.BOLD;
      case DIM -> AttributedStyle.DEFAULT.faint();
      case RED -> AttributedStyle.DEFAULT.foreground(AttributedStyle.RED);
      case GREEN -> AttributedStyle.DEFAULT.foreground(AttributedStyle.GREEN);
      case YELLOW -> AttributedStyle.DEFAULT.foreground(AttributedStyle.YELLOW);
      case CYAN -> AttributedStyle.DEFAULT.foreground(AttributedStyle.CYAN);
    };
  }

  /**
   * Waits for a key.
   *
   * @return empty if none was pressed in time
   * @throws InterruptedException if this thread is interrupted
   */
  Optional<Key> key(long millis) throws InterruptedException {
    try {
      NonBlockingReader reader = terminal.reader();
      int first = reader.read(millis);
      if (first == NonBlockingReader.READ_EXPIRED) {
        return Optional.empty();
      }
      if (first < 0) {
        gone = true;
        return Optional.empty();
      }
      StringBuilder sent = new StringBuilder().append((char) first);
      while (first == ESCAPE && Key.isBegun(sent.toString())) {
        int next = reader.read(REST_MILLIS);
        if (next < 0) {
          break;
        }
        sent.append((char) next);
      }
      return Optional.of(Key.of(sent.toString()));
    } catch (InterruptedIOException e) {
      throw new InterruptedException();
    } catch (IOException | IllegalStateException e) {
      gone = true;
      return Optional.empty();
    }
  }

  /** Whether the terminal was closed, which JLine does by itself when the JVM ends. */
  boolean isGone() {
    return gone;
  }

  /** By the stream of the program, as JLine may have closed its own. */
  @Override
  public void close() throws IOException {
    Signals.unregister(RESIZED, earlierHandler);
    out.print(leave);
    out.flush();
    try {
      terminal.setAttributes(before);
      terminal.close();
    } catch (IllegalStateException | IOError e) {
      // JLine has closed it, and set it as it was.
      gone = true;
    }
  }
}
