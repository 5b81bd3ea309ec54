// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import static io.tcptable.diagnose.SceneSocket.listener;
import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.Advice;
import io.tcptable.Endpoint;
import io.tcptable.diagnose.Finding.Confidence;
import io.tcptable.diagnose.Finding.Severity;
import io.tcptable.health.HealthResult.Outcome;
import io.tcptable.process.ProcessStatus.State;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import servers.Loopback;

class WaitsForServerTest {

  private static final UpstreamPlace HERE = new UpstreamPlace(OptionalLong.empty(), true, false);
  private static final UpstreamPlace ELSEWHERE =
      new UpstreamPlace(OptionalLong.of(200), false, false);
  private static final UpstreamPlace NOT_KNOWN =
      new UpstreamPlace(OptionalLong.empty(), false, false);

  private final SceneProcess proxy = new SceneProcess(100).runs("/usr/sbin/nginx");
  private final SceneProcess other = new SceneProcess(200).runs("/usr/bin/node", "backend.js");

  private Scene scene(Outcome outcome) {
    return new Scene().with(proxy).with(listener(proxy)).health(outcome);
  }

  private static OutgoingWait wait(
      int port, boolean isNew, UpstreamPlace place, Optional<UpstreamServer> server) {
    return new OutgoingWait(
        Endpoint.of(Loopback.V4, port),
        Set.of(100L),
        3,
        Duration.ofMillis(900),
        isNew,
        false,
        place,
        server);
  }

  private OutgoingWait wait(int port, boolean isNew) {
    return wait(port, isNew, HERE, Optional.of(server(port, Optional.empty())));
  }

  /** The other server, as it is now. */
  private UpstreamServer server(int port, Optional<String> container) {
    return new UpstreamServer(
        "",
        "127.0.0.1:" + port,
        OptionalInt.of(port),
        container,
        true,
        false,
        List.of(),
        false,
        Optional.empty(),
        Optional.of(
            new Scene().with(other).with(listener(other)).health(Outcome.NO_RESPONSE).evidence()));
  }

  @Test
  void namesTheOtherServerAndBlamesItAlone() {
    other.is(State.STOPPED).was(State.STOPPED);
    Scene scene = scene(Outcome.NO_RESPONSE).outgoing(wait(4000, true));
    Finding finding = scene.finding(FindingCode.WAITS_FOR_SERVER);
    assertThat(scene.faults())
        .containsExactly(
            FindingCode.PROCESS_STOPPED,
            FindingCode.WAITS_FOR_SERVER,
            FindingCode.HEALTH_NO_RESPONSE);
    assertThat(scene.finding(FindingCode.PROCESS_STOPPED).pids()).containsExactly(200L);
    assertThat(finding.severity()).isEqualTo(Severity.CRITICAL);
    assertThat(finding.pids()).containsExactly(100L);
    assertThat(finding.seen())
        .isEqualTo("3 requests to 127.0.0.1:4000, node(200), without an answer for 900ms");
    assertThat(finding.meaning()).contains("The other one is stopped.");
    assertThat(finding.advice())
        .containsExactly(new Advice.Diagnose(4000, Advice.Diagnose.How.AGAIN, Optional.empty()));
    assertThat(scene.finding(FindingCode.HEALTH_NO_RESPONSE).advice()).isEmpty();
    assertThat(scene.judgement().headline())
        .isEqualTo(
            "Port 3001 hangs: it waits for node(200) at 127.0.0.1:4000, and its process is stopped"
                + " and the health check gets no answer.");
  }

  @Test
  void aServerInAContainerIsRestartedByItsRuntime() {
    Scene scene =
        scene(Outcome.NO_RESPONSE)
            .outgoing(
                wait(80, true, ELSEWHERE, Optional.of(server(80, Optional.of("libpod web")))));
    Finding finding = scene.finding(FindingCode.WAITS_FOR_SERVER);
    assertThat(finding.seen())
        .isEqualTo(
            "3 requests to 127.0.0.1:80, node(200) in the container web, without an answer for"
                + " 900ms");
    assertThat(finding.advice())
        .containsExactly(
            new Advice.Command("podman restart web"), new Advice.ListOfNamespace(80, 200));
    assertThat(scene.judgement().headline())
        .isEqualTo(
            "Port 3001 hangs: it waits for node(200) in the container web at 127.0.0.1:80, and the"
                + " health check gets no answer.");
  }

