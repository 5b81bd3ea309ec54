// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.drop;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.TcpState;
import io.tcptable.TcpTable;
import io.tcptable.program.Answer;
import io.tcptable.program.Json;
import io.tcptable.program.LoopbackSockets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The command drop, up to where it would act: {@code DropIT} does that. */
class DropCommandTest {

  private LoopbackSockets sockets;
  private String port;

  @BeforeEach
  void open() throws IOException {
    sockets = new LoopbackSockets();
    port = sockets.portText();
  }

  @AfterEach
  void nothingWasDropped() throws IOException {
    assertThat(TcpTable.snapshot(sockets.port()).countByState())
        .containsEntry(TcpState.LISTEN, 1)
        .containsEntry(TcpState.ESTABLISHED, 1)
        .containsEntry(TcpState.CLOSE_WAIT, 1);
    sockets.close();
  }

  @Test
  void aDryRunShowsWhatIsStuckAndSaysWhatADropDoes() {
    Answer answer = Answer.to("drop", port, "--dry-run").found();

    assertThat(answer.lines()).hasSize(4);
    assertThat(answer.lines().get(0)).isEqualTo("This would drop 1 connection:");
    assertThat(answer.lines().get(2))
        .startsWith("CLOSE_WAIT ")
        .contains("127.0.0.1:" + port, "127.0.0.1:" + sockets.goneClient())
        .endsWith("(" + ProcessHandle.current().pid() + ")");
    assertThat(answer.lines().get(3))
        .startsWith("Note: ")
        .contains("keeps the socket until it closes it");
    assertThat(answer.err()).isEmpty();
  }

