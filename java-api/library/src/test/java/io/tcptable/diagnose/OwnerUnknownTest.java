// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import static io.tcptable.diagnose.SceneSocket.listener;
import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.Advice;
import io.tcptable.InheritedSocket;
import io.tcptable.TcpState;
import io.tcptable.diagnose.Finding.Severity;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OwnerUnknownTest {

  private final SceneProcess server = new SceneProcess(100);

  private Scene scene() {
    return new Scene().with(server).with(listener(server));
  }

  @Test
  void isAFindingButNoFaultOfTheServer() {
    Scene scene = new Scene().with(listener().ownerUnknown()).unreadable(12);
    assertThat(scene.codes()).containsExactly(FindingCode.OWNER_UNKNOWN);
    Finding finding = scene.finding(FindingCode.OWNER_UNKNOWN);
    assertThat(finding.severity()).isEqualTo(Severity.WARNING);
    assertThat(finding.meaning())
        .isEqualTo("This user may not inspect 12 processes, so the owners are incomplete.");
    assertThat(finding.advice())
        .containsExactly(
            new Advice.Diagnose(3001, Advice.Diagnose.How.AS_SUPERUSER, Optional.empty()));
    assertThat(scene.verdict()).isEqualTo(Verdict.HEALTHY);
  }

  @Test
  void toRootIsBlockedByASecurityModule() {
    Scene scene =
        new Scene()
            .seenBy(new SceneProcess(99).as("root"))
            .with(listener().ownerUnknown())
            .unreadable(1);
    assertThat(scene.finding(FindingCode.OWNER_UNKNOWN).meaning())
        .isEqualTo(
            "Not even root may inspect 1 process. The kernel itself"
                + " may also hold it, as for its NFS server, for io_uring, or while it is sent over"
                + " a unix socket.");
  }

  @Test
  void ofAListenerThatOutlivedItsProcess() {
    Scene scene =
        new Scene().onWindows().with(listener().openedBy(new InheritedSocket(404, List.of())));
    Finding finding = scene.finding(FindingCode.OWNER_UNKNOWN);
    assertThat(finding.meaning())
        .startsWith("PID 404 opened it and has exited, but a process that")
        .contains("orphaned listener");
    assertThat(finding.evidence()).containsEntry("endedPid", 404L);
    assertThat(finding.advice())
        .containsExactly(
            new Advice.Hint("Search for the handle with Process Explorer, or restart Windows."));
  }

  @Test
  void forAMomentIsNoFinding() {
    Scene scene =
        scene().with(SceneSocket.of(TcpState.ESTABLISHED).ownerUnknown().isNew()).unreadable(1);
    assertThat(scene.codes()).isEmpty();
  }
}
