// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import static io.tcptable.diagnose.SceneSocket.listener;
import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.Advice;
import org.junit.jupiter.api.Test;

class InContainerTest {

  private static final String CONTAINER =
      "docker 5f3c0a7be1d84c6f9a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d5e6f7081";

  private final SceneProcess server = new SceneProcess(100);

  private Scene scene() {
    return new Scene().with(server).with(listener(server));
  }

  @Test
  void namesTheCommandsOfTheRuntime() {
    server.container(CONTAINER).pidNamespace(7);
    assertThat(scene().codes()).containsExactly(FindingCode.IN_CONTAINER);
    assertThat(scene().finding(FindingCode.IN_CONTAINER).advice())
        .containsExactly(
            new Advice.Command("docker restart 5f3c0a7be1d8"),
            new Advice.Command("docker logs 5f3c0a7be1d8"));
  }

  @Test
  void callsTheContainerByItsName() {
    server.container(CONTAINER).containerName("web");
    Finding finding = scene().finding(FindingCode.IN_CONTAINER);
    assertThat(finding.seen()).endsWith("runs in the container web (" + CONTAINER + ")");
    assertThat(finding.advice())
        .containsExactly(
            new Advice.Command("docker restart web"), new Advice.Command("docker logs web"));
  }

  @Test
  void namesTheServiceOfCompose() {
    server.container(CONTAINER).containerName("shop-web-1").composeService("shop/web");
    Finding finding = scene().finding(FindingCode.IN_CONTAINER);
    assertThat(finding.seen())
        .endsWith("container shop-web-1 (" + CONTAINER + "), the Compose service shop/web");
    assertThat(finding.evidence()).containsEntry("composeService", "shop/web");
  }

  /** The tools of Kubernetes take the ID. */
  @Test
  void callsAContainerOfAPodByItsId() {
    server
        .container(CONTAINER.replace("docker", "cri-containerd"))
        .containerName("shop/web-7d4b9/app");
    Finding finding = scene().finding(FindingCode.IN_CONTAINER);
    assertThat(finding.seen()).contains("shop/web-7d4b9/app");
    assertThat(finding.advice())
        .containsExactly(
            new Advice.Command("crictl stop 5f3c0a7be1d8"),
            new Advice.Command("crictl logs 5f3c0a7be1d8"));
  }

  @Test
  void isNotTheContainerThatThisProcessRunsIn() {
    server.container(CONTAINER);
    Scene scene = scene().seenBy(new SceneProcess(99).container(CONTAINER));
    assertThat(scene.codes()).isEmpty();
  }
}
