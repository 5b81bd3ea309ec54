// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import static io.tcptable.diagnose.SceneSocket.listener;
import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.Advice;
import io.tcptable.process.ProcessStatus.State;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LogsTest {

  private final SceneProcess server = new SceneProcess(100);

  private Scene scene() {
    return new Scene().with(server).with(listener(server));
  }

  @Test
  void areToldWithAFault() {
    server.descriptors(1024, 1024).writes("/var/log/web/err", "/var/log/web/access.log");
    Finding finding = scene().finding(FindingCode.LOGS);
    assertThat(finding.meaning()).isEqualTo("Check the server's log.");
    assertThat(finding.advice())
        .containsExactly(
            new Advice.Command("tail -n 50 /var/log/web/err"),
            new Advice.Command("tail -n 50 /var/log/web/access.log"));
  }

  /** Control characters in it must not reach the terminal of who pastes the command. */
  @Test
  void ofAnotherUserAreMadeVisible() {
    server.as("evil").is(State.STOPPED).writes("/home/evil/x.log");
    assertThat(scene().finding(FindingCode.LOGS).advice())
        .containsExactly(new Advice.Command("tail -n 50 /home/evil/x.log 2>&1 | cat -v"));
  }

  @Test
  void ofAContainerOfAnotherUserAreMadeVisible() {
    server.as("evil").is(State.STOPPED).container("docker 5f3c0a");
    assertThat(scene().finding(FindingCode.IN_CONTAINER).advice())
        .contains(new Advice.Command("docker logs 5f3c0a 2>&1 | cat -v"));
  }

  @Test
  void areNotToldWithoutOne() {
    server.writes("/var/log/web/err");
    assertThat(scene().codes()).isEmpty();
  }

  @Test
  void ofAServiceAreInTheJournal() {
    server.service("web.service").is(State.STOPPED);
    assertThat(scene().finding(FindingCode.LOGS).advice())
        .containsExactly(new Advice.Command("journalctl -u web.service -n 50"));
  }

  @Test
  void inAPipeAreForWhoStartedTheServer() {
    server.is(State.STOPPED).writes("pipe:[4711]");
    Finding finding = scene().finding(FindingCode.LOGS);
    assertThat(finding.seen()).isEqualTo("its output goes to a pipe, /dev/null");
    assertThat(finding.meaning()).startsWith("None of it is a file.");
  }

  @Test
  void ofAnyNumberOfFilesAreAFew() {
    String[] logs =
        IntStream.range(0, 15_000).mapToObj(i -> "/tmp/" + i + ".log").toArray(String[]::new);
    server.is(State.STOPPED).writes("/dev/null", logs);
    Finding finding = scene().finding(FindingCode.LOGS);
    assertThat(finding.seen()).endsWith("/tmp/8.log and 14991 more files").hasSizeLessThan(300);
    assertThat(finding.advice()).hasSize(10);
  }

  @Test
  void withANameThatATerminalDoesNotShowAreReadByACommandThatShowsIt() {
    server.is(State.STOPPED).writes("/tmp/a\nb.log");
    assertThat(scene().finding(FindingCode.LOGS).advice())
        .containsExactly(new Advice.Command("tail -n 50 $'/tmp/a\\nb.log'"));
  }

  /** No shell can be told a byte that is no character. */
  @Test
  void withANameThatCannotBeReadHaveNoCommand() {
    server.is(State.STOPPED).writes("/tmp/a\ufffdb.log");
    assertThat(scene().finding(FindingCode.LOGS).advice())
        .containsExactly(
            new Advice.Hint(
                "There is a command for it, but a name in it has characters that cannot be"
                    + " shown."));
  }
}
