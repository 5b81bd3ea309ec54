// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import static io.tcptable.diagnose.SceneSocket.listener;
import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.Advice;
import io.tcptable.TcpState;
import io.tcptable.health.HealthResult.Outcome;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class InheritedListenerTest {

  private final SceneProcess server = new SceneProcess(100);
  private final SceneProcess editor = new SceneProcess(101).runs("/usr/bin/paint");

  private Scene scene() {
    return new Scene().with(server, editor).with(listener(server, editor));
  }

  @Test
  void theYoungerOfTwoProgramsHasInheritedIt() {
    Finding finding = scene().finding(FindingCode.INHERITED_LISTENER);
    assertThat(finding.isFault()).isFalse();
    assertThat(finding.pids()).containsExactly(101L);
    assertThat(finding.seen())
        .isEqualTo(
            "paint(101) shares the listener with python3(100), another program: it has inherited"
                + " the socket");
    assertThat(scene().codes()).doesNotContain(FindingCode.SHARED_LISTENER);
  }

  @Test
  void soHasAProgramThatNeverListens() {
    SceneProcess sleep = new SceneProcess(100).runs("/usr/bin/sleep", "300");
    Scene scene = new Scene().with(sleep).with(listener(sleep)).health(Outcome.NO_RESPONSE);
    assertThat(scene.finding(FindingCode.INHERITED_LISTENER).seen())
        .isEqualTo("sleep(100) runs sleep, which never listens: it has inherited the socket");
    assertThat(SuggestedCommands.restart(scene.evidence()))
        .containsExactly(new Advice.Restart(3001, List.of(), Optional.empty(), Optional.empty()));
  }

  @Test
  void oneWithAConnectionUsesIt() {
    Scene scene = scene().with(SceneSocket.of(TcpState.ESTABLISHED, editor));
    assertThat(scene.codes()).doesNotContain(FindingCode.INHERITED_LISTENER);
  }

  @Test
  void aChildOfTheServerIsItsWorker() {
    editor.startedBy(server);
    assertThat(scene().codes())
        .contains(FindingCode.SHARED_LISTENER)
        .doesNotContain(FindingCode.INHERITED_LISTENER);
  }
}
