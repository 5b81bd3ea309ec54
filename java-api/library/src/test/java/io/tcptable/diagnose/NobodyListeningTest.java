// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.Advice;
import io.tcptable.TcpState;
import io.tcptable.diagnose.Finding.Severity;
import io.tcptable.health.HealthResult.Outcome;
import io.tcptable.internal.platform.BindTest;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import servers.Loopback;

class NobodyListeningTest {

  private static final BindTest FREE = new BindTest(Optional.empty(), Optional.empty(), false);

  private final SceneProcess server = new SceneProcess(100);

  private static Scene nobody() {
    return new Scene().health(Outcome.REFUSED).health(Loopback.V6, Outcome.REFUSED, 0);
  }

  @Test
  void theUdpPortIsAnotherOne() {
    Scene scene =
        new Scene().health(Outcome.REFUSED).in(new SceneSurroundings().udp("dnsmasq(53)"));
    Finding finding = scene.finding(FindingCode.NOBODY_LISTENING);
    assertThat(finding.seen())
        .isEqualTo("no listening socket; UDP port 3001 is bound by dnsmasq(53)");
    assertThat(scene.verdict()).isEqualTo(Verdict.FREE);
  }

  @Test
  void isFreeIfNobodyHoldsThePort() {
    Scene scene = nobody().bind(FREE);
    assertThat(scene.codes()).containsExactly(FindingCode.NOBODY_LISTENING);
    assertThat(scene.finding(FindingCode.NOBODY_LISTENING).advice())
        .containsExactly(new Advice.Start(3001));
    assertThat(scene.judgement())
        .isEqualTo(new VerdictRule(Verdict.FREE, "Port 3001 is free: nobody listens."));
  }

  @Test
  void isDownIfAServerHasLeftConnections() {
    Scene scene =
        nobody().bind(FREE).with(server).with(20, SceneSocket.of(TcpState.CLOSE_WAIT, server));
    assertThat(scene.faults())
        .containsExactly(FindingCode.NOBODY_LISTENING, FindingCode.CLOSE_WAIT_PILEUP);
    Finding finding = scene.finding(FindingCode.NOBODY_LISTENING);
    assertThat(finding.seen())
        .isEqualTo("no listening socket, but python3(100) holds other sockets of the port");
    assertThat(finding.advice()).containsExactly(new Advice.Free(3001));
    assertThat(scene.verdict()).isEqualTo(Verdict.DOWN);
  }

  @Test
  void isNotFreeIfItsHolderIsUnknown() {
    Scene scene =
        nobody()
            .bind(FREE)
            .unreadable(12)
            .with(SceneSocket.of(TcpState.ESTABLISHED).ownerUnknown());
    assertThat(scene.codes())
        .containsExactly(FindingCode.NOBODY_LISTENING, FindingCode.OWNER_UNKNOWN);
    assertThat(scene.verdict()).isEqualTo(Verdict.DOWN);
  }

  @Test
  void isNoFaultIfSomethingElseAnswers() {
    Scene scene = new Scene().health(Outcome.HEALTHY).bind(FREE);
    Finding finding = scene.finding(FindingCode.NOBODY_LISTENING);
    assertThat(finding.severity()).isEqualTo(Severity.INFO);
    assertThat(finding.advice()).contains(new Advice.Command("docker ps"));
    assertThat(scene.verdict()).isEqualTo(Verdict.HEALTHY);
  }

  @Test
  void isToldOfAServerInAnotherNetworkNamespace() {
    Scene scene =
        new Scene()
            .elsewhere(new ElsewhereListening(300, "node", Optional.of("docker 0123456789ab")))
            .health(Outcome.REFUSED);
    Finding finding = scene.finding(FindingCode.NOBODY_LISTENING);
    assertThat(finding.seen())
        .isEqualTo(
            "no listening socket here, but node(300) listens on port 3001 in another network"
                + " namespace, in the container docker 0123456789ab");
    assertThat(finding.pids()).containsExactly(300L);
    assertThat(finding.advice()).contains(new Advice.ListOfNamespace(3001, 300));
    assertThat(scene.verdict()).isEqualTo(Verdict.FREE);
  }

  @Test
  void aServerThatClosesItsListenerMeanwhileIsShuttingDown() {
    SceneProcess server = new SceneProcess(100);
    Scene scene =
        new Scene()
            .with(server)
            .with(SceneSocket.of(TcpState.ESTABLISHED, server).from(40_000).isNew())
            .in(new SceneSurroundings().listenedBefore(100))
            .health(Outcome.NO_RESPONSE);
    assertThat(scene.finding(FindingCode.NOBODY_LISTENING).seen())
        .isEqualTo("python3(100) has closed the listener within 1s, and still has 1 connection");
    assertThat(scene.verdict()).isEqualTo(Verdict.DOWN);
    assertThat(scene.judgement().headline())
        .isEqualTo("Port 3001 is down: its server is shutting down.");
  }
}