  @Test
  void otherStatesAreDroppedIfAskedFor() {
    assertThat(Answer.to("drop", port, "--dry-run", "--state", "established").found().out())
        .contains("ESTABLISHED", ":" + sockets.livingClient())
        .doesNotContain("\nCLOSE_WAIT", ":" + sockets.goneClient() + " ");
    assertThat(
            Answer.to("drop", port, "--dry-run", "--state", "established,close-wait").found().out())
        .contains("This would drop 2 connections:");
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, 0",
    "127.0.0.1:GONE, 0",
    "::ffff:127.0.0.1, 0",
    "[::ffff:127.0.0.1]:GONE, 0",
    "127.0.0.1:LIVING, 1",
    "127.0.0.2, 1",
    "::1, 1"
  })
  void onlyThoseWithThisFarEnd(String end, int code) {
    String remote =
        end.replace("GONE", Integer.toString(sockets.goneClient()))
            .replace("LIVING", Integer.toString(sockets.livingClient()));

    Answer answer = Answer.to("drop", port, "--dry-run", "--remote", remote);

    assertThat(answer.code()).isEqualTo(code);
    assertThat(answer.out())
        .contains(
            code == 0
                ? "This would drop 1 connection:"
                : "No TCP connection on port "
                    + port
                    + " with that remote address is in CLOSE_WAIT.");
  }

  @Test
  void whereThereIsNoneItSaysWhatItLookedFor() {
    assertThat(Answer.to("drop", port, "--state", "fin-wait-1,last-ack"))
        .isEqualTo(
            new Answer(
                1, "No TCP connection on port " + port + " is in FIN_WAIT_1 or LAST_ACK.\n", ""));
  }

  @Test
  void whatIsNotBoundToThePortIsNotOfIt() {
    String client = Integer.toString(sockets.goneClient());
    assertThat(Answer.to("drop", client, "--yes").code()).isEqualTo(1);
  }

  @Test
  void whereThereIsNobodyToAskNothingIsDropped() {
    Answer answer = Answer.to("drop", port);

    assertThat(answer.code()).isEqualTo(4);
    assertThat(answer.out()).isEmpty();
    assertThat(answer.err())
        .isEqualTo(
            "tcptable: this would drop 1 connection; no terminal to confirm on; pass --yes, or"
                + " --dry-run to preview\n");
    assertThat(Answer.to("drop", port, "--json").code()).isEqualTo(4);
  }

  @ParameterizedTest
  @ValueSource(strings = {"n\n", "\n", ""})
  void whoDoesNotSayYesSaysNo(String typed) {
    Answer answer = Answer.typing(typed, "drop", port);

    assertThat(answer.code()).isEqualTo(4);
    assertThat(answer.out())
        .containsSubsequence("This would drop", "CLOSE_WAIT", "Note: ", "Continue? [y/N]");
    assertThat(answer.err()).contains("nothing was done");
  }

  @Test
  void aPlanAsJson() {
    Map<String, Object> plan =
        Json.object(Answer.to("drop", port, "--dry-run", "--json").found().out());

    assertThat(plan)
        .containsOnlyKeys("schema", "port", "effect", "connections")
        .containsEntry("schema", "tcptable.drop/1");
    assertThat(Json.number(plan, "port")).isEqualTo(sockets.port());
    assertThat(Json.list(plan, "connections"))
        .singleElement()
        .satisfies(
            connection -> {
              assertThat(connection).containsOnlyKeys("socket");
              Map<String, Object> socket = Json.object(connection, "socket");
              assertThat(socket).containsEntry("state", "CLOSE_WAIT");
              assertThat(Json.number(Json.object(socket, "remote"), "port"))
                  .isEqualTo(sockets.goneClient());
            });
  }

  @Test
  void nothingFoundAsJson() {
    Answer answer = Answer.to("drop", port, "--state", "closing", "--json", "--yes");

    assertThat(answer.code()).isEqualTo(1);
    assertThat(Json.list(Json.object(answer.out()), "connections")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "drop | no port given; try: tcptable drop 3001",
        "drop 3001 3002 | unexpected argument '3002'",
        "drop 3001 --state listen --yes | drop never touches a listener; to stop its process:"
            + " tcptable free 3001",
        "drop 3001 --state close_wait,listening --yes | drop never touches a listener",
        "drop 3001 --state stuck | 'stuck' is not a TCP state",
        "drop 3001 --remote localhost | 'localhost' is not an IP address: use for example 10.0.0.7",
        "drop 3001 --remote 10.0.0.256 | '10.0.0.256' is not an IP address",
        "drop 3001 --remote 10.0.7 | '10.0.7' is not an IP address",
        "drop 3001 --remote 4001 | '4001' is not an IP address",
        "drop 3001 --remote [abc] | '[abc]' is not an IP address",
        "drop 3001 --remote :::: | '::::' is not an IP address",
        "drop 3001 --remote 10.0.0.7:0 | '0' is not a port",
        "drop 3001 --remote [::1]:70000 | '70000' is not a port",
      })
  void whatMakesNoSenseIsSaidAndNothingIsDone(String line, String reason) {
    Answer answer = Answer.to(line.split(" "));

    assertThat(answer.code()).as(answer.err()).isEqualTo(2);
    assertThat(answer.err()).contains(reason).hasLineCount(1);
    assertThat(answer.out()).isEmpty();
  }

  @Test
  void theDocumentationQuotesWhatADropDoes() throws IOException {
    assertThat(Files.readString(Path.of("..", "..", "docs", "COMMANDS.md")))
        .contains("\nNote: " + DropText.EFFECT + "\n");
  }

  @Test
  void theHelpExplainsEveryOptionAndFitsTheScreen() {
    String help = Answer.onScreenWith("COLUMNS", "80", "drop", "--help", "--color=never").out();
    String plain = help.replaceAll("\u001b\\[[0-9;]*m", "");

    assertThat(plain)
        .contains("--state=", "--remote=ADDRESS[:PORT]", "--dry-run", "--json", "-y, --yes")
        .containsSubsequence("Exit codes:", "0 ", "1 ", "2 ", "3 ", "4 ", "5 ", "Examples:");
    assertThat(plain.lines()).allMatch(line -> line.length() <= 80);
  }

  @ParameterizedTest
  @ValueSource(strings = {"--dry-run", "--yes", "--state established,fin_wait_2 --remote 10.0.0.7"})
  void itsExamplesAreUnderstood(String options) {
    assertThat(Answer.to("drop", "--help").out()).contains("  tcptable drop 3001 " + options);
    String[] words = ("drop " + port + " --remote 10.0.0.7 " + options).split(" ");
    assertThat(Answer.to(words).code()).isEqualTo(1);
  }
}
