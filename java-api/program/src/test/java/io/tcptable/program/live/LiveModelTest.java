// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.SocketKey;
import io.tcptable.TcpSocket;
import io.tcptable.TcpState;
import io.tcptable.TcpTable;
import io.tcptable.program.LoopbackSockets;
import io.tcptable.program.live.LiveModel.Wish;
import io.tcptable.watch.WatchedSocket;
import io.tcptable.watch.WatchedSockets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The keys and the lines, on real sockets but without a terminal. */
class LiveModelTest {

  private static final String TITLE = "Each TCP socket";

  private LoopbackSockets sockets;

  @BeforeEach
  void open() throws IOException {
    sockets = new LoopbackSockets();
  }

  @AfterEach
  void close() throws IOException {
    sockets.close();
  }

  private LiveModel model(boolean ofSockets) {
    LiveModel model = new LiveModel(ofSockets);
    model.take(news(), 0);
    return model;
  }

  private List<TcpSocket> look() {
    return TcpTable.snapshot(sockets.port()).stream().toList();
  }

  private LiveFeed.News news(WatchedSocket... ended) {
    return new LiveFeed.News(look(), List.of(ended), false);
  }

  /** A connection of the port that no look sees, unless it has the key of one that is there. */
  private WatchedSocket ended(SocketKey key) {
    return WatchedSockets.connection(key, sockets.port(), TcpState.CLOSED);
  }

  @Test
  void whatComesAndGoesBetweenLooksIsShownAsGoneAndCounted() {
    LiveModel model = model(true);
    assertThat(String.join("\n", lines(model, 100, 12))).doesNotContain("came and went");

    model.take(news(ended(SocketKey.ofCookie(1)), ended(look().get(0).key())), 0);

    List<String> lines = lines(model, 100, 12);
    assertThat(lines.get(2)).isEqualTo("1 more came and went between looks");
    assertThat(lines)
        .filteredOn(line -> line.startsWith(" -"))
        .singleElement()
        .asString()
        .startsWith(" -CLOSED")
        .contains("127.0.0.1:" + sockets.portText(), "127.0.0.1:40001 ")
        .endsWith("?");
    model.take(new LiveFeed.News(look(), List.of(ended(SocketKey.ofCookie(2))), true), 0);
    assertThat(lines(model, 100, 12).get(2))
        .isEqualTo("at least 2 more came and went between looks");
    press(model, "c");
    assertThat(lines(model, 100, 12).get(2))
        .isEqualTo("at least 2 more came and went between looks");
    assertThat(model.rows(LiveTable.MARKED_NANOS)).hasSize(1);
  }

  /** 21,000 connections a second are no more rows than a person reads. */
  @Test
  void fewOfThemAreRows() {
    LiveModel model = model(true);
    int before = model.rows(0).size();
    WatchedSocket[] many =
        IntStream.rangeClosed(1, 21_000)
            .mapToObj(cookie -> ended(SocketKey.ofCookie(cookie)))
            .toArray(WatchedSocket[]::new);
    model.take(news(many), 0);
    model.take(news(many), 0);
    assertThat(model.rows(0)).hasSize(before + LiveTable.MOST_PASSING);
    assertThat(model.passed()).isEqualTo("42,000 more came and went between looks");
    assertThat(model.rows(LiveTable.MARKED_NANOS)).hasSize(before);
  }

  private static Wish press(LiveModel model, String... sent) {
    Wish last = Wish.NOTHING;
    for (String key : sent) {
      last = model.press(Key.of(key), model.rows(0));
    }
    return last;
  }

  private static List<String> lines(LiveModel model, int width, int height) {
    return new LiveDrawing(width, height)
        .lines(model, TITLE, 0).stream().map(ScreenLine::toString).toList();
  }

  private String owner() {
    return "java(" + ProcessHandle.current().pid() + ")";
  }

  @Test
  void aListenerHasItsQueueItsConnectionsAndItsOwner() {
    List<String> lines = lines(model(false), 100, 10);
    assertThat(lines).hasSize(10);
    assertThat(lines.get(0)).isEqualTo(TITLE + "  sort: port");
    assertThat(lines.get(1)).contains("sockets: 1 LISTEN");
    assertThat(lines.get(2))
        .startsWith("  Local")
        .contains("Queue", "Connections")
        .endsWith("Owners");
    assertThat(lines.get(3))
        .startsWith("> 127.0.0.1:" + sockets.portText())
        .contains("[........] 0/", "1 ESTABLISHED", "1 CLOSE_WAIT")
        .endsWith(owner());
    assertThat(lines.get(9)).startsWith("Enter diagnose  d drop").endsWith("q quit");
  }

  @Test
  void eachSocketHasARow() {
    LiveModel model = model(false);
    press(model, "c");
    List<String> lines = lines(model, 120, 10);
    assertThat(lines.get(3)).startsWith("> LISTEN");
    assertThat(String.join("\n", lines))
        .contains("ESTABLISHED", "CLOSE_WAIT", "127.0.0.1:" + sockets.livingClient());
  }

