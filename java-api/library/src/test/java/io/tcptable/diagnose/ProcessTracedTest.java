// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import static io.tcptable.diagnose.SceneSocket.listener;
import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.process.ProcessStatus.State;
import org.junit.jupiter.api.Test;

class ProcessTracedTest {

  private final SceneProcess server = new SceneProcess(100);

  private Scene scene() {
    return new Scene().with(server).with(listener(server));
  }

  @Test
  void namesTheDebugger() {
    server.is(State.TRACED).tracedBy(77);
    Finding finding = scene().finding(FindingCode.PROCESS_TRACED);
    assertThat(finding.seen()).isEqualTo("python3(100) is stopped by a debugger (PID 77)");
    assertThat(finding.evidence()).containsEntry("tracer", 77L);
  }

  @Test
  void isNoFaultOfAnOwnerThatIsTracedAndRuns() {
    server.tracedBy(77);
    assertThat(scene().codes()).isEmpty();
  }
}
