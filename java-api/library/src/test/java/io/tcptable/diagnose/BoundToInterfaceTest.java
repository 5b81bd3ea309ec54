// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import static io.tcptable.diagnose.SceneSocket.listener;
import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.health.HealthResult.Outcome;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import org.junit.jupiter.api.Test;
import servers.Loopback;

/** No machine has an interface of this name. */
class BoundToInterfaceTest {

  private static final String DEVICE = "nosuch0";
  private static final InetAddress ANY = Loopback.address(0, 0, 0, 0);

  private final SceneProcess first = new SceneProcess(100).runs("/usr/bin/python3", "a.py");
  private final SceneProcess second = new SceneProcess(200).runs("/usr/bin/python3", "b.py");

  @Test
  void serversOnTwoInterfacesDoNotCompete() {
    Scene scene =
        new Scene()
            .with(first, second)
            .with(listener(first).at(ANY).boundTo(DEVICE), listener(second).at(ANY).boundTo("no1"));
    Finding finding = scene.finding(FindingCode.BOUND_TO_INTERFACE);
    assertThat(finding.seen())
        .isEqualTo("python3(100) is bound to the network interface nosuch0: 0.0.0.0%nosuch0:3001");
    assertThat(finding.evidence()).containsEntry("interface", DEVICE);
    assertThat(finding.isFault()).isFalse();
    assertThat(scene.codes()).doesNotContain(FindingCode.SEVERAL_SERVERS);
  }

  @Test
  void serversOnOneInterfaceDo() {
    Scene scene =
        new Scene()
            .with(first, second)
            .with(
                listener(first).at(ANY).boundTo(DEVICE), listener(second).at(ANY).boundTo(DEVICE));
    assertThat(scene.finding(FindingCode.SEVERAL_SERVERS).evidence())
        .containsEntry("how", "SO_REUSEPORT");
  }

  @Test
  void whatLocalhostReachesIsNotMentioned() throws SocketException {
    String loopback = NetworkInterface.getByInetAddress(Loopback.V4).getName();
    Scene scene = new Scene().with(first).with(listener(first).at(ANY).boundTo(loopback));
    assertThat(scene.codes()).doesNotContain(FindingCode.BOUND_TO_INTERFACE);
    assertThat(new Scene().with(first).with(listener(first)).codes())
        .doesNotContain(FindingCode.BOUND_TO_INTERFACE);
  }

  @Test
  void aRefusalIsExplainedByTheInterfaceAndNotByAFirewall() {
    Scene scene =
        new Scene()
            .with(first)
            .with(listener(first).at(ANY).boundTo(DEVICE))
            .health(Outcome.REFUSED);
    assertThat(scene.finding(FindingCode.ADDRESS_MISMATCH).seen())
        .isEqualTo("listens on 0.0.0.0%nosuch0:3001, asked at 127.0.0.1:3001");
    assertThat(scene.finding(FindingCode.HEALTH_REFUSED).meaning())
        .isEqualTo("No server listens on this address.");
  }
}
