// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import static io.tcptable.diagnose.SceneSocket.listener;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OtherNamespaceTest {

  private final SceneProcess server = new SceneProcess(100);

  private Scene scene() {
    return new Scene().with(server).with(listener(server));
  }

  @Test
  void saysWhichOne() {
    server.pidNamespace(7);
    assertThat(scene().codes()).containsExactly(FindingCode.OTHER_NAMESPACE);
    assertThat(scene().finding(FindingCode.OTHER_NAMESPACE).seen())
        .isEqualTo("python3(100) runs in another PID namespace");
  }
}