  /** A restart of this server, which only asks, would not thaw it. */
  @Test
  void aServerInAnotherNamespaceThatIsStoppedIsTheCause() {
    other.is(State.STOPPED).was(State.STOPPED).networkNamespace(77);
    Scene scene =
        scene(Outcome.NO_RESPONSE)
            .outgoing(wait(80, true, ELSEWHERE, Optional.of(server(80, Optional.empty()))));
    assertThat(scene.findings().get(0).code()).isEqualTo(FindingCode.PROCESS_STOPPED);
    assertThat(scene.findings().get(0).advice())
        .containsExactly(new Advice.Command("kill -CONT 200"));
    assertThat(scene.finding(FindingCode.WAITS_FOR_SERVER).advice())
        .containsExactly(new Advice.ListOfNamespace(80, 200));
    assertThat(scene.codes()).doesNotContain(FindingCode.OTHER_NAMESPACE);
  }

  @Test
  void anotherMachineIsToBeLookedAtThere() {
    Finding finding =
        scene(Outcome.NO_RESPONSE)
            .outgoing(wait(4000, true, NOT_KNOWN, Optional.empty()))
            .finding(FindingCode.WAITS_FOR_SERVER);
    assertThat(finding.advice())
        .containsExactly(new Advice.Hint("Look at 127.0.0.1:4000 on its own machine."));
  }

  @Test
  void aRequestThatIsOlderIsOnlyPossible() {
    Scene scene = scene(Outcome.NO_RESPONSE).outgoing(wait(4000, false));
    Finding finding = scene.finding(FindingCode.WAITS_FOR_SERVER);
    assertThat(finding.severity()).isEqualTo(Severity.WARNING);
    assertThat(finding.confidence()).isEqualTo(Confidence.POSSIBLE);
    assertThat(scene.finding(FindingCode.HEALTH_NO_RESPONSE).advice())
        .anyMatch(Advice.RestartAsItWas.class::isInstance);
  }

  @Test
  void aServerMayWaitForItself() {
    Scene scene = scene(Outcome.NO_RESPONSE).outgoing(wait(3001, true));
    Finding finding = scene.finding(FindingCode.WAITS_FOR_SERVER);
    assertThat(finding.cause()).isEqualTo("it waits for itself");
    assertThat(finding.meaning()).endsWith("It waits for itself.");
    assertThat(scene.finding(FindingCode.HEALTH_NO_RESPONSE).advice())
        .anyMatch(Advice.RestartAsItWas.class::isInstance);
  }

  /** As a proxy does, after its own time is over. */
  @Test
  void aServerThatAnswersInPlaceOfAnotherIsNotTheOneToBlame() {
    Scene scene =
        new Scene()
            .with(proxy)
            .with(listener(proxy))
            .health(Loopback.V4, Outcome.WRONG_STATUS, 504)
            .outgoing(wait(4000, true));
    assertThat(scene.faults())
        .containsExactly(FindingCode.WAITS_FOR_SERVER, FindingCode.HEALTH_WRONG_STATUS);
    assertThat(scene.finding(FindingCode.HEALTH_WRONG_STATUS).meaning())
        .contains("the server behind it does not answer in time");
    assertThat(scene.finding(FindingCode.HEALTH_WRONG_STATUS).advice()).isEmpty();
    Scene missing = scene(Outcome.HEALTHY).health(Loopback.V4, Outcome.WRONG_STATUS, 500);
    assertThat(missing.outgoing(wait(4000, true)).faults())
        .containsExactly(FindingCode.HEALTH_WRONG_STATUS);
  }

  @Test
  void aHealthyServerMayWaitForWhatItLikes() {
    assertThat(
            scene(Outcome.HEALTHY).outgoing(wait(4000, true, NOT_KNOWN, Optional.empty())).codes())
        .isEmpty();
  }
}
