// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import static io.tcptable.diagnose.SceneSocket.listener;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OtherUserTest {

  private final SceneProcess server = new SceneProcess(100);

  private Scene scene() {
    return new Scene().with(server).with(listener(server));
  }

  @Test
  void isMentionedToThoseWhoAreNotRoot() {
    server.as("www");
    assertThat(scene().codes()).containsExactly(FindingCode.OTHER_USER);
    assertThat(scene().finding(FindingCode.OTHER_USER).seen())
        .isEqualTo("python3(100) runs as www, this process as web");
    assertThat(scene().seenBy(new SceneProcess(99).as("root")).codes()).isEmpty();
    assertThat(scene().seenBy(new SceneProcess(99).as("www")).codes()).isEmpty();
  }
}
