// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import static io.tcptable.diagnose.SceneSocket.listener;
import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.TcpState;
import io.tcptable.TcpTimer;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class VerdictRuleTest {

  private final SceneProcess server = new SceneProcess(100);

  private Scene scene() {
    return new Scene().with(server).with(listener(server));
  }

  @Test
  void aHealthyServerHasNoFinding() {
    assertThat(scene().codes()).isEmpty();
    assertThat(scene().judgement())
        .isEqualTo(
            new VerdictRule(Verdict.HEALTHY, "Port 3001 is healthy: python3(100) it was HEALTHY."));
  }

  @Test
  void aBusyHealthyServerHasNoFault() {
    SceneSocket established = SceneSocket.of(TcpState.ESTABLISHED, server);
    Scene scene =
        scene()
            .with(4_800, established)
            .with(4, connection(TcpState.ESTABLISHED).queue(100, 0))
            .with(
                50, connection(TcpState.ESTABLISHED).queue(300, 0).silentFor(Duration.ofMillis(2)))
            .with(100, connection(TcpState.ESTABLISHED).queue(0, 9_000).before(0, 4_000))
            .with(
                20,
                connection(TcpState.ESTABLISHED).queue(0, 9_000).timer(TcpTimer.Kind.RETRANSMIT, 2))
            .with(3, connection(TcpState.CLOSE_WAIT))
            .with(150, SceneSocket.of(TcpState.FIN_WAIT_2))
            .with(40, SceneSocket.of(TcpState.LAST_ACK))
            .with(2_000, SceneSocket.of(TcpState.TIME_WAIT))
            .with(10, SceneSocket.of(TcpState.SYN_RECEIVED).isNew())
            .with(3, SceneSocket.waiting().isNew());
    assertThat(scene.codes()).isEmpty();
    assertThat(scene.verdict()).isEqualTo(Verdict.HEALTHY);
  }

  @Test
  void whoIsNotAskedIsNotCalledHealthy() {
    assertThat(scene().notAsked().judgement())
        .isEqualTo(
            new VerdictRule(
                Verdict.UNKNOWN,
                "Port 3001 was not asked: it is held by python3(100), and its sockets show nothing"
                    + " wrong."));
  }

  @Test
  void whatIsWrongIsToldWithoutAHealthCheckToo() {
    Scene leak = scene().notAsked().with(60, connection(TcpState.CLOSE_WAIT));
    assertThat(leak.judgement())
        .isEqualTo(
            new VerdictRule(
                Verdict.UNKNOWN, "Port 3001 was not asked, but 60 connections are not closed."));
    Scene stuck = scene().notAsked().with(2, SceneSocket.waiting());
    assertThat(stuck.verdict()).isEqualTo(Verdict.HANGING);
    Scene down = new Scene().notAsked().with(server).with(connection(TcpState.ESTABLISHED));
    assertThat(down.verdict()).isEqualTo(Verdict.DOWN);
  }

  private SceneSocket connection(TcpState state) {
    return SceneSocket.of(state, server);
  }
}
