// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import static io.tcptable.diagnose.SceneSocket.listener;
import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.Advice;
import io.tcptable.Endpoint;
import io.tcptable.OsProcess;
import io.tcptable.diagnose.Finding.Confidence;
import io.tcptable.diagnose.Finding.Severity;
import io.tcptable.health.HealthResult.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import servers.Loopback;

class WaitsForServerTest {

  private final SceneProcess proxy = new SceneProcess(100).runs("/usr/sbin/nginx");
  private final OsProcess other = OsProcess.of(ProcessHandle.current().pid()).orElseThrow();

  private Scene scene(Outcome outcome) {
    return new Scene().with(proxy).with(listener(proxy)).health(outcome);
  }

  private OutgoingWait wait(int port, boolean isNew, List<OsProcess> owners, boolean areStopped) {
    return new OutgoingWait(
        Endpoint.of(Loopback.V4, port),
        Set.of(100L),
        3,
        Duration.ofMillis(900),
        isNew,
        false,
        owners,
        areStopped);
  }

  @Test
  void namesTheOtherServerAndBlamesItAlone() {
    Scene scene = scene(Outcome.NO_RESPONSE).outgoing(wait(4000, true, List.of(other), true));
    Finding finding = scene.finding(FindingCode.WAITS_FOR_SERVER);
    assertThat(scene.faults())
        .containsExactly(FindingCode.WAITS_FOR_SERVER, FindingCode.HEALTH_NO_RESPONSE);
    assertThat(finding.severity()).isEqualTo(Severity.CRITICAL);
    assertThat(finding.pids()).containsExactly(100L);
    assertThat(finding.seen())
        .isEqualTo("3 requests to 127.0.0.1:4000, " + other + ", without an answer for 900ms");
    assertThat(finding.meaning()).contains("The other one is stopped.");
    assertThat(finding.advice())
        .containsExactly(new Advice.Diagnose(4000, Advice.Diagnose.How.AGAIN, Optional.empty()));
    assertThat(scene.finding(FindingCode.HEALTH_NO_RESPONSE).advice()).isEmpty();
    assertThat(scene.judgement().headline())
        .isEqualTo(
            "Port 3001 hangs: it waits for 127.0.0.1:4000 and the health check gets no answer.");
  }

  @Test
  void anotherMachineIsToBeLookedAtThere() {
    Finding finding =
        scene(Outcome.NO_RESPONSE)
            .outgoing(wait(4000, true, List.of(), false))
            .finding(FindingCode.WAITS_FOR_SERVER);
    assertThat(finding.advice())
        .containsExactly(new Advice.Hint("Look at 127.0.0.1:4000 on its own machine."));
  }

  @Test
  void aRequestThatIsOlderIsOnlyPossible() {
    Scene scene = scene(Outcome.NO_RESPONSE).outgoing(wait(4000, false, List.of(other), false));
    Finding finding = scene.finding(FindingCode.WAITS_FOR_SERVER);
    assertThat(finding.severity()).isEqualTo(Severity.WARNING);
    assertThat(finding.confidence()).isEqualTo(Confidence.POSSIBLE);
    assertThat(scene.finding(FindingCode.HEALTH_NO_RESPONSE).advice())
        .anyMatch(Advice.RestartAsItWas.class::isInstance);
  }

  @Test
  void aServerMayWaitForItself() {
    Scene scene = scene(Outcome.NO_RESPONSE).outgoing(wait(3001, true, List.of(other), false));
    Finding finding = scene.finding(FindingCode.WAITS_FOR_SERVER);
    assertThat(finding.cause()).isEqualTo("it waits for itself");
    assertThat(finding.meaning()).endsWith("It waits for itself.");
    assertThat(scene.finding(FindingCode.HEALTH_NO_RESPONSE).advice())
        .anyMatch(Advice.RestartAsItWas.class::isInstance);
  }

  /** As a proxy does, after its own time is over. */
  @Test
  void aServerThatAnswersInPlaceOfAnotherIsNotTheOneToBlame() {
    Scene scene =
        new Scene()
            .with(proxy)
            .with(listener(proxy))
            .health(Loopback.V4, Outcome.WRONG_STATUS, 504)
            .outgoing(wait(4000, true, List.of(other), true));
    assertThat(scene.faults())
        .containsExactly(FindingCode.WAITS_FOR_SERVER, FindingCode.HEALTH_WRONG_STATUS);
    assertThat(scene.finding(FindingCode.HEALTH_WRONG_STATUS).meaning())
        .contains("the server behind it does not answer in time");
    assertThat(scene.finding(FindingCode.HEALTH_WRONG_STATUS).advice()).isEmpty();
    Scene missing = scene(Outcome.HEALTHY).health(Loopback.V4, Outcome.WRONG_STATUS, 500);
    assertThat(missing.outgoing(wait(4000, true, List.of(other), true)).faults())
        .containsExactly(FindingCode.HEALTH_WRONG_STATUS);
  }

  @Test
  void aHealthyServerMayWaitForWhatItLikes() {
    assertThat(scene(Outcome.HEALTHY).outgoing(wait(4000, true, List.of(), false)).codes())
        .isEmpty();
  }
}
