// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import static io.tcptable.diagnose.SceneSocket.listener;
import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.Advice;
import io.tcptable.SocketKey;
import io.tcptable.diagnose.Finding.Severity;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import servers.Loopback;

class OutgoingCloseWaitTest {

  private final SceneProcess server = new SceneProcess(100);

  private Scene scene(int count) {
    return new Scene()
        .with(server)
        .with(listener(server))
        .in(
            new SceneSurroundings()
                .listenedBefore(100)
                .unclosed(new UnclosedOutgoing(count, Set.of(100L), "127.0.0.1:4000", 59)));
  }

  @Test
  void tellsWhoDoesNotCloseAndToWhom() {
    Scene scene = scene(61);
    Finding finding = scene.finding(FindingCode.OUTGOING_CLOSE_WAIT);
    assertThat(finding.severity()).isEqualTo(Severity.WARNING);
    assertThat(finding.seen())
        .isEqualTo(
            "61 outgoing connections of python3(100) in CLOSE_WAIT, 59 of them to 127.0.0.1:4000");
    assertThat(finding.meaning()).contains("does not reach them");
    assertThat(finding.advice()).contains(new Advice.ListOfProcess(100));
    assertThat(scene.judgement().headline())
        .isEqualTo(
            "Port 3001 answers, but 61 of its own connections to other servers are not closed.");
  }

  @Test
  void aPoolThatHasNotNoticedYetIsNoLeak() {
    assertThat(scene(49).codes()).isEmpty();
  }

  @Test
  void thoseOfThisVeryProcessAreSeen() throws Exception {
    List<Socket> clients = new ArrayList<>();
    try (ServerSocket other = new ServerSocket(0, 50, Loopback.V4)) {
      for (int i = 0; i < 3; i++) {
        Socket client = new Socket();
        clients.add(client);
        client.connect(new InetSocketAddress(Loopback.V4, other.getLocalPort()), 5000);
        other.accept().close();
      }
      Set<SocketKey> before = Set.of();
      for (int i = 0; i < 100 && before.size() < 3; i++) {
        Thread.sleep(20);
        before = UnclosedOutgoing.look();
      }
      long self = ProcessHandle.current().pid();
      UnclosedOutgoing now = UnclosedOutgoing.of(Set.of(self), before);
      assertThat(now.count()).isGreaterThanOrEqualTo(3);
      assertThat(now.pids()).containsExactly(self);
      assertThat(UnclosedOutgoing.of(Set.of(1L), before)).isEqualTo(UnclosedOutgoing.NONE);
      assertThat(UnclosedOutgoing.of(Set.of(self), Set.of())).isEqualTo(UnclosedOutgoing.NONE);
    } finally {
      for (Socket client : clients) {
        client.close();
      }
    }
  }
}
