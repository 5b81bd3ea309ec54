// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.agreement.Namespace;
import io.tcptable.agreement.NeedsRoot;
import io.tcptable.agreement.PythonPeer;
import io.tcptable.agreement.UserAccount;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The program really drops connections: both ends notice, and nobody else does. */
@NeedsRoot
@Tag("once")
class DropProgramIT {

  /** A client that sends, and its server that answers, both in time. */
  private static final String SERVER =
      """
      import errno
      def alive(client, server):
          client.sendall(b'ping'); server.settimeout(10)
          assert server.recv(4) == b'ping'
          server.sendall(b'pong')
          assert client.recv(4) == b'pong'
      def error(call):
          try: return repr(call())
          except OSError as e: return errno.errorcode[e.errno]
      def stuck(listener, count):
          pairs = [pair(listener) for i in range(count)]
          for client, server in pairs: client.close()
          for client, server in pairs: until(lambda: state(server) == 'CLOSE_WAIT')
          return [server for client, server in pairs]
      """;

  @AutoClose private final Namespace namespace = Namespace.create();

  private PythonPeer peer;

  @BeforeEach
  void serve() {
    peer = namespace.peer();
    peer.run(SERVER + "listener = listen('127.0.0.1', 3001)\nliving = pair(listener)");
  }

  private Run drop(String... options) {
    return drop(UserAccount.ROOT, options);
  }

  private Run drop(UserAccount account, String... options) {
    List<String> command = new ArrayList<>(namespace.prefix(account));
    command.addAll(ProgramJar.command("drop", "3001"));
    command.addAll(List.of(options));
    return Run.of(command);
  }

  /** The living connection carries data, and the listener takes new ones. */
  private void everybodyElseGoesOn() {
    peer.run("alive(*living); alive(*pair(listener))");
  }

  @Test
  void whatIsStuckGoesAndEverybodyElseGoesOn() {
    peer.run("servers = stuck(listener, 3)");

    Run run = drop("--yes");

    assertThat(run.complaints()).isEmpty();
    assertThat(run.code()).isZero();
    assertThat(run.out().lines().toList())
        .satisfiesExactly(
            line -> assertThat(line).isEqualTo("dropped: 3 connections"),
            line ->
                assertThat(line)
                    .startsWith("Note: the owner's next write on a dropped connection fails"));
    everybodyElseGoesOn();
    Run again = drop("--yes");
    assertThat(again.code()).isEqualTo(1);
    assertThat(again.out()).isEqualTo("No TCP connection on port 3001 is in CLOSE_WAIT.\n");
  }

  /** What the note says of the owner. */
  @Test
  void theOwnerKeepsItsDescriptorsAndCannotWrite() {
    peer.run("servers = stuck(listener, 2); before = len(os.listdir('/proc/self/fd'))");

    assertThat(drop("--yes").code()).isZero();

    assertThat(peer.run("answer = len(os.listdir('/proc/self/fd')) == before")).isEqualTo("True");
    assertThat(peer.run("answer = error(lambda: servers[0].recv(1))")).isEqualTo("b''");
    assertThat(peer.run("answer = error(lambda: servers[1].send(b'x'))")).isEqualTo("ECONNABORTED");
  }

  @Test
  void bothEndsOfAnOpenOneNotice() {
    String port = peer.run("victim = pair(listener); answer = victim[0].getsockname()[1]");

    Run run = drop("--yes", "--state", "established", "--remote", "127.0.0.1:" + port);

    assertThat(run.out()).startsWith("dropped: 1 connection\n");
    assertThat(peer.run("answer = error(lambda: victim[0].recv(1))")).isEqualTo("ECONNRESET");
    assertThat(peer.run("answer = error(lambda: victim[1].recv(1))")).isEqualTo("ECONNABORTED");
    everybodyElseGoesOn();
  }

