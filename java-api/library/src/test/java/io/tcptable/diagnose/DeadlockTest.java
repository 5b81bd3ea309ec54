// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import static io.tcptable.diagnose.SceneSocket.listener;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DeadlockTest {

  private final SceneProcess server = new SceneProcess(100);

  private Scene scene() {
    return new Scene().with(server).with(listener(server));
  }

  private static final String DUMP =
      """
         java.lang.Thread.State: BLOCKED (on object monitor)
         java.lang.Thread.State: BLOCKED (on object monitor)
         java.lang.Thread.State: RUNNABLE
      Found one Java-level deadlock:
      =============================
      """;

  @Test
  void isReadFromAThreadDump() {
    Finding finding =
        scene().threads(new ThreadDump(100, DUMP, true)).finding(FindingCode.DEADLOCK);
    assertThat(finding.evidence()).containsEntry("BLOCKED", 2L).containsEntry("RUNNABLE", 1L);
    assertThat(finding.cause()).isEqualTo("its threads wait for each other");
  }

  @Test
  void isNotReadFromAnotherOne() {
    assertThat(scene().threads(new ThreadDump(100, "Found no deadlock", true)).codes()).isEmpty();
    assertThat(scene().threads(new ThreadDump(100, DUMP, false)).codes()).isEmpty();
  }
}
