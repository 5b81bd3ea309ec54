// SPDX-License-Identifier: Apache-2.0
package io.tcptable.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jline.builtins.ScreenTerminal;

/**
 * Runs a program on a terminal of its own, types on its keyboard, and reads its screen as a person
 * does. A program draws only what has changed, so the bytes that it sends depend on what was there
 * before, and on when it drew.
 */
final class ProgramOnTerminal implements AutoCloseable {

  private static final int ROWS = 24;
  private static final int SECONDS = 60;
  private static final long CHARACTER = 0xffff;

  private final Process process;
  private final Writer keyboard;
  private final ScreenTerminal screen;
  private final StringBuilder sent = new StringBuilder();
  private final Thread reader;
  private int columns;
  private boolean attached = true;

  private ProgramOnTerminal(Process process, int columns) {
    this.process = process;
    this.columns = columns;
    keyboard = process.outputWriter(StandardCharsets.UTF_8);
    screen = new ScreenTerminal(columns, ROWS);
    reader = new Thread(this::read, "terminal");
    reader.setDaemon(true);
    reader.start();
  }

  /** Starts it on a terminal so wide. */
  static ProgramOnTerminal start(List<String> program, int columns) {
    return start(program, columns, Map.of());
  }

  /** The same with variables. */
  static ProgramOnTerminal start(List<String> program, int columns, Map<String, String> variables) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Backend.python(),
                Backend.script("keyboard.py").toString(),
                Integer.toString(columns)));
    command.addAll(program);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().keySet().removeAll(List.of("COLUMNS", "LINES", "NO_COLOR"));
    builder.environment().put("TERM", "xterm-256color");
    builder.environment().putAll(variables);
    try {
      return new ProgramOnTerminal(builder.start(), columns);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void read() {
    try (Reader characters =
        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)) {
      char[] some = new char[1 << 12];
      for (int count = characters.read(some); count >= 0; count = characters.read(some)) {
        synchronized (this) {
          sent.append(some, 0, count);
          screen.write(new String(some, 0, count));
          notifyAll();
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The lines of the screen as they are now, without the blanks at their ends. */
  synchronized String shown() {
    long[] cells = new long[ROWS * columns];
    screen.dump(cells, 0, 0, ROWS, columns, null);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < cells.length; i++) {
      if (i > 0 && i % columns == 0) {
        text.append('\n');
      }
      text.append((char) (cells[i] & CHARACTER));
    }
    return text.toString().lines().map(String::stripTrailing).collect(Collectors.joining("\n"));
  }

  /** All that it has sent to the terminal, with the escape sequences. */
  synchronized String sent() {
    return sent.toString();
  }

  /** Whether the screen shows all of these at once. */
  boolean shows(String... texts) {
    String now = shown();
    return List.of(texts).stream().allMatch(now::contains);
  }

  /** Waits until the screen shows all of these at once, and gives what it shows. */
  synchronized String await(String... texts) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
    while (!shows(texts)) {
      long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
      if (left <= 0) {
        assertThat(shown()).contains(texts);
      }
      wait(Math.max(1, left));
    }
    return shown();
  }

  /** Presses the keys of a text. */
  void type(String keys) {
    tell("type " + HexFormat.of().formatHex(keys.getBytes(StandardCharsets.UTF_8)));
  }

  /** Makes the terminal so wide. */
  void resize(int width) {
    synchronized (this) {
      columns = width;
      screen.setSize(width, ROWS);
    }
    tell("columns " + width);
  }

  /** Closes the terminal, as one whose window is closed. */
  void hangUp() {
    attached = false;
    tell("hang up");
  }

  private void tell(String line) {
    try {
      keyboard.write(line + "\n");
      keyboard.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits until it ends, with this code, and has left a terminal that is there set as it was. */
  void assertEnds(int code) throws IOException, InterruptedException {
    assertThat(process.waitFor(SECONDS, TimeUnit.SECONDS)).as("it ends; %s", shown()).isTrue();
    reader.join();
    String complaints = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.exitValue()).as(complaints + shown()).isEqualTo(code);
    assertThat(complaints).endsWith(attached ? "restored\n" : "");
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
