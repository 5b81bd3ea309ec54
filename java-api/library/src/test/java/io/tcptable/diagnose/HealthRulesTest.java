// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import static io.tcptable.diagnose.SceneSocket.listener;
import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.Endpoint;
import io.tcptable.InheritedSocket;
import io.tcptable.TcpState;
import io.tcptable.diagnose.Finding.Confidence;
import io.tcptable.diagnose.Finding.Severity;
import io.tcptable.health.HealthResult.Outcome;
import io.tcptable.internal.platform.BindTest;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import servers.Loopback;

/** What the probe said, who listens where, and the verdict that follows. */
class HealthRulesTest {

  private static final BindTest FREE = new BindTest(Optional.empty(), Optional.empty());

  private final SceneProcess server = new SceneProcess(100);

  private Scene scene() {
    return new Scene().with(server).with(listener(server));
  }

  private static Scene nobody() {
    return new Scene().health(Outcome.REFUSED).health(Loopback.V6, Outcome.REFUSED, 0);
  }

  @ParameterizedTest
  @CsvSource({
    "CONNECT_TIMEOUT, HEALTH_CONNECT_TIMEOUT, HANGING",
    "NO_RESPONSE, HEALTH_NO_RESPONSE, HANGING",
    "REFUSED, HEALTH_REFUSED, DOWN",
    "UNREACHABLE, HEALTH_UNREACHABLE, UNKNOWN",
    "CLOSED, HEALTH_CLOSED, DEGRADED",
    "TLS_FAILED, HEALTH_TLS_FAILED, DEGRADED",
    "NOT_HTTP, HEALTH_NOT_HTTP, DEGRADED",
    "WRONG_STATUS, HEALTH_WRONG_STATUS, DEGRADED",
    "WRONG_BODY, HEALTH_WRONG_BODY, DEGRADED",
    "SLOW, HEALTH_SLOW, DEGRADED",
  })
  void eachOutcomeHasItsOwnFindingAndVerdict(Outcome outcome, FindingCode code, Verdict verdict) {
    Scene scene = scene().health(outcome);
    assertThat(scene.faults()).containsExactly(code);
    assertThat(scene.verdict()).isEqualTo(verdict);
  }

  @Test
  void aHealthyServerHasNoFinding() {
    assertThat(scene().codes()).isEmpty();
    assertThat(scene().judgement())
        .isEqualTo(
            new VerdictRule(Verdict.HEALTHY, "Port 3001 is healthy: python3(100) it was HEALTHY."));
  }

  @Test
  void aServerThatHangsUpOnAGuessCannotBeJudged() {
    Scene scene = scene().health(Outcome.CLOSED).assumed();
    assertThat(scene.verdict()).isEqualTo(Verdict.UNKNOWN);
    assertThat(scene.finding(FindingCode.HEALTH_CLOSED).confidence()).isEqualTo(Confidence.LIKELY);
  }

  @Test
  void aPageThatWasAGuessMayBeMissing() {
    Scene scene = scene().health(Loopback.V4, Outcome.HEALTHY, 404).assumed();
    assertThat(scene.verdict()).isEqualTo(Verdict.HEALTHY);
    assertThat(scene.finding(FindingCode.HEALTH_WRONG_STATUS).severity()).isEqualTo(Severity.INFO);
  }

  @Test
  void refusedIsExplainedByTheAddressOfTheListener() {
    Scene scene =
        new Scene()
            .with(server)
            .with(listener(server).at(Loopback.address(127, 0, 0, 2)))
            .health(Outcome.REFUSED)
            .health(Loopback.V6, Outcome.REFUSED, 0);
    assertThat(scene.faults())
        .containsExactly(FindingCode.ADDRESS_MISMATCH, FindingCode.HEALTH_REFUSED);
    assertThat(scene.finding(FindingCode.ADDRESS_MISMATCH).seen())
        .isEqualTo("listens on 127.0.0.2:3001, asked at 127.0.0.1:3001, [::1]:3001");
    assertThat(scene.verdict()).isEqualTo(Verdict.DOWN);
  }

