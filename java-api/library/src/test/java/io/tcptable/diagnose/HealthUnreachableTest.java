// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import static io.tcptable.diagnose.SceneSocket.listener;
import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.diagnose.Finding.Severity;
import io.tcptable.health.HealthResult.Outcome;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HealthUnreachableTest {

  private final SceneProcess server = new SceneProcess(100);

  private Scene scene() {
    return new Scene().with(server).with(listener(server));
  }

  @Test
  void isTheOnlyFault() {
    Scene scene = scene().health(Outcome.UNREACHABLE);
    assertThat(scene.faults()).containsExactly(FindingCode.HEALTH_UNREACHABLE);
    assertThat(scene.finding(FindingCode.HEALTH_UNREACHABLE).severity())
        .isEqualTo(Severity.CRITICAL);
    assertThat(scene.verdict()).isEqualTo(Verdict.UNKNOWN);
  }

  @Test
  void saysWhatItMeans() {
    assertThat(
            scene().health(Outcome.UNREACHABLE).finding(FindingCode.HEALTH_UNREACHABLE).meaning())
        .isEqualTo("There is no route to this address from here.");
  }

  @Test
  void forWantOfALocalPortSaysNothingAboutTheServer() {
    Scene scene = scene().health(Outcome.NO_LOCAL_PORT);
    assertThat(scene.finding(FindingCode.HEALTH_UNREACHABLE).meaning())
        .isEqualTo(
            "No local port was free for the health check. This says nothing about the server.");
    assertThat(scene.verdict()).isEqualTo(Verdict.UNKNOWN);
  }

  @Test
  void namesWhoHasTheLocalPorts() {
    SceneProcess server = new SceneProcess(100);
    Finding finding =
        new Scene()
            .with(server)
            .with(SceneSocket.listener(server))
            .in(
                new SceneSurroundings()
                    .listenedBefore(100)
                    .localPorts(Map.of("hog(300)", 40, "web(200)", 2)))
            .health(Outcome.NO_LOCAL_PORT)
            .finding(FindingCode.HEALTH_UNREACHABLE);
    assertThat(finding.meaning())
        .endsWith("hog(300) has 40 local ports, more than any other process.");
    assertThat(finding.evidence()).containsEntry("portsHeld", 40L);
  }
}
