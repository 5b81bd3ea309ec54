// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.list;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.internal.Platforms;
import io.tcptable.program.Answer;
import io.tcptable.program.LoopbackSockets;
import io.tcptable.program.command.ExitCode;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import servers.FreePorts;

/** What each option of {@code list} selects, on real sockets. */
class ListCommandTest {

  private static final String OWNER = "java(" + ProcessHandle.current().pid() + ")";

  private static LoopbackSockets sockets;

  @BeforeAll
  static void open() throws IOException {
    sockets = new LoopbackSockets();
  }

  @AfterAll
  static void close() throws Exception {
    sockets.close();
  }

  @Test
  void aPortShowsListenerAndConnectionsWithOwners() {
    Answer answer = Answer.to("list", sockets.portText()).found();
    String here = "127.0.0.1:" + sockets.port();
    assertThat(answer.rows())
        .map(row -> row.replaceAll(" +", " "))
        .containsExactly(
            "LISTEN 0 17 " + here + " * " + OWNER,
            "ESTABLISHED 0 0 " + here + " 127.0.0.1:" + sockets.livingClient() + " " + OWNER,
            "CLOSE_WAIT 1 0 " + here + " 127.0.0.1:" + sockets.goneClient() + " " + OWNER);
    assertThat(answer.lines()).last().isEqualTo("3 sockets: 1 LISTEN, 1 ESTABLISHED, 1 CLOSE_WAIT");
  }

