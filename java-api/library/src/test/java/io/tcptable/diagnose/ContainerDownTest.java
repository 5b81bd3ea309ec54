// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.Advice;
import io.tcptable.diagnose.Finding.Severity;
import io.tcptable.health.HealthResult.Outcome;
import io.tcptable.internal.platform.PublishingContainer;
import io.tcptable.internal.platform.PublishingContainer.State;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class ContainerDownTest {

  private static Scene publishedBy(State state, boolean isOutOfMemory) {
    return new Scene()
        .in(
            new SceneSurroundings()
                .publishers(
                    new PublishingContainer(
                        "docker " + "5f3c".repeat(16),
                        Optional.of("web"),
                        state,
                        12,
                        state == State.RUNNING ? OptionalInt.empty() : OptionalInt.of(1),
                        isOutOfMemory)))
        .health(Outcome.REFUSED);
  }

  @Test
  void aPortWhoseContainerRestartsIsNotFree() {
    Scene scene = publishedBy(State.RESTARTING, false);
    Finding finding = scene.finding(FindingCode.CONTAINER_DOWN);
    assertThat(scene.verdict()).isEqualTo(Verdict.DOWN);
    assertThat(scene.judgement().headline())
        .startsWith("Port 3001 is down: the container web, which publishes it, is restarting");
    assertThat(finding.severity()).isEqualTo(Severity.CRITICAL);
    assertThat(finding.seen())
        .isEqualTo(
            "the container web publishes port 3001, and is restarting: it was started again 12"
                + " times; it last ended with exit code 1");
    assertThat(finding.advice()).contains(new Advice.Command("docker logs web 2>&1 | cat -v"));
  }

  @Test
  void aPortWhoseContainerHasEndedIsFree() {
    Scene scene = publishedBy(State.ENDED, true);
    Finding finding = scene.finding(FindingCode.CONTAINER_DOWN);
    assertThat(scene.verdict()).isEqualTo(Verdict.FREE);
    assertThat(finding.severity()).isEqualTo(Severity.WARNING);
    assertThat(finding.seen())
        .isEqualTo(
            "the container web publishes port 3001, and does not run; the system ended it for lack"
                + " of memory");
    assertThat(finding.advice())
        .containsExactly(
            new Advice.Command("docker logs web 2>&1 | cat -v"),
            new Advice.Command("docker start web"));
  }

  @Test
  void oneThatRunsIsNoReason() {
    assertThat(publishedBy(State.RUNNING, false).codes())
        .doesNotContain(FindingCode.CONTAINER_DOWN);
  }
}
