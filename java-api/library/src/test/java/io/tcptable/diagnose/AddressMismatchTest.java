// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import static io.tcptable.diagnose.SceneSocket.listener;
import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.Advice;
import io.tcptable.health.HealthResult.Outcome;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import servers.Loopback;

class AddressMismatchTest {

  private final SceneProcess server = new SceneProcess(100);

  @Test
  void explainsARefusal() {
    Scene scene =
        new Scene()
            .with(server)
            .with(listener(server).at(Loopback.address(127, 0, 0, 2)))
            .health(Outcome.REFUSED)
            .health(Loopback.V6, Outcome.REFUSED, 0);
    assertThat(scene.faults())
        .containsExactly(FindingCode.ADDRESS_MISMATCH, FindingCode.HEALTH_REFUSED);
    Finding finding = scene.finding(FindingCode.ADDRESS_MISMATCH);
    assertThat(finding.seen())
        .isEqualTo("listens on 127.0.0.2:3001, asked at 127.0.0.1:3001, [::1]:3001");
    assertThat(finding.advice())
        .contains(
            new Advice.Diagnose(
                3001, Advice.Diagnose.How.OTHER_HEALTH, Optional.of("http://127.0.0.2:3001")));
    assertThat(scene.verdict()).isEqualTo(Verdict.DOWN);
  }

  @Test
  void anAddressThatIsGoneIsNotAdvised() {
    Scene scene =
        new Scene()
            .with(server)
            .with(listener(server).at(Loopback.address(10, 9, 8, 7)))
            .health(Outcome.REFUSED)
            .in(new SceneSurroundings().listenedBefore(100).gone(Loopback.address(10, 9, 8, 7)));
    assertThat(scene.finding(FindingCode.ADDRESS_MISMATCH).advice())
        .singleElement()
        .extracting(Advice::text)
        .asString()
        .startsWith("No network interface of this machine has that address any more.");
  }

  @Test
  void mentionsAListenerOnIpv6OnlySinceManyClientsDoNotTryIt() {
    Scene scene =
        new Scene()
            .with(server)
            .with(listener(server).at(Loopback.V6))
            .health(Outcome.REFUSED)
            .health(Loopback.V6, Outcome.HEALTHY, 200);
    assertThat(scene.codes()).containsExactly(FindingCode.ADDRESS_MISMATCH);
    assertThat(scene.verdict()).isEqualTo(Verdict.HEALTHY);
  }

  @Test
  void saysNothingOfAListenerOnIpv4Only() {
    assertThat(
            new Scene()
                .with(server)
                .with(listener(server))
                .health(Loopback.V4, Outcome.HEALTHY, 200)
                .health(Loopback.V6, Outcome.REFUSED, 0)
                .codes())
        .isEmpty();
  }
}
