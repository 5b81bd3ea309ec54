// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.Advice;
import io.tcptable.TcpState;
import io.tcptable.diagnose.Finding.Severity;
import io.tcptable.health.HealthResult.Outcome;
import io.tcptable.internal.platform.BindTest;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import servers.Loopback;

class BindRefusedTest {

  private static final Optional<String> IN_USE = Optional.of("Address already in use");
  private static final Optional<String> DENIED = Optional.of("Permission denied");

  /** RFC 5737: an address for documentation, which no interface has. */
  private static final String ELSEWHERE = "192.0.2.1";

  private final SceneProcess server = new SceneProcess(100);

  private static Scene nobody() {
    return new Scene().health(Outcome.REFUSED).health(Loopback.V6, Outcome.REFUSED, 0);
  }

  private static Scene inUse() {
    return nobody().bind(new BindTest(IN_USE, IN_USE, false));
  }

  private static Scene denied() {
    return nobody().bind(new BindTest(DENIED, DENIED, true));
  }

  @Test
  void namesWhoHoldsThePort() {
    Scene scene = inUse().with(server).with(SceneSocket.of(TcpState.ESTABLISHED, server));
    Finding finding = scene.finding(FindingCode.BIND_REFUSED);
    assertThat(finding.severity()).isEqualTo(Severity.CRITICAL);
    assertThat(finding.seen()).isEqualTo("a test bind of port 3001 failed: Address already in use");
    assertThat(finding.meaning())
        .isEqualTo(
            "python3(100) holds the port without listening: it is bound to it or connected from"
                + " it.");
    assertThat(finding.advice()).containsExactly(new Advice.Free(3001));
    assertThat(scene.verdict()).isEqualTo(Verdict.DOWN);
  }

  @Test
  void asksTheSuperuserForAHolderThatIsHidden() {
    Scene scene = inUse().with(SceneSocket.of(TcpState.ESTABLISHED).ownerUnknown());
    assertThat(scene.finding(FindingCode.BIND_REFUSED).advice())
        .containsExactly(
            new Advice.Diagnose(3001, Advice.Diagnose.How.AS_SUPERUSER, Optional.empty()));
  }

  @Test
  void saysThatAHolderMayNotBeInTheTable() {
    assertThat(inUse().finding(FindingCode.BIND_REFUSED).meaning())
        .startsWith("Something that this table does not show holds the port");
  }

  @Test
  void ofTimeWaitKeepsOutOnlySomeServers() {
    Scene scene =
        nobody()
            .with(3, SceneSocket.of(TcpState.TIME_WAIT))
            .bind(new BindTest(Optional.empty(), IN_USE, false));
    Finding finding = scene.finding(FindingCode.BIND_REFUSED);
    assertThat(finding.severity()).isEqualTo(Severity.INFO);
    assertThat(finding.evidence()).containsEntry("timeWait", 3L);
    assertThat(scene.verdict()).isEqualTo(Verdict.FREE);
  }

  @Test
  void ofAPortThatWindowsHasExcluded() {
    Finding finding = denied().onWindows().excluded().finding(FindingCode.BIND_REFUSED);
    assertThat(finding.meaning())
        .startsWith("No process has the port, but Windows has excluded it");
    assertThat(finding.advice())
        .contains(new Advice.Command("netsh interface ipv4 show excludedportrange tcp"));
  }

  /** Neither a want of rights nor a hidden holder. */
  @Test
  void ofAnAddressThatIsNotHere() {
    Scene scene = nobody().bind(BindTest.of(new InetSocketAddress(ELSEWHERE, 3001)));
    Finding finding = scene.finding(FindingCode.BIND_REFUSED);
    assertThat(finding.meaning()).isEqualTo("No interface of this machine has the address.");
    assertThat(finding.advice())
        .containsExactly(new Advice.Hint("Name an address of this machine."));
    assertThat(scene.finding(FindingCode.NOBODY_LISTENING).advice())
        .as("a start would be refused")
        .isEmpty();
  }

  @Test
  void aStartThatThisUserIsDeniedIsNotAdvised() {
    assertThat(denied().finding(FindingCode.NOBODY_LISTENING).advice()).isEmpty();
  }

  @Test
  void forWantOfPrivilegeNamesTheFirstPortThatNeedsNone() {
    assertThat(denied().finding(FindingCode.BIND_REFUSED).evidence())
        .containsEntry("firstUnprivilegedPort", 1024L);
  }
}
