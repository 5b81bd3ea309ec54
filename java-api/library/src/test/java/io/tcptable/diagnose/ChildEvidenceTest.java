// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import static io.tcptable.diagnose.SceneSocket.listener;
import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.Advice;
import io.tcptable.OsProcess;
import io.tcptable.diagnose.Finding.Confidence;
import io.tcptable.diagnose.Finding.Severity;
import io.tcptable.health.HealthResult.Outcome;
import io.tcptable.internal.server.ProcessFamily;
import io.tcptable.process.ProcessStatus.State;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;
import servers.Children;

/** Workers that hold no socket of the port: their master hands them what comes. */
class ChildEvidenceTest {

  @RegisterExtension final Children children = new Children();

  private final SceneProcess master = new SceneProcess(100).runs("/usr/bin/node", "server.js");

  private Scene scene() {
    return new Scene().with(master).with(listener(master));
  }

  private static ChildEvidence worker(long pid, State state) {
    return new ChildEvidence(pid, "node", 100, true, state);
  }

  private static ChildEvidence helper(long pid, State state) {
    return new ChildEvidence(pid, "convert", 100, false, state);
  }

  @Test
  void stoppedWorkersAreTheCause() {
    Scene scene =
        scene()
            .with(worker(101, State.STOPPED), worker(102, State.STOPPED))
            .with(worker(103, State.SLEEPING))
            .health(Outcome.NO_RESPONSE);
    Finding finding = scene.finding(FindingCode.PROCESS_STOPPED);
    assertThat(finding.severity()).isEqualTo(Severity.CRITICAL);
    assertThat(finding.confidence()).isEqualTo(Confidence.LIKELY);
    assertThat(finding.pids()).containsExactly(101L, 102L);
    assertThat(finding.seen())
        .isEqualTo("node(101), node(102), which node(100) has started, are stopped");
    assertThat(finding.advice()).containsExactly(new Advice.Command("kill -CONT 101 102"));
    assertThat(scene.verdict()).isEqualTo(Verdict.HANGING);
    assertThat(scene.judgement().headline()).contains("its process is stopped");
  }

  @Test
  void aStoppedWorkerBesideOthersThatServeIsAWarning() {
    Finding finding = scene().with(worker(101, State.STOPPED)).finding(FindingCode.PROCESS_STOPPED);
    assertThat(finding.severity()).isEqualTo(Severity.WARNING);
    assertThat(finding.seen()).isEqualTo("node(101), which node(100) has started, is stopped");
  }

  @Test
  void aStoppedServerCannotWaitForThoseThatHaveEnded() {
    master.is(State.STOPPED);
    assertThat(scene().with(worker(101, State.ZOMBIE)).health(Outcome.NO_RESPONSE).faults())
        .containsExactly(FindingCode.PROCESS_STOPPED, FindingCode.HEALTH_NO_RESPONSE);
  }

  @Test
  void aHelperCountsOnlyWhereTheServerDoesNotAnswer() {
    assertThat(scene().with(helper(101, State.STOPPED)).faults()).isEmpty();
    Finding finding =
        scene()
            .with(helper(101, State.STOPPED))
            .health(Outcome.NO_RESPONSE)
            .finding(FindingCode.PROCESS_STOPPED);
    assertThat(finding.severity()).isEqualTo(Severity.WARNING);
    assertThat(finding.confidence()).isEqualTo(Confidence.POSSIBLE);
  }

  @Test
  void thoseThatWaitOrHaveEndedCountOnlyThereToo() {
    for (State state : List.of(State.BLOCKED, State.ZOMBIE)) {
      assertThat(scene().with(worker(101, state)).faults()).isEmpty();
    }
    Scene hanging =
        scene()
            .with(worker(101, State.BLOCKED), worker(102, State.ZOMBIE), worker(103, State.TRACED))
            .health(Outcome.NO_RESPONSE);
    assertThat(hanging.finding(FindingCode.PROCESS_BLOCKED).seen())
        .isEqualTo("node(101), which node(100) has started, waits inside the kernel");
    assertThat(hanging.finding(FindingCode.PROCESS_ZOMBIE).seen())
        .isEqualTo(
            "node(102), which node(100) has started, has ended, and it has not waited for it");
    assertThat(hanging.finding(FindingCode.PROCESS_TRACED).seen())
        .isEqualTo("node(103), which node(100) has started, is stopped by a debugger");
  }

  @Test
  void manyAreCounted() {
    ChildEvidence[] many = new ChildEvidence[12];
    for (int i = 0; i < many.length; i++) {
      many[i] = worker(101 + i, State.STOPPED);
    }
    assertThat(scene().with(many).finding(FindingCode.PROCESS_STOPPED).seen())
        .contains("node(110) and 2 more, which node(100) has started, are stopped");
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void areReadFromTheSystem() throws Exception {
    Process shell =
        children.launch("sh", "-c", "sh -c 'kill -STOP $$; :' & sleep 600 & echo ready; wait");
    assertThat(shell.inputReader().readLine()).isEqualTo("ready");
    OsProcess owner = OsProcess.of(shell.pid()).orElseThrow();
    Children.await(
        "one is stopped",
        () ->
            ChildEvidence.of(List.of(owner), ProcessFamily.read(), Set.of()).stream()
                .anyMatch(it -> it.isOfItsProgram() && it.state() == State.STOPPED));
    List<ChildEvidence> all = ChildEvidence.of(List.of(owner), ProcessFamily.read(), Set.of());
    assertThat(all).hasSize(2).allMatch(it -> it.origin() == shell.pid());
    assertThat(all).anyMatch(it -> it.name().equals("sleep") && !it.isOfItsProgram());
    assertThat(ChildEvidence.of(List.of(owner), ProcessFamily.read(), Set.of(all.get(0).pid())))
        .hasSize(1);
  }
}