  @Test
  void noLineIsWiderThanANarrowScreen() {
    for (int width : new int[] {1, 7, 20, 40, 59}) {
      for (boolean ofSockets : new boolean[] {true, false}) {
        assertThat(lines(model(ofSockets), width, 8))
            .hasSize(8)
            .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(width));
      }
    }
    assertThat(lines(model(false), 40, 8))
        .anySatisfy(
            line ->
                assertThat(line)
                    .startsWith("> 127.0.0.1:" + sockets.portText() + " 0/")
                    .endsWith(owner()));
  }

  @Test
  void aFilterIsTypedKeptAndGivenUp() {
    LiveModel model = model(true);
    press(model, "/", "C", "l", "o", "s", "e", "_", "x", "\u007f");
    assertThat(lines(model, 80, 12).get(11)).startsWith("Filter: Close__");
    press(model, "\r");
    assertThat(model.rows(0)).hasSize(1);
    assertThat(lines(model, 80, 12).get(0)).endsWith("sort: port, filter: Close_");
    press(model, "\u001b");
    assertThat(model.rows(0)).hasSize(look().size());
  }

  @Test
  void theSelectionFollowsItsRow() {
    LiveModel model = model(true);
    press(model, "\u001b[B");
    Object second = model.rows(0).get(1).row().key();
    press(model, "s", "s", "s", "s");
    List<LiveTable.Marked> rows = model.rows(0);
    assertThat(rows.get(model.selectedIndex()).row().key()).isEqualTo(second);
    press(model, "\u001b[F", "j");
    assertThat(model.selectedIndex()).isEqualTo(rows.size() - 1);
    press(model, "\u001bOH", "k");
    assertThat(model.selectedIndex()).isZero();
  }

  @Test
  void keysAskForCommandsOnThePort() {
    LiveModel model = model(false);
    assertThat(model.port(model.rows(0))).isEqualTo(sockets.port());
    assertThat(press(model, "\r")).isEqualTo(Wish.DIAGNOSE);
    assertThat(press(model, "d")).isEqualTo(Wish.DROP);
    assertThat(press(model, "f")).isEqualTo(Wish.FREE);
    assertThat(press(model, "r")).isEqualTo(Wish.RESTART);
    assertThat(press(model, "q")).isEqualTo(Wish.QUIT);
    assertThat(press(model, "x")).isEqualTo(Wish.NOTHING);
  }

  @Test
  void withoutARowThereIsNothingToDo() {
    LiveModel model = new LiveModel(false);
    assertThat(press(model, "f")).isEqualTo(Wish.NOTHING);
    assertThat(lines(model, 80, 5).get(4)).isEqualTo("No row is selected.");
  }

  @Test
  void aPauseIsSeen() {
    LiveModel model = model(false);
    press(model, "p");
    assertThat(model.isPaused()).isTrue();
    for (int width : new int[] {30, 40, 80, 200}) {
      assertThat(lines(model, width, 5).get(0)).contains("  PAUSED").endsWith("  sort: port");
    }
    press(model, " ");
    assertThat(model.isPaused()).isFalse();
  }

  /** A terminal of 80 columns is the usual one. */
  @Test
  void eightyColumnsHaveAWordForEachKey() {
    assertThat(lines(model(false), 80, 8).get(7))
        .isEqualTo(
            "Enter diagnose d drop f free r restart c sockets / filter s sort p pause q quit");
    assertThat(lines(model(false), 79, 8).get(7)).endsWith("q quit").doesNotStartWith("Enter d f");
    assertThat(lines(model(false), 78, 8).get(7)).isEqualTo("Enter d f r c / s p, q quit");
  }

  /** The title and the keys of the screen that docs/WATCH.md shows. */
  @Test
  void theScreenOfTheDocumentationIsDrawnSo() throws IOException {
    String page = Files.readString(Path.of("../../docs/WATCH.md"));
    String title =
        "Each TCP socket in ESTABLISHED or CLOSE_WAIT or LISTEN on port 3001, a look each 1s";
    List<String> lines =
        new LiveDrawing(92, 9)
            .lines(model(true), title, 0).stream().map(ScreenLine::toString).toList();
    assertThat(page)
        .contains(
            "\n" + lines.get(0) + "\n5 sockets: 1 LISTEN, 3 ESTABLISHED, 1 CLOSE_WAIT\n",
            "\n\n" + lines.get(8) + "\n```\n");
  }

  @Test
  void aBarHasASignForTheFirstConnection() {
    assertThat(LiveDrawing.bar(0, 5)).isEqualTo("[........]");
    assertThat(LiveDrawing.bar(1, 4096)).isEqualTo("[#.......]");
    assertThat(LiveDrawing.bar(6, 5)).isEqualTo("[########]");
    assertThat(LiveDrawing.bar(0, 0)).isEqualTo("[........]");
    assertThat(LiveDrawing.bar(1, 0)).isEqualTo("[########]");
  }
}
