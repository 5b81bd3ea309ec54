// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import static io.tcptable.diagnose.SceneSocket.listener;
import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.Advice;
import io.tcptable.diagnose.Finding.Confidence;
import io.tcptable.health.HealthResult.Outcome;
import io.tcptable.process.ProcessStatus.State;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ProcessBlockedTest {

  private final SceneProcess server = new SceneProcess(100);

  private Scene scene() {
    return new Scene().with(server).with(listener(server));
  }

  @Test
  void isAWaitThatBothSamplesSaw() {
    server.is(State.BLOCKED);
    assertThat(scene().faults()).containsExactly(FindingCode.PROCESS_BLOCKED);
    Finding finding = scene().finding(FindingCode.PROCESS_BLOCKED);
    assertThat(finding.confidence()).isEqualTo(Confidence.LIKELY);
    assertThat(finding.advice()).containsExactly(new Advice.Command("sudo cat /proc/100/stack"));
  }

  /** Whatever its main thread does. */
  @ParameterizedTest
  @EnumSource(
      value = State.class,
      names = {"SLEEPING", "RUNNING", "BLOCKED"})
  void isOneThatKeepsItsMemoryMappingsLocked(State state) {
    server.is(state).unanswered(Duration.ofMillis(500));
    assertThat(scene().faults()).containsExactly(FindingCode.PROCESS_BLOCKED);
    Finding finding = scene().finding(FindingCode.PROCESS_BLOCKED);
    assertThat(finding.seen())
        .isEqualTo(
            "python3(100) keeps its memory mappings locked: the kernel did not show its command"
                + " line within 500ms");
    assertThat(finding.evidence()).containsEntry("unansweredMillis", 500L);
  }

  @Test
  void isNotAShortWaitForADisk() {
    server.is(State.BLOCKED).was(State.RUNNING);
    assertThat(scene().codes()).isEmpty();
  }

  @Test
  void ofOtherThreadsIsAFaultOnlyIfTheServerDoesNotAnswer() {
    SceneProcess server = new SceneProcess(100);
    Scene serving = new Scene().with(server).with(SceneSocket.listener(server));
    serving.with(server, SceneThread.waiting(103, State.BLOCKED, "nfs_wait_bit_killable"));
    assertThat(serving.codes()).isEmpty();
    Scene hanging = new Scene().with(server).with(SceneSocket.listener(server));
    hanging
        .with(server, SceneThread.waiting(100, State.SLEEPING, "futex_do_wait"))
        .with(server, SceneThread.waiting(103, State.BLOCKED, "nfs_wait_bit_killable"))
        .health(Outcome.NO_RESPONSE);
    assertThat(hanging.finding(FindingCode.PROCESS_BLOCKED).seen())
        .isEqualTo(
            "1 of 2 threads of python3(100) waits inside the kernel in nfs_wait_bit_killable, such"
                + " as worker(103)");
  }
}
