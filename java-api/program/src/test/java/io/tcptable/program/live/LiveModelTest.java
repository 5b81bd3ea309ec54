// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.TcpSocket;
import io.tcptable.TcpTable;
import io.tcptable.program.LoopbackSockets;
import io.tcptable.program.live.LiveModel.Wish;
import java.io.IOException;
import java.util.List;
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
    model.take(look(), 0);
    return model;
  }

  private List<TcpSocket> look() {
    return TcpTable.snapshot(sockets.port()).stream().toList();
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
    assertThat(lines(model, 80, 5).get(0)).endsWith("PAUSED");
    press(model, " ");
    assertThat(model.isPaused()).isFalse();
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
