// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import static io.tcptable.diagnose.SceneSocket.listener;
import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.Advice;
import io.tcptable.InheritedSocket;
import io.tcptable.NoLinuxWords;
import io.tcptable.TcpState;
import io.tcptable.health.HealthResult.Outcome;
import io.tcptable.internal.Platforms;
import io.tcptable.internal.platform.BindTest;
import io.tcptable.internal.windows.WindowsPlatform;
import io.tcptable.process.ProcessStatus.State;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A diagnosis on Windows has nothing in it that only Linux has. */
class WindowsFindingsTest {

  private static final SceneProcess SERVER = new SceneProcess(100);

  @BeforeEach
  void onWindows() {
    Platforms.use(new WindowsPlatform(), null);
  }

  @AfterEach
  void onThisSystem() {
    Platforms.use(null, null);
  }

  private static Scene scene() {
    return new Scene().onWindows().with(SERVER).with(listener(SERVER));
  }

  private static Scene nobody() {
    return new Scene().onWindows().health(Outcome.REFUSED);
  }

  private static Scene refusedToBind(String message) {
    return nobody()
        .bind(
            new BindTest(Optional.of(message), Optional.empty(), message.startsWith("Permission")));
  }

  private static Scene service() {
    SceneProcess service = new SceneProcess(100).service("TermService");
    return new Scene().onWindows().with(service).with(listener(service)).health(Outcome.SLOW);
  }

  private static Scene suspended() {
    SceneProcess stopped = new SceneProcess(100).is(State.STOPPED);
    return new Scene().onWindows().with(stopped).with(listener(stopped));
  }

  static Stream<Scene> scenes() {
    SceneProcess other = new SceneProcess(200).as("OFFICE\\eve");
    SceneSocket closeWait = SceneSocket.of(TcpState.CLOSE_WAIT, SERVER);
    return Stream.of(
        nobody(),
        new Scene().onWindows(),
        scene().with(new SceneProcess(300)).with(listener(new SceneProcess(300))),
        scene().with(other).with(listener(other)),
        scene().with(60, closeWait),
        scene().with(300, SceneSocket.of(TcpState.FIN_WAIT_2)),
        scene().clients(new Clients("127.0.0.1:3001", 28_232, 20_000)),
        scene().with(listener().ownerUnknown()),
        scene().with(listener().ownerUnknown()).unreadable(2),
        scene().with(listener().openedBy(new InheritedSocket(4, List.of()))),
        suspended(),
        service(),
        refusedToBind("Permission denied: bind"),
        refusedToBind("Permission denied: bind").excluded(),
        refusedToBind("Address already in use: bind"),
        refusedToBind("Address already in use: bind").with(closeWait).with(SERVER),
        refusedToBind("Address already in use: bind")
            .with(SceneSocket.of(TcpState.CLOSE_WAIT).ownerUnknown()),
        nobody()
            .bind(new BindTest(Optional.empty(), Optional.of("Address already in use"), false)));
  }

  @ParameterizedTest
  @MethodSource("scenes")
  void whatIsFound(Scene scene) {
    List<Finding> findings = scene.findings();
    assertThat(findings).isNotEmpty();
    findings.forEach(finding -> NoLinuxWords.in(finding.toString()));
    NoLinuxWords.in(scene.judgement().headline());
  }

  @ParameterizedTest
  @EnumSource(Outcome.class)
  void whatTheProbeSaid(Outcome outcome) {
    Scene scene = scene().health(outcome).assumed();
    scene.findings().forEach(finding -> NoLinuxWords.in(finding.toString()));
  }

  @Test
  void onLinuxTheSameScenesHaveSomeOfIt() {
    Scene linux =
        new Scene().bind(new BindTest(Optional.of("Permission denied"), Optional.empty(), true));
    assertThat(linux.health(Outcome.REFUSED).finding(FindingCode.BIND_REFUSED).advice())
        .extracting(Advice::text)
        .containsExactly("Start the server as root, or give it CAP_NET_BIND_SERVICE.");
  }

  @Test
  void aDeniedPortIsOfSomebodyWhoWantsItAlone() {
    assertThat(refusedToBind("Permission denied: bind").finding(FindingCode.BIND_REFUSED).advice())
        .containsExactly(
            new Advice.Command("netsh http show servicestate"),
            new Advice.Hint("Use another port."));
  }
}
