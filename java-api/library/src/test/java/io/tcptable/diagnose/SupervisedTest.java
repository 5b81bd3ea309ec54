// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import static io.tcptable.diagnose.SceneSocket.listener;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SupervisedTest {

  private final SceneProcess server = new SceneProcess(100);

  private Scene scene() {
    return new Scene().with(server).with(listener(server));
  }


  @Test
  void namesTheCommandsOfTheSupervisor() {
    server.service("web.service");
    Finding finding = scene().finding(FindingCode.SUPERVISED);
    assertThat(finding.isFault()).isFalse();
    assertThat(finding.seen()).isEqualTo("python3(100) belongs to the service web.service");
    assertThat(finding.advice())
        .containsExactly(
            new Advice.Command("systemctl restart web.service"),
            new Advice.Command("systemctl status web.service"));
    assertThat(scene().verdict()).isEqualTo(Verdict.HEALTHY);
  }

  @Test
  void isNotTheServiceThatThisProcessRunsIn() {
    server.service("ci.service");
    Scene scene = scene().seenBy(new SceneProcess(99).service("ci.service"));
    assertThat(scene.codes()).isEmpty();
  }
}
