// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import static io.tcptable.diagnose.SceneSocket.listener;
import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.ProcessStatus.State;
import io.tcptable.diagnose.Finding.Severity;
import io.tcptable.health.HealthResult.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProcessRulesTest {

  private final SceneProcess server = new SceneProcess(100);

  private Scene scene() {
    return new Scene().with(server).with(listener(server));
  }

  @Test
  void aStoppedOwnerComesFirst() {
    server.is(State.STOPPED);
    Scene scene = scene().health(Outcome.NO_RESPONSE);
    assertThat(scene.faults())
        .containsExactly(FindingCode.PROCESS_STOPPED, FindingCode.HEALTH_NO_RESPONSE);
    assertThat(scene.finding(FindingCode.PROCESS_STOPPED).advice())
        .extracting(Advice::text)
        .containsExactly("kill -CONT 100");
    assertThat(scene.judgement().headline())
        .isEqualTo("Port 3001 hangs: its process is stopped and the health check gets no answer.");
  }

  @Test
  void anOwnerAtABreakpointNamesItsDebugger() {
    server.is(State.TRACED).tracedBy(77);
    Finding finding = scene().finding(FindingCode.PROCESS_TRACED);
    assertThat(finding.seen()).contains("PID 77");
    assertThat(finding.evidence()).containsEntry("tracer", 77L);
  }

  @Test
  void anOwnerThatIsOnlyTracedIsNoFault() {
    server.tracedBy(77);
    assertThat(scene().codes()).isEmpty();
  }

  @Test
  void anOwnerBlockedTwiceIsAFault() {
    server.is(State.BLOCKED);
    assertThat(scene().faults()).containsExactly(FindingCode.PROCESS_BLOCKED);
  }

  @Test
  void anOwnerThatWaitsForADiskForAMomentIsNoFault() {
    server.is(State.BLOCKED).was(State.RUNNING);
    assertThat(scene().codes()).isEmpty();
  }

  @Test
  void aFirstThreadThatHasEndedIsAFaultUnlessOthersServe() {
    server.is(State.ZOMBIE);
    assertThat(scene().codes()).containsExactly(FindingCode.PROCESS_ZOMBIE);
    assertThat(scene().faults()).isEmpty();
    assertThat(scene().health(Outcome.NO_RESPONSE).faults())
        .containsExactly(FindingCode.PROCESS_ZOMBIE, FindingCode.HEALTH_NO_RESPONSE);
  }

  @ParameterizedTest
  @CsvSource({"1024, 1024, CRITICAL", "930, 1024, WARNING"})
  void descriptorsRunOut(long open, long limit, Severity severity) {
    server.descriptors(open, limit);
    Finding finding = scene().finding(FindingCode.DESCRIPTORS_EXHAUSTED);
    assertThat(finding.severity()).isEqualTo(severity);
    assertThat(finding.seen())
        .isEqualTo("python3(100) has " + open + " of " + limit + " descriptors open");
  }

  @Test
  void memoryRunsOut() {
    server.memory(950L << 20, 1000L << 20);
    Finding finding = scene().finding(FindingCode.MEMORY_LIMIT);
    assertThat(finding.seen())
        .isEqualTo("the control group of python3(100) uses 950.0 MiB of 1000.0 MiB");
    assertThat(finding.severity()).isEqualTo(Severity.WARNING);
  }

  @Test
  void anOwnerWithEnoughLeftIsNoFault() {
    server.descriptors(900, 1024).memory(800L << 20, 1000L << 20);
    assertThat(scene().codes()).isEmpty();
    server.descriptors(900, Long.MAX_VALUE);
    assertThat(scene().codes()).isEmpty();
  }

  @Test
  void aDeadlockIsFoundInAThreadDump() {
    String dump =
        """
           java.lang.Thread.State: BLOCKED (on object monitor)
           java.lang.Thread.State: BLOCKED (on object monitor)
           java.lang.Thread.State: RUNNABLE
        Found one Java-level deadlock:
        =============================
        """;
    Finding finding =
        scene().threads(new ThreadDump(100, dump, true)).finding(FindingCode.DEADLOCK);
    assertThat(finding.evidence()).containsEntry("BLOCKED", 2L).containsEntry("RUNNABLE", 1L);
    assertThat(scene().threads(new ThreadDump(100, "Found no deadlock", true)).codes()).isEmpty();
  }

  @Test
  void aFaultTellsWhereTheLogsAre() {
    server.descriptors(1024, 1024).writes("/var/log/web/err", "/var/log/web/access.log");
    assertThat(scene().finding(FindingCode.LOGS).advice())
        .extracting(Advice::text)
        .containsExactly("tail -n 50 /var/log/web/err", "tail -n 50 /var/log/web/access.log");
  }
}