  @ParameterizedTest
  @CsvSource({"::1, ::1, ::1", "::, 127.0.0.1, 127.0.0.1", "::, 127.0.0.1, ::ffff:127.0.0.1"})
  void thoseOfIpv6AndMappedOnes(String listens, String connects, String remote) {
    peer.run(
        """
        listener = listen('%s', 3002, family=AF_INET6, v6only=0)
        def new():
            client = connect('%s', 3002, AF_INET6 if ':' in '%2$s' else AF_INET)
            return client, accept(listener)
        living, victim = new(), new()
        victim[0].close()
        until(lambda: state(victim[1]) == 'CLOSE_WAIT')
        """
            .formatted(listens, connects));
    List<String> command = new ArrayList<>(namespace.prefix(UserAccount.ROOT));
    command.addAll(ProgramJar.command("drop", "3002", "--yes", "--remote", remote));

    assertThat(Run.of(command).out()).startsWith("dropped: 1 connection\n");
    peer.run("alive(*living); alive(*new())");
    assertThat(peer.run("answer = error(lambda: victim[1].send(b'x'))")).isEqualTo("ECONNABORTED");
  }

  /** Each of them with no owner any more but the last. */
  @ParameterizedTest
  @ValueSource(strings = {"TIME_WAIT", "FIN_WAIT_2", "FIN_WAIT_1", "SYN_RECEIVED", "LAST_ACK"})
  void thoseThatOnlyTheKernelKeeps(String state) {
    peer.run(
        switch (state) {
          case "TIME_WAIT" -> "c, s = pair(listener); s.close(); c.close()";
          case "FIN_WAIT_2" -> "c, s = pair(listener); s.close()";
          default -> "c, s = pair(listener)";
        });
    if (state.equals("LAST_ACK")) {
      peer.run("c.close(); until(lambda: globals()['state'](s) == 'CLOSE_WAIT')");
    }
    if (state.equals("SYN_RECEIVED")) {
      namespace.lose("tcp sport 3001 ip daddr 127.0.0.9");
      peer.run(
          """
          half = bound('127.0.0.9', 0); half.setblocking(False)
          half.connect_ex(('127.0.0.1', 3001))
          until(lambda: any(line.split()[3] == '03' for line in open('/proc/net/tcp')))
          half.close()  # Or it would ask again once its request is dropped.
          """);
    }
    if (state.equals("FIN_WAIT_1") || state.equals("LAST_ACK")) {
      namespace.lose("tcp dport 3001");
      peer.run("s.close()");
    }

    Run run = drop("--yes", "--json", "--state", state.replace("RECEIVED", "RECV"));

    assertThat(run.complaints()).isEmpty();
    assertThat(run.out())
        .contains("\"outcome\":\"dropped\"", "\"state\":\"")
        .containsOnlyOnce("\"outcome\"");
    assertThat(run.code()).isZero();
    assertThat(drop("--dry-run", "--state", state.replace("RECEIVED", "RECV")).code()).isEqualTo(1);
  }

  @Test
  void aThousandAtOnce() {
    peer.run(
        """
        resource.setrlimit(resource.RLIMIT_NOFILE, (4096, 4096))
        servers = stuck(listener, 1000)
        """);

    assertThat(drop("--yes").out()).startsWith("dropped: 1,000 connections\n");
    everybodyElseGoesOn();
  }

  @Test
  void whoMayNotIsToldSoOnceAndDropsNothing() {
    peer.run("servers = stuck(listener, 3)");

    Run run = drop(UserAccount.NOBODY, "--yes");

    assertThat(run.code()).isEqualTo(3);
    assertThat(run.out()).isEmpty();
    assertThat(run.complaints())
        .containsExactly(
            "tcptable: 3 connections not dropped: dropping a connection: sock_diag failed with"
                + " EPERM: this user may not; it takes root or CAP_NET_ADMIN");
    assertThat(drop("--dry-run").out()).startsWith("This would drop 3 connections:\n");
  }

  @Test
  void plainJavaSaysThatItCannot() {
    peer.run("servers = stuck(listener, 1)");

    Run run = drop("--yes", "--binding", "java");

    assertThat(run.code()).isEqualTo(3);
    assertThat(run.complaints())
        .singleElement()
        .asString()
        .contains(
            "it takes netlink, which is not in use (needs a binding that makes native calls)");
  }

  @Test
  void aListenerIsNeverDropped() {
    Run run = drop("--yes", "--state", "listen,close_wait");

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("drop never touches a listener");
    everybodyElseGoesOn();
  }
}
