// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import static io.tcptable.diagnose.SceneSocket.listener;
import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.TcpState;
import io.tcptable.diagnose.Finding.Confidence;
import io.tcptable.health.HealthResult.Outcome;
import io.tcptable.process.ProcessStatus.State;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SilentClientsTest {

  private final SceneProcess server = new SceneProcess(100);

  @Test
  void namesTheOneClientThatAServerOfOneThreadWaitsFor() {
    Scene scene = hanging(accepted(50_000).silent()).caller(50_000, "browser(300)");
    Finding finding = scene.finding(FindingCode.SILENT_CLIENTS);
    assertThat(finding.confidence()).isEqualTo(Confidence.LIKELY);
    assertThat(finding.seen())
        .isEqualTo("its only accepted connection is silent: 127.0.0.1:50000 of browser(300)");
    assertThat(scene.judgement().headline())
        .startsWith("Port 3001 hangs: it waits for a client that sends nothing, ");
    assertThat(finding.meaning())
        .isEqualTo(
            "The server waits for this client, which has sent nothing for at least 1m00s, and serves"
                + " 1 other connection only afterwards. Browsers open such connections in advance.");
  }

  @Test
  void countsThoseThatTakeAllWorkers() {
    Scene scene =
        hanging(
            accepted(50_001).silent(),
            accepted(50_002).silent(),
            accepted(50_003).asked(Duration.ofSeconds(20)));
    Finding finding = scene.finding(FindingCode.SILENT_CLIENTS);
    assertThat(finding.seen())
        .isEqualTo(
            "all its 3 accepted connections are silent: 127.0.0.1:50001, 127.0.0.1:50002,"
                + " 127.0.0.1:50003");
    assertThat(finding.confidence()).isEqualTo(Confidence.POSSIBLE);
  }

  @Test
  void isNotTheCauseIfARequestIsBeingServed() {
    assertThat(
            hanging(accepted(50_001).silent(), accepted(50_002).asked(Duration.ofSeconds(60)))
                .codes())
        .doesNotContain(FindingCode.SILENT_CLIENTS);
  }

  @Test
  void isNotTheCauseIfTheServerSleepsOrComputes() {
    for (ThreadEvidence thread :
        new ThreadEvidence[] {
          SceneThread.waiting(100, State.SLEEPING, "hrtimer_nanosleep"),
          SceneThread.running(100, Duration.ofMillis(300), Duration.ZERO),
          SceneThread.waiting(100, State.BLOCKED, "wait_woken")
        }) {
      assertThat(hanging(thread, accepted(50_000).silent()).codes())
          .doesNotContain(FindingCode.SILENT_CLIENTS);
    }
  }

  /** As node waits in a lock: the thread for events is another one. */
  @Test
  void isNotTheCauseIfTheFirstThreadWaitsForALock() {
    Scene scene =
        hanging(
                SceneThread.waiting(100, State.SLEEPING, "futex_do_wait"),
                accepted(50_000).silent())
            .with(server, SceneThread.waiting(101, State.SLEEPING, "do_epoll_wait"));
    assertThat(scene.codes()).doesNotContain(FindingCode.SILENT_CLIENTS);
    scene.with(server, SceneThread.waiting(102, State.SLEEPING, "wait_woken"));
    assertThat(scene.codes()).contains(FindingCode.SILENT_CLIENTS);
  }

  @Test
  void isNoFaultOfAServerThatAnswers() {
    assertThat(new Scene().with(server).with(listener(server), accepted(50_000).silent()).codes())
        .isEmpty();
  }

  private SceneSocket accepted(int client) {
    return SceneSocket.of(TcpState.ESTABLISHED, server).from(client);
  }

  private Scene hanging(SceneSocket... accepted) {
    return hanging(SceneThread.waiting(100, State.SLEEPING, "wait_woken"), accepted);
  }

  private Scene hanging(ThreadEvidence thread, SceneSocket... accepted) {
    return new Scene()
        .with(server)
        .with(server, thread)
        .with(listener(server).queue(1, 128))
        .with(SceneSocket.waiting())
        .with(accepted)
        .health(Outcome.NO_RESPONSE);
  }
}
