// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import static io.tcptable.diagnose.SceneSocket.listener;
import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.Advice;
import io.tcptable.diagnose.Finding.Confidence;
import io.tcptable.diagnose.Finding.Severity;
import org.junit.jupiter.api.Test;
import servers.Loopback;

class SeveralServersTest {

  private final SceneProcess first = new SceneProcess(100);
  private final SceneProcess second = new SceneProcess(200);
  private final Scene scene = new Scene().with(first, second);

  @Test
  void onOneAddressAreCritical() {
    scene.with(listener(first), listener(second));
    Finding finding = scene.finding(FindingCode.SEVERAL_SERVERS);
    assertThat(finding.severity()).isEqualTo(Severity.CRITICAL);
    assertThat(finding.confidence()).isEqualTo(Confidence.CERTAIN);
    assertThat(finding.pids()).containsExactly(100L, 200L);
    assertThat(finding.seen())
        .isEqualTo("2 independent servers listen on 127.0.0.1:3001: python3(100), python3(200)");
    assertThat(finding.cause()).isEqualTo("2 independent servers listen");
    assertThat(finding.evidence())
        .containsEntry("servers", 2L)
        .containsEntry("how", "SO_REUSEPORT")
        .containsEntry("100", "127.0.0.1:3001");
    assertThat(finding.advice()).containsExactly(new Advice.RestartAsItWas(3001));
  }

  @Test
  void maySplitTheFamilies() {
    scene.with(listener(first), listener(second).at(Loopback.V6));
    assertThat(scene.finding(FindingCode.SEVERAL_SERVERS).evidence())
        .containsEntry("how", "IPv4/IPv6 split");
    assertThat(scene.faults()).containsExactly(FindingCode.SEVERAL_SERVERS);
  }

  @Test
  void maySplitASingleAddressFromAllOthers() {
    scene.with(listener(first).at(Loopback.address(0, 0, 0, 0)), listener(second));
    Finding finding = scene.finding(FindingCode.SEVERAL_SERVERS);
    assertThat(finding.evidence()).containsEntry("how", "wildcard and single address");
    assertThat(finding.severity()).isEqualTo(Severity.CRITICAL);
  }

  @Test
  void onDifferentAddressesAreNoFault() {
    scene.with(listener(first), listener(second).at(Loopback.address(127, 0, 0, 2)));
    Finding finding = scene.finding(FindingCode.SEVERAL_SERVERS);
    assertThat(finding.evidence()).containsEntry("how", "different addresses");
    assertThat(finding.severity()).isEqualTo(Severity.INFO);
    assertThat(finding.seen())
        .isEqualTo(
            "2 independent servers listen: python3(100) on 127.0.0.1:3001; python3(200) on"
                + " 127.0.0.2:3001");
    assertThat(finding.advice()).isEmpty();
    assertThat(scene.faults()).isEmpty();
  }

  @Test
  void areOnlyLikelyWhereAnAncestorIsHidden() {
    SceneProcess hidden = new SceneProcess(60).runs("/usr/sbin/master").hidden();
    Scene scene =
        new Scene()
            .with(hidden, first.startedBy(hidden), second.startedBy(hidden))
            .with(listener(first), listener(second));
    assertThat(scene.finding(FindingCode.SEVERAL_SERVERS).confidence())
        .isEqualTo(Confidence.LIKELY);
  }
}
