// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import static io.tcptable.diagnose.SceneSocket.listener;
import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.Advice;
import io.tcptable.Endpoint;
import io.tcptable.diagnose.Finding.Confidence;
import io.tcptable.diagnose.Finding.Severity;
import io.tcptable.health.HealthResult.Outcome;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import servers.Loopback;

class CannotConnectTest {

  private static final UpstreamPlace HERE = new UpstreamPlace(OptionalLong.empty(), true, false);
  private static final UpstreamPlace ELSEWHERE =
      new UpstreamPlace(OptionalLong.of(200), false, false);
  private static final UpstreamPlace NOT_KNOWN =
      new UpstreamPlace(OptionalLong.empty(), false, false);
  private static final Optional<Observations> NOBODY = Optional.of(new Scene().evidence());

  private final SceneProcess proxy = new SceneProcess(100).runs("/usr/sbin/haproxy");
  private final SceneProcess other = new SceneProcess(200).runs("/usr/bin/node", "backend.js");

  private Scene closedAfter(UpstreamPlace place, int port, UpstreamServer server) {
    FailedConnect failed =
        new FailedConnect(Endpoint.of(Loopback.V4, port), 4, place, Optional.of(server));
    return new Scene()
        .with(proxy)
        .with(listener(proxy))
        .health(Outcome.CLOSED)
        .assumed()
        .in(Surroundings.ORDINARY.with(failed));
  }

  private static UpstreamServer server(
      Optional<String> container,
      boolean isReachable,
      Optional<Observations> there,
      String... listening) {
    return new UpstreamServer(
        "",
        "127.0.0.1:80",
        there.isPresent() ? OptionalInt.of(80) : OptionalInt.empty(),
        container,
        isReachable,
        false,
        List.of(listening),
        false,
        Optional.empty(),
        there);
  }

  private static Finding finding(Scene scene) {
    return scene.finding(FindingCode.CANNOT_CONNECT);
  }

  @Test
  void nobodyListensInTheContainer() {
    Scene scene =
        closedAfter(ELSEWHERE, 80, server(Optional.of("libpod web"), false, NOBODY, "[::]:8080"));
    assertThat(finding(scene).severity()).isEqualTo(Severity.CRITICAL);
    assertThat(finding(scene).confidence()).isEqualTo(Confidence.LIKELY);
    assertThat(finding(scene).pids()).containsExactly(100L);
    assertThat(finding(scene).seen())
        .isEqualTo(
            "4 attempts to connect to 127.0.0.1:80 failed during the health check: nobody listens"
                + " on port 80 in the container web; its processes listen on [::]:8080");
    assertThat(finding(scene).advice())
        .extracting(Advice::text)
        .contains("podman restart web")
        .anyMatch(it -> it.startsWith("podman logs web"));
    assertThat(scene.verdict()).isEqualTo(Verdict.DEGRADED);
    assertThat(scene.judgement().headline())
        .isEqualTo(
            "Port 3001 answers, but it cannot connect to 127.0.0.1:80 and the server closes the"
                + " health check's connection.");
    assertThat(scene.finding(FindingCode.HEALTH_CLOSED).meaning())
        .isEqualTo("A proxy closes the connection if it cannot connect to the server behind it.");
  }

  @Test
  void aServerOnItsOwnLoopbackHasToListenToAll() {
    Observations there = new Scene().with(other).with(listener(other)).evidence();
    Scene scene = closedAfter(ELSEWHERE, 80, server(Optional.empty(), false, Optional.of(there)));
    assertThat(finding(scene).seen()).contains(": node(200) listens on ").endsWith(" only");
    assertThat(finding(scene).advice())
        .containsExactly(UpstreamAdvice.LISTEN_TO_ALL, new Advice.ListOfNamespace(80, 200));
  }

  @Test
  void onThisHostItIsLookedAtByAnotherDiagnosis() {
    Scene scene = closedAfter(HERE, 4000, server(Optional.empty(), false, NOBODY, "[::]:22"));
    assertThat(finding(scene).seen())
        .as("what else listens here is of no interest")
        .endsWith(": nobody listens on port 80");
    assertThat(finding(scene).advice())
        .containsExactly(new Advice.Diagnose(4000, Advice.Diagnose.How.AGAIN, Optional.empty()));
  }

  @Test
  void thePortMayBeUnknown() {
    Scene scene =
        closedAfter(
            ELSEWHERE, 0, server(Optional.empty(), false, Optional.empty(), "[::]:81", "[::]:82"));
    assertThat(finding(scene).seen())
        .isEqualTo(
            "4 attempts to connect to 127.0.0.1 failed during the health check: processes in the"
                + " network namespace of that address listen on [::]:81, [::]:82");
    assertThat(finding(scene).advice()).containsExactly(new Advice.Hint("Start the server there."));
  }

  @Test
  void anotherMachineIsNotLookedAt() {
    Scene scene = closedAfter(NOT_KNOWN, 80, server(Optional.empty(), false, Optional.empty()));
    assertThat(finding(scene).seen()).endsWith(" failed during the health check");
    assertThat(finding(scene).advice())
        .containsExactly(new Advice.Hint("Look at 127.0.0.1:80 on its own machine."));
  }

  @Test
  void aRestartOfTheProxyIsNotAdvised() {
    FailedConnect failed =
        new FailedConnect(Endpoint.of(Loopback.V4, 80), 1, NOT_KNOWN, Optional.empty());
    Scene scene =
        new Scene()
            .with(proxy)
            .with(listener(proxy))
            .health(Outcome.CLOSED)
            .in(Surroundings.ORDINARY.with(failed));
    assertThat(scene.faults())
        .containsExactly(FindingCode.CANNOT_CONNECT, FindingCode.HEALTH_CLOSED);
    assertThat(scene.finding(FindingCode.HEALTH_CLOSED).advice())
        .noneMatch(Advice.RestartAsItWas.class::isInstance);
  }
}
