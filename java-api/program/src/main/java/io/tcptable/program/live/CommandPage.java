// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.live;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tcptable.program.command.OtherCommands;
import io.tcptable.program.terminal.Colour;
import io.tcptable.program.terminal.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Another command of the program that runs within the view: its plan, its question and its report
 * are those of the command line. A person answers its question with a key.
 */
final class CommandPage {

  private static final String QUESTION = "[y/N] ";

  /** What the progress of a restart begins its line again with. */
  private static final String AGAIN = "\r\u001b[K";

  private final String title;
  private final ByteArrayOutputStream output = new ByteArrayOutputStream();
  private final PipedOutputStream answers = new PipedOutputStream();
  private final Thread thread;
  private int answered;
  private int top;

  /** What follows an answer is shown to its end, and not the plan again. */
  private boolean isAtEnd;

  private CommandPage(OtherCommands commands, int width, String... words) throws IOException {
    title = "tcptable " + String.join(" ", words);
    Terminal terminal =
        new Terminal(
            output,
            output,
            UTF_8,
            true,
            Map.of("COLUMNS", Integer.toString(width), "NO_COLOR", "1"),
            new PipedInputStream(answers));
    thread =
        new Thread(
            () -> {
              commands.execute(terminal, words);
              terminal.out().flush();
            },
            "tcptable-" + words[0]);
  }

  /** Starts a command, for a screen of this width. */
  static CommandPage of(OtherCommands commands, int width, String... words) throws IOException {
    CommandPage page = new CommandPage(commands, width, words);
    page.thread.start();
    return page;
  }

  boolean isOver() {
    return !thread.isAlive();
  }

  /** Whether it waits for a yes or a no. */
  boolean isAsking() {
    String text = text();
    return !isOver() && text.length() > answered && text.endsWith(QUESTION);
  }

  /** A key was pressed; returns whether the page is left by it. */
  boolean press(Key key) throws IOException {
    if (isAsking()) {
      boolean isYes = key.is('y') || key.is('Y');
      if (isYes || key.is('n') || key.is('N') || key.is('q') || key.kind() == Key.Kind.ESCAPE) {
        answer(isYes);
      }
      return false;
    }
    switch (key.kind()) {
      case UP -> up(1);
      case DOWN -> top++;
      case PAGE_UP -> up(10);
      case PAGE_DOWN -> top += 10;
      case ESCAPE, ENTER -> {
        return isOver();
      }
      case CHARACTER -> {
        return isOver() && key.is('q');
      }
      default -> {}
    }
    return false;
  }

  private void up(int lines) {
    isAtEnd = false;
    top -= lines;
  }

  private void answer(boolean isYes) throws IOException {
    isAtEnd = true;
    answered = text().length();
    // Not part of the text, so that the next line begins below the question.
    output.write((isYes ? "y\n" : "n\n").getBytes(UTF_8));
    answers.write((isYes ? "y\n" : "n\n").getBytes(UTF_8));
    answers.flush();
  }

  private String text() {
    return output.toString(UTF_8);
  }

  /** The text so far, a line each. */
  private List<String> printed() {
    return Stream.of(text().split("\n", -1)).map(line -> line.substring(begin(line))).toList();
  }

  private static int begin(String line) {
    int again = line.lastIndexOf(AGAIN);
    return again < 0 ? 0 : again + AGAIN.length();
  }

  /** All lines of the screen. */
  List<ScreenLine> lines(int width, int height) {
    List<String> text = new ArrayList<>();
    for (String line : printed()) {
      for (int i = 0; i == 0 || i < line.length(); i += width) {
        text.add(line.substring(i, Math.min(line.length(), i + width)));
      }
    }
    int room = Math.max(1, height - 2);
    int last = Math.max(0, text.size() - room);
    top = isAtEnd ? last : Math.max(0, Math.min(top, last));
    int from = isOver() ? top : last;
    List<ScreenLine> lines = new ArrayList<>();
    lines.add(ScreenLine.of(Colour.BOLD, title, width));
    for (String line : text.subList(from, Math.min(text.size(), from + room))) {
      lines.add(ScreenLine.of(Colour.NONE, line, width));
    }
    while (lines.size() < height - 1) {
      lines.add(new ScreenLine(width, false));
    }
    lines.add(ScreenLine.of(Colour.YELLOW, keys(), width));
    return lines.subList(0, Math.min(height, lines.size()));
  }

  private String keys() {
    return isAsking()
        ? "y yes, n no"
        : isOver() ? "Esc back, Up and Down scroll" : "running; Ctrl-C cancels it and quits";
  }

  /** Ends it as Ctrl-C does, and returns what it said if a person may not have read it. */
  List<String> end(Duration longest) throws InterruptedException {
    if (isOver()) {
      return List.of();
    }
    thread.interrupt();
    try {
      answers.close();
    } catch (IOException e) {
      // Nothing is asked any more.
    }
    thread.join(longest.toMillis());
    return printed();
  }
}
