// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.program.command.OtherCommands;
import io.tcptable.program.terminal.Colour;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import servers.Children;

class CommandPageTest {

  /** Shows a plan, asks, and says what was answered. */
  private static final OtherCommands ASKING =
      (terminal, words) -> {
        terminal.out().println("Plan: " + String.join(" ", words));
        try {
          terminal.out().println(terminal.asks("Continue?") ? "done" : "nothing was done");
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
        return 0;
      };

  private static List<String> lines(CommandPage page) {
    return page.lines(40, 8).stream().map(ScreenLine::toString).toList();
  }

  private static String afterPressing(String key) throws IOException {
    CommandPage page = CommandPage.of(ASKING, 40, "free", "3001");
    Children.await("it asks", page::isAsking);
    assertThat(lines(page))
        .startsWith("tcptable free 3001", "Plan: free 3001", "Continue? [y/N]")
        .endsWith("y yes, n no");
    assertThat(page.press(Key.of("x"))).isFalse();
    assertThat(page.isAsking()).isTrue();
    assertThat(page.press(Key.of(key))).isFalse();
    Children.await("it is over", page::isOver);
    assertThat(lines(page)).endsWith("Esc back, Up and Down scroll");
    assertThat(page.press(Key.of("\u001b"))).isTrue();
    return String.join("|", lines(page));
  }

  @Test
  void onlyAYesIsAYes() throws IOException {
    assertThat(afterPressing("y")).contains("Continue? [y/N] y|done|");
    assertThat(afterPressing("n")).contains("Continue? [y/N] n|nothing was done|");
    assertThat(afterPressing("\u001b")).contains("|nothing was done|");
    assertThat(afterPressing("q")).contains("|nothing was done|");
  }

  @Test
  void whatFollowsAnAnswerIsShownToItsEnd() throws IOException {
    CommandPage page =
        CommandPage.of(
            (terminal, words) -> {
              ASKING.execute(terminal, words);
              terminal.out().print("1\n2\n3\n4\n5\n6");
              return 0;
            },
            40,
            "free");
    Children.await("it asks", page::isAsking);
    assertThat(page.press(Key.of("y"))).isFalse();
    Children.await("it is over", page::isOver);
    assertThat(lines(page)).containsSequence("1", "2", "3", "4", "5", "6");

    assertThat(page.press(Key.of("\u001b[A"))).isFalse();
    assertThat(lines(page)).startsWith("tcptable free", "done", "1").doesNotContain("6");
  }

  @Test
  void whileItRunsItIsNotLeft() throws IOException, InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    CommandPage page =
        CommandPage.of(
            (terminal, words) -> {
              begun.countDown();
              try {
                new CountDownLatch(1).await();
              } catch (InterruptedException e) {
                terminal.out().println("cancelled");
              }
              return 0;
            },
            40,
            "restart");
    begun.await();
    assertThat(page.press(Key.of("\u001b"))).isFalse();
    assertThat(page.end(Duration.ofSeconds(20))).contains("cancelled");
    assertThat(page.end(Duration.ofSeconds(20))).isEmpty();
  }

  @Test
  void progressIsOneLine() throws IOException {
    CommandPage page =
        CommandPage.of(
            (terminal, words) -> {
              terminal.out().print("\r\u001b[K....... stop\r\u001b[Kok      stop\nend");
              return 0;
            },
            40,
            "free");
    Children.await("it is over", page::isOver);
    assertThat(lines(page)).startsWith("tcptable free", "ok      stop", "end");
  }

  @Test
  void aLongLineIsContinued() throws IOException {
    CommandPage page =
        CommandPage.of(
            (terminal, words) -> {
              terminal.out().println("x".repeat(50));
              return 0;
            },
            60,
            "free");
    Children.await("it is over", page::isOver);
    assertThat(lines(page)).startsWith("tcptable free", "x".repeat(40), "x".repeat(10));
  }

  @Test
  void nothingIsObeyedByATerminal() {
    ScreenLine line = ScreenLine.of(Colour.RED, "a\u001b[2J\u202eb\u0007", 20);
    assertThat(line.toString()).isEqualTo("a?[2J?b?");
    assertThat(line.spans()).extracting(ScreenLine.Span::colour).containsExactly(Colour.RED);
  }

  @Test
  void keysAreRead() {
    assertThat(Key.of("\u001b[A").kind()).isEqualTo(Key.Kind.UP);
    assertThat(Key.of("\u001bOB").kind()).isEqualTo(Key.Kind.DOWN);
    assertThat(Key.of("\u001b[5~").kind()).isEqualTo(Key.Kind.PAGE_UP);
    assertThat(Key.of("\u001b[1;5C").kind()).isEqualTo(Key.Kind.OTHER);
    assertThat(Key.of("\u0001").kind()).isEqualTo(Key.Kind.OTHER);
    assertThat(Key.isBegun("\u001b[1;5")).isTrue();
    assertThat(Key.isBegun("\u001b[5~")).isFalse();
  }
}
