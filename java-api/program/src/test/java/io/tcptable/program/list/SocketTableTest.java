// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.list;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.program.Answer;
import io.tcptable.program.FullListener;
import io.tcptable.program.LoopbackSockets;
import io.tcptable.program.Prefork;
import io.tcptable.program.terminal.Colour;
import io.tcptable.program.terminal.TextTable;
import java.net.StandardProtocolFamily;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The table for people: it fits the screen, says all that matters, and is coloured only there. */
class SocketTableTest {

  private static final Pattern OWNER = Pattern.compile("\\((\\d+)\\)");
  private static final Pattern HIDDEN = Pattern.compile(" \\+(\\d+)( more)?$");

  @ParameterizedTest
  @ValueSource(ints = {60, 80, 120})
  void fitsTheScreenAndCutsNeitherPidNorPort(int columns) throws Exception {
    try (Prefork prefork = new Prefork("worker-process", 11);
        LoopbackSockets dual = new LoopbackSockets(StandardProtocolFamily.INET6)) {
      Answer answer =
          Answer.onScreen(columns, "list", "--color=never", prefork.portText(), dual.portText())
              .found();
      assertThat(answer.lines()).allMatch(line -> line.length() <= columns);

      String shared = row(answer, ":" + prefork.portText() + " ");
      List<Long> named = pids(shared);
      assertThat(prefork.pids()).startsWith(named.toArray(new Long[0]));
      assertThat(named.size() + hidden(shared)).isEqualTo(12);

      String connection = row(answer, ":" + dual.goneClient() + " ");
      assertThat(connection).contains("CLOSE_WAIT", ":" + dual.portText() + " ");
      assertThat(pids(connection)).containsExactly(ProcessHandle.current().pid());
    }
  }

  @Test
  void nothingIsShortenedInAPipe() throws Exception {
    try (Prefork prefork = new Prefork("worker-process", 11)) {
      Answer answer =
          Answer.run(false, Map.of("COLUMNS", "40"), "list", prefork.portText()).found();
      assertThat(pids(answer.rows().get(0))).isEqualTo(prefork.pids());
      assertThat(answer.out()).doesNotContain("..").doesNotContain("more");
      assertThat(answer.rows().get(0)).contains("worker-process(" + prefork.pids().get(11) + ")");
    }
  }

  @Test
  void aNameCannotPlayWithTheTerminal() throws Exception {
    try (Prefork prefork = new Prefork("\u001b[2J\u202eok\u7aef", 0)) {
      Answer answer = Answer.onScreen(120, "list", "--color=never", prefork.portText()).found();
      assertThat(answer.out())
          .doesNotContain("\u001b")
          .contains("?[2J?ok\u7aef(" + prefork.pids().get(0) + ")");
    }
  }

  @Test
  void aNetworkAddressIsShortenedInItsMiddle() {
    TextTable table = new TextTable("State", "Local", "Remote");
    table.add(
        Colour.NONE, "LISTEN", "[2001:db8:85a3:1:2:8a2e:370:7334]:65535", "192.168.100.100:443");
    new TableFitter(table, 1, 2).to(54, List.of());
    assertThat(table.width()).isEqualTo(54);
    assertThat(table.cell(1, 1)).startsWith("[2001:db8").contains("..").endsWith("7334]:65535");
    assertThat(table.cell(1, 2)).isEqualTo("192.168.100.100:443");

    new TableFitter(table, 1, 2).to(10, List.of());
    assertThat(table.cell(1, 1)).isEqualTo("..:65535");
    assertThat(table.cell(1, 2)).isEqualTo("1..0:443");
  }

  @Test
  void theSummaryFitsToo() throws Exception {
    try (LoopbackSockets sockets = new LoopbackSockets()) {
      Answer answer = Answer.onScreen(60, "list", "--color=never", sockets.portText()).found();
      assertThat(answer.lines())
          .last()
          .isEqualTo("3 sockets: 1 LISTEN, 1 ESTABLISHED, 1 CLOSE_WAIT");
      List<String> narrow =
          Answer.onScreen(40, "list", "--color=never", sockets.portText()).found().lines();
      assertThat(narrow.subList(narrow.size() - 2, narrow.size()))
          .containsExactly("3 sockets: 1 LISTEN, 1 ESTABLISHED,", "  1 CLOSE_WAIT");
    }
  }

  @Test
  void statesAreColouredOnAScreen() throws Exception {
    try (LoopbackSockets sockets = new LoopbackSockets()) {
      assertThat(Answer.onScreen(120, "list", sockets.portText()).found().out())
          .contains("\u001b[32mLISTEN\u001b[0m", "\u001b[31mCLOSE_WAIT\u001b[0m")
          .contains("\u001b[31m1 CLOSE_WAIT\u001b[0m");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "true,  ,               ,  auto,   true",
    "false, ,               ,  auto,   false",
    "true,  NO_COLOR,       1, auto,   false",
    "true,  NO_COLOR,       '', auto,  true",
    "true,  NO_COLOR,       1, always, true",
    "true,  TERM,        dumb, auto,   false",
    "true,  ,               ,  never,  false",
    "false, ,               ,  always, true",
    "false, CLICOLOR_FORCE, 1, auto,   true",
    "false, CLICOLOR_FORCE, 0, auto,   false",
    "false, CLICOLOR_FORCE, 1, never,  false",
  })
  void coloursOnlyWhereWanted(
      boolean screen, String variable, String value, String choice, boolean coloured)
      throws Exception {
    try (LoopbackSockets sockets = new LoopbackSockets()) {
      Map<String, String> environment = variable == null ? Map.of() : Map.of(variable, value);
      Answer answer =
          Answer.run(screen, environment, "list", "--color", choice, sockets.portText()).found();
      assertThat(answer.out().contains("\u001b[")).isEqualTo(coloured);
      assertThat(answer.out().replaceAll("\u001b\\[\\d*m", "")).doesNotContain("\u001b");
    }
  }

  @Test
  void aListenerWithAFullAcceptQueueIsRed() throws Exception {
    try (FullListener full = new FullListener()) {
      assertThat(Answer.to("list", "--listen", "--color=always", full.portText()).found().rows())
          .singleElement()
          .asString()
          .matches("\u001b\\[31mLISTEN\u001b\\[0m +2 +1 .*:" + full.portText() + " .*");
    }
  }

  private static String row(Answer answer, String part) {
    return answer.rows().stream()
        .filter(row -> row.contains(part))
        .reduce((a, b) -> b)
        .orElseThrow(() -> new AssertionError(part + " not in " + answer.out()));
  }

  private static List<Long> pids(String row) {
    return OWNER.matcher(row).results().map(owner -> Long.valueOf(owner.group(1))).toList();
  }

  private static int hidden(String row) {
    Matcher hidden = HIDDEN.matcher(row);
    return hidden.find() ? Integer.parseInt(hidden.group(1)) : 0;
  }
}