  @Test
  void refusedAtTheAddressOfTheListenerPointsToAFirewall() {
    Scene scene = scene().health(Outcome.REFUSED);
    assertThat(scene.faults()).containsExactly(FindingCode.HEALTH_REFUSED);
    assertThat(scene.finding(FindingCode.HEALTH_REFUSED).meaning()).contains("firewall");
  }

  @Test
  void noConnectionPointsToAFirewallUnlessTheQueueIsFull() {
    Scene scene = scene().health(Outcome.CONNECT_TIMEOUT);
    assertThat(scene.finding(FindingCode.HEALTH_CONNECT_TIMEOUT).advice())
        .extracting(Advice::text)
        .containsExactly("nft list ruleset");

    Scene full =
        new Scene()
            .with(server)
            .with(listener(server).queue(129, 128))
            .health(Outcome.CONNECT_TIMEOUT);
    assertThat(full.finding(FindingCode.HEALTH_CONNECT_TIMEOUT).advice())
        .containsExactly(SuggestedCommands.restart(full.evidence()));
  }

  @Test
  void onlyIpv6IsMentionedSinceManyClientsDoNotTryIt() {
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
  void onlyIpv4IsUsual() {
    assertThat(
            scene()
                .health(Loopback.V4, Outcome.HEALTHY, 200)
                .health(Loopback.V6, Outcome.REFUSED, 0)
                .codes())
        .isEmpty();
  }

  @Test
  void aDualStackWildcardCoversBothFamiliesUnlessItIsV6Only() {
    SceneSocket any = listener(server).at(Loopback.address(new int[16]));
    SocketEvidence dual = any.evidence();
    SocketEvidence v6 = any.v6Only().evidence();
    SocketEvidence any4 = listener(server).at(Loopback.address(0, 0, 0, 0)).evidence();
    Endpoint v4 = Endpoint.of(Loopback.V4, SceneSocket.PORT);
    assertThat(dual.covers(v4)).isTrue();
    assertThat(v6.covers(v4)).isFalse();
    assertThat(v6.covers(Endpoint.of(Loopback.V6, SceneSocket.PORT))).isTrue();
    assertThat(any4.covers(v4)).isTrue();
    assertThat(any4.covers(Endpoint.of(Loopback.V6, SceneSocket.PORT))).isFalse();
  }

  @Test
  void nobodyIsFree() {
    Scene scene = nobody().bind(FREE);
    assertThat(scene.codes()).containsExactly(FindingCode.NOBODY_LISTENING);
    assertThat(scene.judgement())
        .isEqualTo(new VerdictRule(Verdict.FREE, "Port 3001 is free: nobody listens."));
  }

  @Test
  void whatIsLeftOfAServerIsDown() {
    Scene scene =
        nobody().bind(FREE).with(server).with(20, SceneSocket.of(TcpState.CLOSE_WAIT, server));
    assertThat(scene.faults())
        .containsExactly(FindingCode.NOBODY_LISTENING, FindingCode.CLOSE_WAIT_PILEUP);
    assertThat(scene.verdict()).isEqualTo(Verdict.DOWN);
  }

  @Test
  void aRefusedBindIsExplainedByWhoHoldsThePort() {
    Scene scene =
        nobody()
            .with(server)
            .with(SceneSocket.of(TcpState.ESTABLISHED, server))
            .bind(
                new BindTest(
                    Optional.of("Address already in use"), Optional.of("Address already in use")));
    Finding finding = scene.finding(FindingCode.BIND_REFUSED);
    assertThat(finding.severity()).isEqualTo(Severity.CRITICAL);
    assertThat(finding.meaning()).contains("python3(100) holds the port without listening");
    assertThat(scene.verdict()).isEqualTo(Verdict.DOWN);
  }

  @Test
  void timeWaitKeepsOutOnlySomeServers() {
    Scene scene =
        nobody()
            .with(3, SceneSocket.of(TcpState.TIME_WAIT))
            .bind(new BindTest(Optional.empty(), Optional.of("Address already in use")));
    Finding finding = scene.finding(FindingCode.BIND_REFUSED);
    assertThat(finding.severity()).isEqualTo(Severity.INFO);
    assertThat(finding.evidence()).containsEntry("timeWait", 3L);
    assertThat(scene.verdict()).isEqualTo(Verdict.FREE);
  }

  @Test
  void aPortThatWindowsHasExcludedIsNobodys() {
    Optional<String> denied = Optional.of("Permission denied: bind");
    Finding finding =
        nobody().excluded().bind(new BindTest(denied, denied)).finding(FindingCode.BIND_REFUSED);
    assertThat(finding.meaning()).startsWith("Nobody is on the port, but Windows has excluded it");
    assertThat(finding.advice())
        .extracting(Advice::text)
        .contains("netsh interface ipv4 show excludedportrange tcp");
  }

  @Test
  void aRefusalForWantOfPrivilegeSaysSo() {
    Optional<String> denied = Optional.of("Permission denied");
    Finding finding = nobody().bind(new BindTest(denied, denied)).finding(FindingCode.BIND_REFUSED);
    assertThat(finding.evidence()).containsEntry("firstUnprivilegedPort", 1024L);
  }

  @Test
  void anAnswerWithoutAListenerComesFromElsewhere() {
    Scene scene = new Scene().health(Outcome.HEALTHY).bind(FREE);
    assertThat(scene.finding(FindingCode.NOBODY_LISTENING).severity()).isEqualTo(Severity.INFO);
    assertThat(scene.verdict()).isEqualTo(Verdict.HEALTHY);
  }

  @Test
  void notToKnowTheOwnerIsAFindingButNoFaultOfTheServer() {
    Scene scene = new Scene().with(listener().ownerUnknown()).unreadable(12);
    assertThat(scene.codes()).containsExactly(FindingCode.OWNER_UNKNOWN);
    Finding finding = scene.finding(FindingCode.OWNER_UNKNOWN);
    assertThat(finding.severity()).isEqualTo(Severity.WARNING);
    assertThat(finding.advice())
        .extracting(Advice::text)
        .containsExactly("Diagnose port 3001 as a user who may see every process.");
    assertThat(scene.verdict()).isEqualTo(Verdict.HEALTHY);
  }

  @Test
  void aListenerThatHasOutlivedItsProcessIsAGhost() {
    Scene scene =
        new Scene().onWindows().with(listener().openedBy(new InheritedSocket(404, List.of())));
    Finding finding = scene.finding(FindingCode.OWNER_UNKNOWN);
    assertThat(finding.meaning()).startsWith("PID 404 opened it and has ended, but a process that");
    assertThat(finding.evidence()).containsEntry("endedPid", 404L);
    assertThat(finding.advice())
        .extracting(Advice::text)
        .containsExactly("Look for the handle with Process Explorer, or start Windows anew.");
  }

  @Test
  void whatIsHeldBySomebodyUnknownIsNotFree() {
    Scene scene =
        nobody()
            .bind(FREE)
            .unreadable(12)
            .with(SceneSocket.of(TcpState.ESTABLISHED).ownerUnknown());
    assertThat(scene.codes())
        .containsExactly(FindingCode.NOBODY_LISTENING, FindingCode.OWNER_UNKNOWN);
    assertThat(scene.verdict()).isEqualTo(Verdict.DOWN);
  }

  @Test
  void anOwnerThatWasUnknownForAMomentIsNoFinding() {
    Scene scene =
        scene().with(SceneSocket.of(TcpState.ESTABLISHED).ownerUnknown().isNew()).unreadable(1);
    assertThat(scene.codes()).isEmpty();
  }
}
