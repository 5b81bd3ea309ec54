// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import static io.tcptable.diagnose.SceneSocket.listener;
import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.Advice;
import io.tcptable.health.HealthResult.Outcome;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import servers.Loopback;

/** What a restart refuses is not advised. */
class OtherPortsServedTest {

  private static final String LINE = "nginx(100) also serves port 8443, which ends with it";

  private final SceneProcess server = new SceneProcess(100).runs("/usr/sbin/nginx", "x");

  private Scene hanging() {
    return new Scene().with(server).with(listener(server)).health(Outcome.NO_RESPONSE);
  }

  private static List<Advice> advice(Scene scene) {
    return scene.findings().stream().flatMap(it -> it.advice().stream()).toList();
  }

  @Test
  void areNamedAndNoRestartIsAdvised() {
    Scene scene = hanging().alsoServing(LINE);
    assertThat(scene.finding(FindingCode.OTHER_PORTS_SERVED).seen()).isEqualTo(LINE);
    assertThat(scene.faults()).doesNotContain(FindingCode.OTHER_PORTS_SERVED);
    assertThat(advice(scene))
        .contains(new Advice.StopOtherPorts())
        .doesNotHaveAnyElementsOfTypes(Advice.Restart.class, Advice.RestartAsItWas.class);
    assertThat(advice(hanging())).hasAtLeastOneElementOfType(Advice.RestartAsItWas.class);
  }

  @Test
  void norIsThatOfServersOnDifferentAddresses() {
    SceneProcess other = new SceneProcess(200).runs("/usr/bin/python3", "b.py");
    Scene scene = hanging().with(other).with(listener(other).at(Loopback.address(127, 0, 0, 2)));
    assertThat(advice(scene))
        .doesNotHaveAnyElementsOfTypes(Advice.Restart.class, Advice.RestartAsItWas.class)
        .anyMatch(it -> it instanceof Advice.Diagnose one && one.address().isPresent());
  }

  @Test
  void norThatOfWhatHasStartedThisProcess() {
    assertThat(advice(hanging().startedBy(server)))
        .doesNotHaveAnyElementsOfTypes(Advice.Restart.class, Advice.RestartAsItWas.class)
        .contains(
            new Advice.Hint("nginx(100) has started this process: restart it from elsewhere."));
  }

  @Test
  void norThatOfWhatIsNotKnown() {
    Scene unknown = new Scene().with(listener().ownerUnknown()).health(Outcome.NO_RESPONSE);
    assertThat(advice(unknown)).isNotEmpty().noneMatch(Advice.Restart.class::isInstance);
    Scene root =
        new Scene()
            .with(listener().ownerUnknown())
            .seenBy(new SceneProcess(99).as("root"))
            .health(Outcome.NO_RESPONSE);
    assertThat(advice(root))
        .contains(new Advice.Hint("A restart needs the owner of the port, which is not known."))
        .noneMatch(Advice.Restart.class::isInstance);
  }

  @Test
  void noRestartIsAdvisedOfAHealthyServer() {
    Scene healthy = new Scene().with(server).with(listener(server));
    assertThat(healthy.verdict()).isEqualTo(Verdict.HEALTHY);
    assertThat(Stream.of(healthy, healthy.alsoServing(LINE)).flatMap(it -> advice(it).stream()))
        .doesNotHaveAnyElementsOfTypes(Advice.Restart.class, Advice.RestartAsItWas.class);
  }
}
