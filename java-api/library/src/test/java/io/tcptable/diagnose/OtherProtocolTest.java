// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import static io.tcptable.diagnose.SceneSocket.listener;
import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.Advice;
import io.tcptable.TcpState;
import io.tcptable.diagnose.Finding.Severity;
import io.tcptable.health.HealthResult.Outcome;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OtherProtocolTest {

  private final SceneProcess redis = new SceneProcess(100).runs("/usr/bin/redis-server");

  private static final Advice TCP =
      new Advice.Diagnose(
          3001, Advice.Diagnose.How.OTHER_HEALTH, Optional.of("tcp://localhost:3001"));

  private Scene scene(SceneProcess server) {
    return new Scene().with(server).with(listener(server)).assumed();
  }

  @Test
  void aKnownProgramThatClosesIsHealthy() {
    Scene scene = scene(redis).health(Outcome.CLOSED);
    assertThat(scene.codes()).containsExactly(FindingCode.OTHER_PROTOCOL);
    Finding finding = scene.finding(FindingCode.OTHER_PROTOCOL);
    assertThat(finding.severity()).isEqualTo(Severity.INFO);
    assertThat(finding.seen()).isEqualTo("redis-server(100) speaks Redis, not HTTP");
    assertThat(finding.evidence()).containsEntry("protocol", "Redis");
    assertThat(finding.advice()).containsExactly(TCP);
    assertThat(scene.judgement())
        .isEqualTo(
            new VerdictRule(
                Verdict.HEALTHY,
                "Port 3001 is healthy: redis-server(100) speaks Redis, not HTTP."));
  }

  @Test
  void anUnknownProgramThatClosesIsNotJudged() {
    Scene scene = scene(new SceneProcess(100)).health(Outcome.CLOSED);
    assertThat(scene.codes()).contains(FindingCode.HEALTH_CLOSED);
    assertThat(scene.codes()).doesNotContain(FindingCode.OTHER_PROTOCOL);
    assertThat(scene.finding(FindingCode.HEALTH_CLOSED).advice()).containsExactly(TCP);
    assertThat(scene.verdict()).isEqualTo(Verdict.UNKNOWN);
  }

  @Test
  void aNamedHealthCheckIsBelieved() {
    Scene scene = new Scene().with(redis).with(listener(redis)).health(Outcome.CLOSED);
    assertThat(scene.faults()).containsExactly(FindingCode.HEALTH_CLOSED);
    assertThat(scene.verdict()).isEqualTo(Verdict.DEGRADED);
  }

  @Test
  void aKnownProgramThatWaitsForMoreIsHealthy() {
    SceneProcess dns = new SceneProcess(100).runs("/usr/sbin/dnsmasq");
    Scene scene =
        scene(dns)
            .with(SceneSocket.of(TcpState.ESTABLISHED, dns).from(40_000).isNew())
            .health(Outcome.NO_RESPONSE);
    assertThat(scene.faults()).isEmpty();
    assertThat(scene.verdict()).isEqualTo(Verdict.HEALTHY);
  }

  @Test
  void aKnownProgramThatHasNotAcceptedHangs() {
    Scene scene =
        scene(redis).with(SceneSocket.waiting().from(40_000).isNew()).health(Outcome.NO_RESPONSE);
    assertThat(scene.faults())
        .containsExactly(FindingCode.NOT_ACCEPTING, FindingCode.HEALTH_NO_RESPONSE);
    assertThat(scene.verdict()).isEqualTo(Verdict.HANGING);
  }

  @Test
  void aCertainCauseIsNotUnknown() {
    SceneProcess node = new SceneProcess(100).descriptors(64, 64);
    Scene scene = scene(node).health(Outcome.CLOSED);
    assertThat(scene.faults())
        .containsExactly(FindingCode.DESCRIPTORS_EXHAUSTED, FindingCode.HEALTH_CLOSED);
    assertThat(scene.verdict()).isEqualTo(Verdict.DEGRADED);
  }
}