  @Test
  void anAddressShowsWhatIsBoundThere() {
    String port = sockets.portText();
    assertThat(Answer.to("list", "127.0.0.1:" + port).found().rows()).hasSize(3);
    Answer other = Answer.to("list", "127.0.0.2:" + port);
    assertThat(other.code()).isEqualTo(ExitCode.NOTHING_FOUND);
    assertThat(other.out()).contains("No TCP socket on 127.0.0.2:" + port + ".");
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void theNamespaceOfThisProcessIsOneOfThem() {
    String pid = Long.toString(ProcessHandle.current().pid());
    assertThat(Answer.to("list", "--namespace", pid, sockets.portText()).found().rows()).hasSize(3);
    assertThat(Answer.to("list", "--namespace", pid, "--json", sockets.portText()).found().out())
        .contains("\"namespace\":{\"inode\":")
        .doesNotContain("unseenNamespaces");
    Answer all = Answer.to("list", "--all-namespaces", "--json", sockets.portText()).found();
    assertThat(all.out()).contains("\"unseenNamespaces\":", "\"unplacedProcesses\":");
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aNamespaceThatIsNotThereIsAnError() {
    Answer answer = Answer.to("list", "--namespace", "no-such-name");
    assertThat(answer.code()).isEqualTo(ExitCode.FAILED);
    assertThat(answer.err())
        .contains(
            "tcptable: no network namespace or container that this user may see is called"
                + " 'no-such-name'; run 'tcptable list --all-namespaces' to see them");
  }

  @Test
  void oneAndAllNamespacesCannotBeCombined() {
    Answer answer = Answer.to("list", "--all-namespaces", "--namespace", "1");
    assertThat(answer.code()).isEqualTo(ExitCode.USAGE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"--listen", "-l", "--state=LISTEN", "--state=listening"})
  void onlyListeners(String option) {
    assertThat(Answer.to("list", option, sockets.portText()).found().rows())
        .singleElement()
        .asString()
        .startsWith("LISTEN");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--state=estab,close-wait",
        "--state=ESTABLISHED --state=CLOSE_WAIT",
        "--state established --state Close_Wait"
      })
  void onlySomeStates(String options) {
    assertThat(Answer.to(words("list " + options + " " + sockets.port())).found().rows())
        .map(row -> row.replaceAll(" .*", ""))
        .containsExactly("ESTABLISHED", "CLOSE_WAIT");
  }

  @Test
  void listenersAndAStateTogether() {
    assertThat(Answer.to("list", "-l", "--state=close_wait", sockets.portText()).rows())
        .map(row -> row.replaceAll(" .*", ""))
        .containsExactly("LISTEN", "CLOSE_WAIT");
  }

  @Test
  void severalPortsAndPortsWithAColon() {
    Answer answer =
        Answer.to("list", ":" + sockets.port(), Integer.toString(sockets.livingClient())).found();
    // Another process may have a connection from the same port to elsewhere.
    assertThat(answer.rows())
        .filteredOn(row -> row.contains(":" + sockets.port() + " "))
        .hasSize(4)
        .filteredOn(row -> row.contains("127.0.0.1:" + sockets.livingClient() + "  127.0.0.1:"))
        .hasSize(1);
  }

  @Test
  void onlyOneFamily() throws Exception {
    try (LoopbackSockets dual = new LoopbackSockets(StandardProtocolFamily.INET6)) {
      Answer v6 = Answer.to("list", "--family", "6", sockets.portText(), dual.portText()).found();
      assertThat(v6.rows()).hasSize(3).allMatch(row -> row.contains("]:" + dual.port()));
      assertThat(v6.out()).contains("[::ffff:127.0.0.1]:" + dual.goneClient());
      Answer v4 = Answer.to("list", "--family", "4", sockets.portText(), dual.portText()).found();
      assertThat(v4.rows()).hasSize(3).allMatch(row -> row.contains(":" + sockets.port() + " "));
    }
  }

  @Test
  void onlyOneProcess() {
    String self = Long.toString(ProcessHandle.current().pid());
    assertThat(Answer.to("list", "--pid", self).found().rows())
        .hasSizeGreaterThanOrEqualTo(4)
        .allMatch(row -> row.contains(OWNER));
    assertThat(Answer.to("list", "--pid", self + ",1", sockets.portText()).found().rows())
        .hasSize(3);
  }

  @Test
  void aProcessWithoutSockets() throws Exception {
    Process sleeping = new ProcessBuilder("sleep", "60").start();
    try {
      String pid = Long.toString(sleeping.pid());
      Answer answer = Answer.to("list", "--pid", pid, sockets.portText());
      // Where some process is hidden even from root, the answer is not certain, and that is said.
      boolean all = answer.err().isEmpty();
      assertThat(answer.code()).isEqualTo(all ? ExitCode.NOTHING_FOUND : ExitCode.FAILED);
      assertThat(answer.lines())
          .isEqualTo(nothing("No TCP socket on port " + sockets.port() + " of PID " + pid + "."));
    } finally {
      sleeping.destroyForcibly().waitFor();
    }
  }

  @Test
  void ownersCanBeLeftOut() {
    Answer answer = Answer.to("list", "--no-owners", sockets.portText()).found();
    assertThat(answer.out()).doesNotContain("Owners").doesNotContain(OWNER).doesNotContain("?");
    assertThat(answer.rows()).hasSize(3);
    assertThat(answer.err()).isEmpty();
  }

  @Test
  void detailOfConnections() {
    Answer answer = Answer.to("list", "--detail", sockets.portText()).found();
    assertThat(answer.lines().get(0))
        .contains("  RTT", "  Retr", "  Rcvd", "  Sent")
        .doesNotContain("Timer");
    assertThat(answer.rows().get(0)).matches("LISTEN .* -  +-  +-  +-  +" + quoted(OWNER));
    assertThat(answer.rows().get(1))
        .matches("ESTABLISHED .* \\d\\S*s  +0  +\\d\\S*s  +\\d\\S*s  +" + quoted(OWNER));
  }

  @Test
  void timersWhereThereAreSome() throws IOException {
    try (LoopbackSockets fresh = new LoopbackSockets()) {
      String client = Integer.toString(fresh.goneClient());
      // The kernel may have given the same local port to a connection to somewhere else.
      assertThat(Answer.to("list", "--detail", client).found().rows())
          .filteredOn(row -> row.contains(":" + fresh.portText()))
          .singleElement()
          .asString()
          .matches("FIN_WAIT_2 .* (time_wait|keepalive) \\S+s  -");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"-n", "--numeric"})
  void numbersAreWhatIsPrintedAnyway(String option) {
    assertThat(Answer.to("list", option, sockets.portText()).out())
        .isEqualTo(Answer.to("list", sockets.portText()).out());
  }

  @Test
  void everythingIsListedInOrder() {
    Answer answer = Answer.to("list").found();
    assertThat(answer.rows()).hasSizeGreaterThanOrEqualTo(5);
    assertThat(answer.rows())
        .extracting(row -> row.startsWith("LISTEN"))
        .isSortedAccordingTo((a, b) -> Boolean.compare(b, a));
  }

  @Test
  void nothingThere() throws Exception {
    int port = FreePorts.next();
    Answer answer = Answer.to("list", Integer.toString(port));
    assertThat(answer.code()).isEqualTo(ExitCode.NOTHING_FOUND);
    assertThat(answer.lines()).isEqualTo(nothing("No TCP socket on port " + port + "."));
    assertThat(
            Answer.to("list", "--family=6", "-l", "--state=last_ack", ":" + port, "0" + port)
                .lines())
        .isEqualTo(
            nothing(
                "No IPv6 TCP socket in LAST_ACK or LISTEN on port " + port + " or " + port + "."));
  }

  /** In a container, what is not seen from there is told as well. */
  private static List<String> nothing(String line) {
    return Stream.concat(Stream.of(line), Platforms.current().notSeenFromHere().stream()).toList();
  }

  private static String[] words(String line) {
    return line.split(" ");
  }

  private static String quoted(String text) {
    return java.util.regex.Pattern.quote(text);
  }
}
