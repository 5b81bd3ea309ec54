// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import static io.tcptable.diagnose.SceneSocket.listener;
import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.Advice;
import io.tcptable.TcpState;
import io.tcptable.diagnose.Finding.Confidence;
import io.tcptable.diagnose.Finding.Severity;
import io.tcptable.health.HealthResult.Outcome;
import io.tcptable.process.ProcessStatus.State;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HealthNoResponseTest {

  private final SceneProcess server = new SceneProcess(100);

  private Scene scene() {
    return new Scene().with(server).with(listener(server));
  }

  @Test
  void isTheOnlyFault() {
    Scene scene = scene().health(Outcome.NO_RESPONSE);
    assertThat(scene.faults()).containsExactly(FindingCode.HEALTH_NO_RESPONSE);
    assertThat(scene.finding(FindingCode.HEALTH_NO_RESPONSE).severity())
        .isEqualTo(Severity.CRITICAL);
    assertThat(scene.verdict()).isEqualTo(Verdict.HANGING);
  }

  @Test
  void isOnlyLikelyIfTheUrlWasAGuess() {
    Scene scene = scene().health(Outcome.NO_RESPONSE).assumed();
    Finding finding = scene.finding(FindingCode.HEALTH_NO_RESPONSE);
    assertThat(finding.confidence()).isEqualTo(Confidence.LIKELY);
    assertThat(finding.meaning()).contains("another protocol than HTTP");
    assertThat(finding.advice())
        .last()
        .isEqualTo(
            new Advice.Diagnose(
                3001, Advice.Diagnose.How.OTHER_HEALTH, Optional.of("tcp://localhost:3001")));
  }

  @Test
  void isCertainIfTheRequestIsNotEvenRead() {
    Scene scene =
        scene()
            .with(SceneSocket.of(TcpState.ESTABLISHED, server).from(40_000).queue(91, 0).isNew())
            .health(Outcome.NO_RESPONSE)
            .assumed();
    assertThat(scene.finding(FindingCode.HEALTH_NO_RESPONSE).confidence())
        .isEqualTo(Confidence.CERTAIN);
  }

  /**
   * Of several processes, it is not known which is stuck; a stopped one shows no more than that.
   */
  @Test
  void namesTheToolThatShowsWhereAServerOfOneProcessIs() {
    Advice stack = new Advice.Command("py-spy dump --pid 100");
    assertThat(scene().health(Outcome.NO_RESPONSE).finding(FindingCode.HEALTH_NO_RESPONSE).advice())
        .contains(stack);
    Scene two = new Scene().with(server).with(listener(server, new SceneProcess(101)));
    two.with(new SceneProcess(101)).health(Outcome.NO_RESPONSE);
    assertThat(two.finding(FindingCode.HEALTH_NO_RESPONSE).advice()).doesNotContain(stack);
    SceneProcess stopped = new SceneProcess(100).is(State.STOPPED);
    Scene still = new Scene().with(stopped).with(listener(stopped)).health(Outcome.NO_RESPONSE);
    assertThat(still.finding(FindingCode.HEALTH_NO_RESPONSE).advice()).doesNotContain(stack);
  }

  /** Its debugger is open to others from then on, so this is no command to paste. */
  @Test
  void tellsTheRiskOfTheOneOfNode() {
    SceneProcess node = new SceneProcess(100).runs("/usr/bin/node", "server.js");
    Scene scene = new Scene().with(node).with(listener(node)).health(Outcome.NO_RESPONSE);
    assertThat(scene.finding(FindingCode.HEALTH_NO_RESPONSE).advice())
        .contains(
            new Advice.Hint(
                "To see where it is, attach a debugger: node inspect -p 100. It opens port 9229 of"
                    + " localhost until the process ends, and every local user can then run code"
                    + " in it."));
  }
}
