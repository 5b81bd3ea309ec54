// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import static io.tcptable.diagnose.SceneSocket.listener;
import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.ProcessStatus.State;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EnvironmentRulesTest {

  private static final String CONTAINER =
      "docker 5f3c0a7be1d84c6f9a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d5e6f7081";

  private final SceneProcess server = new SceneProcess(100);

  private Scene scene() {
    return new Scene().with(server).with(listener(server));
  }

  @Test
  void aServiceIsStartedAnewByItsSupervisor() {
    server.service("web.service");
    Finding finding = scene().finding(FindingCode.SUPERVISED);
    assertThat(finding.isFault()).isFalse();
    assertThat(finding.advice())
        .extracting(Advice::text)
        .containsExactly("systemctl restart web.service", "systemctl status web.service");
    assertThat(scene().verdict()).isEqualTo(Verdict.HEALTHY);
  }

  @Test
  void aServiceIsRestartedByItsSupervisorInAllAdvice() {
    server.service("web.service").is(State.STOPPED);
    assertThat(SuggestedCommands.restart(scene().evidence()))
        .isEqualTo(new Advice.Command("systemctl restart web.service"));
    assertThat(scene().finding(FindingCode.LOGS).advice())
        .extracting(Advice::text)
        .containsExactly("journalctl -u web.service -n 50");
  }

  @Test
  void whatThisProgramRunsInItselfSaysNothingOfTheServer() {
    server.service("ci.service").container(CONTAINER);
    Scene scene = scene().seenBy(new SceneProcess(99).service("ci.service").container(CONTAINER));
    assertThat(scene.codes()).isEmpty();
    assertThat(SuggestedCommands.restart(scene.evidence()))
        .isEqualTo(
            new Advice.Restart(
                3001, List.of("python3", "server.py"), Optional.empty(), Optional.empty()));
  }

  @Test
  void aContainerIsNamedWithItsCommands() {
    server.container(CONTAINER).pidNamespace(7);
    assertThat(scene().codes()).containsExactly(FindingCode.IN_CONTAINER);
    assertThat(scene().finding(FindingCode.IN_CONTAINER).advice())
        .extracting(Advice::text)
        .containsExactly("docker restart 5f3c0a7be1d8", "docker logs 5f3c0a7be1d8");
  }

  @Test
  void aContainerIsCalledByItsName() {
    server.container(CONTAINER).containerName("web");
    Finding finding = scene().finding(FindingCode.IN_CONTAINER);
    assertThat(finding.seen()).endsWith("runs in the container web (" + CONTAINER + ")");
    assertThat(finding.advice())
        .extracting(Advice::text)
        .containsExactly("docker restart web", "docker logs web");
  }

  /** Kubernetes' own tools want the ID. */
  @Test
  void aContainerOfAPodIsNamedWithIt() {
    server
        .container(CONTAINER.replace("docker", "cri-containerd"))
        .containerName("shop/web-7d4b9/app");
    Finding finding = scene().finding(FindingCode.IN_CONTAINER);
    assertThat(finding.seen()).contains("shop/web-7d4b9/app");
    assertThat(finding.advice())
        .extracting(Advice::text)
        .containsExactly("crictl stop 5f3c0a7be1d8", "crictl logs 5f3c0a7be1d8");
  }

  @Test
  void aServiceOfAUserIsRestartedThere() {
    server.userService("web.service").as("ann");
    Scene own = scene().seenBy(new SceneProcess(99).as("ann"));
    assertThat(SuggestedCommands.restart(own.evidence()))
        .isEqualTo(new Advice.Command("systemctl --user restart web.service"));
    Scene root = scene().seenBy(new SceneProcess(99).as("root"));
    assertThat(SuggestedCommands.restart(root.evidence()))
        .isEqualTo(new Advice.Command("systemctl --user --machine=ann@ restart web.service"));
  }

  @Test
  void anotherNamespaceIsMentioned() {
    server.pidNamespace(7);
    assertThat(scene().codes()).containsExactly(FindingCode.OTHER_NAMESPACE);
  }

  @Test
  void anotherUserIsMentionedToThoseWhoAreNotRoot() {
    server.as("www");
    assertThat(scene().codes()).containsExactly(FindingCode.OTHER_USER);
    assertThat(scene().seenBy(new SceneProcess(99).as("root")).codes()).isEmpty();
    assertThat(scene().seenBy(new SceneProcess(99).as("www")).codes()).isEmpty();
  }

  @Test
  void aReloaderIsNamedWithWhatItStarted() {
    SceneProcess reloader = new SceneProcess(90);
    server.startedBy(reloader);
    Scene scene = scene().with(reloader);
    assertThat(scene.finding(FindingCode.RELOADER_PARENT).pids()).containsExactly(90L, 100L);
    assertThat(scene.faults()).isEmpty();
  }

  @Test
  void aShellIsNoReloader() {
    SceneProcess shell = new SceneProcess(90).runs("/bin/bash");
    server.startedBy(shell);
    assertThat(scene().with(shell).codes()).isEmpty();
  }
}
