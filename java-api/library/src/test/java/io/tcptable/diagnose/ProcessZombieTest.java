// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import static io.tcptable.diagnose.SceneSocket.listener;
import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.health.HealthResult.Outcome;
import io.tcptable.process.ProcessStatus.State;
import org.junit.jupiter.api.Test;

class ProcessZombieTest {

  private final SceneProcess server = new SceneProcess(100);

  private Scene scene() {
    return new Scene().with(server).with(listener(server));
  }

  @Test
  void isAFaultUnlessOtherThreadsServe() {
    server.is(State.ZOMBIE);
    assertThat(scene().codes()).containsExactly(FindingCode.PROCESS_ZOMBIE);
    assertThat(scene().faults()).isEmpty();
    Scene silent = scene().health(Outcome.NO_RESPONSE);
    assertThat(silent.faults())
        .containsExactly(FindingCode.PROCESS_ZOMBIE, FindingCode.HEALTH_NO_RESPONSE);
    assertThat(silent.judgement().headline()).contains("its main thread has exited");
  }
}
