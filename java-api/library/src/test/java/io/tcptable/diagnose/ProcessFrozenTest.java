// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import static io.tcptable.diagnose.SceneSocket.listener;
import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.Advice;
import io.tcptable.diagnose.Finding.Severity;
import io.tcptable.health.HealthResult.Outcome;
import io.tcptable.process.ProcessStatus.State;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ProcessFrozenTest {

  private static final Path VERSION_1 = Path.of("/sys/fs/cgroup/freezer/web/freezer.state");
  private static final Path VERSION_2 =
      Path.of("/sys/fs/cgroup/system.slice/web.service/cgroup.freeze");

  /** Version 1 shows it as a wait for a disk, from which it differs in the way out. */
  @Test
  void isThawedAndNotRestarted() {
    SceneProcess server = new SceneProcess(100).is(State.BLOCKED).frozenBy(VERSION_1);
    Scene scene = hanging(server);
    assertThat(scene.faults())
        .containsExactly(
            FindingCode.PROCESS_FROZEN, FindingCode.NOT_ACCEPTING, FindingCode.HEALTH_NO_RESPONSE);
    assertThat(scene.finding(FindingCode.PROCESS_FROZEN).seen())
        .isEqualTo("the control group of python3(100) is frozen by " + VERSION_1);
    assertThat(scene.findings())
        .filteredOn(Finding::isFault)
        .allSatisfy(
            finding ->
                assertThat(finding.advice())
                    .containsExactly(new Advice.Command("echo THAWED | sudo tee " + VERSION_1)));
  }

  @Test
  void isThawedByWhoHasFrozenIt() {
    assertThat(thaw(new SceneProcess(100).frozenBy(VERSION_2).service("web.service")))
        .isEqualTo("systemctl thaw web.service");
    assertThat(thaw(new SceneProcess(100).frozenBy(VERSION_2).service("other.service")))
        .isEqualTo("echo 0 | sudo tee " + VERSION_2);
    String id = "5f3c".repeat(16);
    assertThat(thaw(new SceneProcess(100).as("root").frozenBy(VERSION_1).container("docker " + id)))
        .isEqualTo("docker unpause 5f3c5f3c5f3c");
  }

  @Test
  void isAWarningWhileOthersServe() {
    Scene scene = new Scene();
    SceneProcess server = new SceneProcess(100).frozenBy(VERSION_2);
    assertThat(scene.with(server).with(listener(server)).finding(FindingCode.PROCESS_FROZEN))
        .extracting(Finding::severity)
        .isEqualTo(Severity.WARNING);
  }

  private static String thaw(SceneProcess server) {
    return hanging(server).finding(FindingCode.PROCESS_FROZEN).advice().get(0).text();
  }

  private static Scene hanging(SceneProcess server) {
    return new Scene()
        .with(server)
        .with(listener(server).queue(1, 128))
        .with(SceneSocket.waiting())
        .health(Outcome.NO_RESPONSE);
  }
}
