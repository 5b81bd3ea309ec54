// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import static io.tcptable.diagnose.SceneSocket.listener;
import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.Advice;
import io.tcptable.health.HealthResult.Outcome;
import io.tcptable.process.ProcessStatus.State;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SupervisedTest {

  private final SceneProcess server = new SceneProcess(100);

  private Scene scene() {
    return new Scene().with(server).with(listener(server));
  }

  @Test
  void namesTheCommandsOfTheSupervisor() {
    server.service("web.service");
    Finding finding = scene().finding(FindingCode.SUPERVISED);
    assertThat(finding.isFault()).isFalse();
    assertThat(finding.seen()).isEqualTo("python3(100) is managed by web.service");
    assertThat(finding.advice())
        .containsExactly(
            new Advice.Command("systemctl restart web.service"),
            new Advice.Command("systemctl status web.service"));
    assertThat(scene().verdict()).isEqualTo(Verdict.HEALTHY);
  }

  @Test
  void isNotTheServiceThatThisProcessRunsIn() {
    server.service("ci.service");
    Scene scene = scene().seenBy(new SceneProcess(99).service("ci.service"));
    assertThat(scene.codes()).isEmpty();
  }

  /** As many as restart knows: a finding and a refusal must not differ. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/usr/bin/supervisord   | python3(100) is managed by supervisord",
        "/usr/bin/runsv         | python3(100) is managed by runsv",
        "/bin/s6-supervise      | python3(100) is managed by s6-supervise",
        "/usr/bin/supervise     | python3(100) is managed by supervise",
        "/usr/bin/circusd       | python3(100) is managed by circusd"
      })
  void isSeenInTheAncestors(String supervisor, String seen) {
    SceneProcess parent = new SceneProcess(90).runs(supervisor, "web");
    server.startedBy(parent).is(State.STOPPED);
    Scene scene = scene().with(parent).health(Outcome.NO_RESPONSE);
    assertThat(scene.finding(FindingCode.SUPERVISED).seen()).isEqualTo(seen);
    assertThat(scene.findings())
        .flatExtracting(Finding::advice)
        .doesNotHaveAnyElementsOfTypes(Advice.Restart.class, Advice.RestartAsItWas.class);
    assertThat(scene.startedBy(parent).codes()).contains(FindingCode.SUPERVISED);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/usr/bin/docker-proxy | forwards the port to a container of Docker",
        "/usr/bin/conmon       | forwards the port to a container of Podman",
        "/usr/sbin/sshd        | forwards the port for an SSH connection",
        "/usr/sbin/inetd       | starts servers on demand as inetd",
        "/usr/lib/systemd/systemd | starts servers on demand as systemd",
        "/usr/bin/slirp4netns  | forwards the port for rootless containers",
        "/usr/bin/circusd      | is the supervisor circusd"
      })
  void isAlsoAProcessThatIsNotTheServerItself(String program, String seen) {
    server.runs(program).is(State.STOPPED);
    Scene scene = scene().health(Outcome.NO_RESPONSE);
    assertThat(scene.finding(FindingCode.SUPERVISED).seen()).endsWith(seen);
    assertThat(scene.findings())
        .flatExtracting(Finding::advice)
        .doesNotHaveAnyElementsOfTypes(Advice.Restart.class, Advice.RestartAsItWas.class);
  }
}
