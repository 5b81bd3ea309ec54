// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import static io.tcptable.diagnose.SceneSocket.listener;
import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.Advice;
import io.tcptable.diagnose.Finding.Severity;
import io.tcptable.health.HealthResult.Outcome;
import io.tcptable.process.ProcessStatus.State;
import org.junit.jupiter.api.Test;

class ProcessStoppedTest {

  private final SceneProcess server = new SceneProcess(100);

  private Scene scene() {
    return new Scene().with(server).with(listener(server));
  }

  @Test
  void comesBeforeItsEffects() {
    server.is(State.STOPPED);
    Scene scene = scene().health(Outcome.NO_RESPONSE);
    assertThat(scene.faults())
        .containsExactly(FindingCode.PROCESS_STOPPED, FindingCode.HEALTH_NO_RESPONSE);
    Finding finding = scene.finding(FindingCode.PROCESS_STOPPED);
    assertThat(finding.severity()).isEqualTo(Severity.CRITICAL);
    assertThat(finding.seen()).isEqualTo("python3(100) is stopped");
    assertThat(finding.evidence()).containsEntry("state", "STOPPED");
    assertThat(finding.advice()).containsExactly(new Advice.Command("kill -CONT 100"));
    assertThat(scene.judgement().headline())
        .isEqualTo("Port 3001 hangs: its process is stopped and the health check gets no answer.");
  }

  @Test
  void isAWarningWhileOtherThreadsServe() {
    server.is(State.STOPPED);
    assertThat(scene().finding(FindingCode.PROCESS_STOPPED).severity()).isEqualTo(Severity.WARNING);
  }

  @Test
  void severalAreOneFindingWithOneCommand() {
    server.is(State.STOPPED);
    SceneProcess worker = new SceneProcess(101).forkedBy(server).is(State.STOPPED);
    Scene scene =
        new Scene().with(server, worker).with(listener(server, worker)).health(Outcome.NO_RESPONSE);
    Finding finding = scene.finding(FindingCode.PROCESS_STOPPED);
    assertThat(scene.faults())
        .containsExactly(FindingCode.PROCESS_STOPPED, FindingCode.HEALTH_NO_RESPONSE);
    assertThat(finding.pids()).containsExactly(100L, 101L);
    assertThat(finding.seen()).isEqualTo("python3(100), python3(101) are stopped");
    assertThat(finding.cause()).isEqualTo("all 2 processes are stopped");
    assertThat(finding.meaning()).endsWith("no process serves them.");
    assertThat(finding.advice()).containsExactly(new Advice.Command("kill -CONT 100 101"));
  }

  @Test
  void oneWorkerOfSeveralIsNotTheServer() {
    SceneProcess worker = new SceneProcess(101).forkedBy(server).is(State.STOPPED);
    Scene scene = new Scene().with(server, worker).with(listener(server, worker));
    Finding finding = scene.finding(FindingCode.PROCESS_STOPPED);
    assertThat(finding.severity()).isEqualTo(Severity.WARNING);
    assertThat(finding.pids()).containsExactly(101L);
    assertThat(scene.judgement().headline())
        .isEqualTo("Port 3001 answers, but 1 of 2 processes is stopped.");
    assertThat(finding.meaning())
        .isEqualTo(
            "A signal (SIGSTOP, or Ctrl-Z in a terminal) has stopped it. Other processes still"
                + " serve requests. Connections that a stopped process has accepted get no"
                + " answer.");
  }

  @Test
  void doesNotSayThatNobodyServesIfOnlySomeAreStopped() {
    SceneProcess worker = new SceneProcess(101).forkedBy(server).is(State.STOPPED);
    Scene scene =
        new Scene().with(server, worker).with(listener(server, worker)).health(Outcome.NO_RESPONSE);
    assertThat(scene.finding(FindingCode.PROCESS_STOPPED).meaning())
        .isEqualTo(
            "A signal (SIGSTOP, or Ctrl-Z in a terminal) has stopped it. The health check was not"
                + " answered by the other processes either.");
  }
}
