// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import static io.tcptable.diagnose.SceneSocket.listener;
import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.Advice;
import io.tcptable.diagnose.Finding.Severity;
import org.junit.jupiter.api.Test;

class CrashLoopTest {

  private final SceneProcess server = new SceneProcess(100);

  private Scene scene(String names, boolean isAgain) {
    return new Scene()
        .with(server)
        .with(listener(server))
        .in(
            new SceneSurroundings()
                .listenedBefore(90)
                .generations(new Generations(names, isAgain)));
  }

  @Test
  void aServerThatIsAnotherOneAtEachLookIsNotHealthy() {
    Scene scene = scene("python3(90), then python3(100), then python3(110)", true);
    Finding finding = scene.finding(FindingCode.CRASH_LOOP);
    assertThat(finding.severity()).isEqualTo(Severity.CRITICAL);
    assertThat(finding.seen())
        .isEqualTo(
            "python3(90), then python3(100), then python3(110) listened, one after the other");
    assertThat(scene.verdict()).isEqualTo(Verdict.DEGRADED);
    assertThat(scene.judgement().headline())
        .isEqualTo("Port 3001 answers, but its server ends and is started again and again.");
  }

  /** Its own log is what its runtime keeps. */
  @Test
  void thatOfAContainerHasItsLog() {
    server.runs("/usr/bin/conmon").claims("/usr/bin/conmon", "-c", "5f3c".repeat(16), "-n", "web");
    assertThat(
            scene("conmon(90), then conmon(100), then nobody", true)
                .finding(FindingCode.CRASH_LOOP)
                .advice())
        .contains(new Advice.Command("podman logs web 2>&1 | cat -v"));
  }

  @Test
  void oneThatWasStartedAgainOnceIsNoFault() {
    Scene scene = scene("python3(90), then python3(100)", false);
    assertThat(scene.finding(FindingCode.CRASH_LOOP).severity()).isEqualTo(Severity.INFO);
    assertThat(scene.faults()).isEmpty();
    assertThat(scene.verdict()).isEqualTo(Verdict.HEALTHY);
  }
}
