// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import static io.tcptable.diagnose.SceneSocket.listener;
import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.Advice;
import io.tcptable.ListenAddress;
import io.tcptable.internal.platform.BindObstacle;
import io.tcptable.internal.server.MissingBindRight;
import io.tcptable.process.ProcessStatus.State;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SuggestedCommandsTest {

  private final SceneProcess server = new SceneProcess(100);

  private Scene scene() {
    return new Scene().with(server).with(listener(server));
  }

  private static final Advice AS_IT_WAS = new Advice.RestartAsItWas(3001);

  @Test
  void aServiceIsRestartedByItsSupervisor() {
    server.service("web.service").is(State.STOPPED);
    assertThat(SuggestedCommands.restart(scene().evidence()))
        .containsExactly(new Advice.Command("systemctl restart web.service"));
  }

  @Test
  void whatThisProcessRunsInItselfSaysNothingOfTheServer() {
    server.service("ci.service").container("docker 5f3c0a7be1d8");
    Scene scene =
        scene().seenBy(new SceneProcess(99).service("ci.service").container("docker 5f3c0a7be1d8"));
    assertThat(SuggestedCommands.restart(scene.evidence())).containsExactly(AS_IT_WAS);
  }

  @Test
  void aServiceOfAUserIsRestartedThere() {
    server.userService("web.service").as("ann");
    Scene own = scene().seenBy(new SceneProcess(99).as("ann"));
    assertThat(SuggestedCommands.restart(own.evidence()))
        .containsExactly(new Advice.Command("systemctl --user restart web.service"));
    Scene root = scene().seenBy(new SceneProcess(99).as("root"));
    assertThat(SuggestedCommands.restart(root.evidence()))
        .containsExactly(new Advice.Command("systemctl --user --machine=ann@ restart web.service"));
  }

  /** What restart refuses is not advised: supervisorctl takes a name that is not known here. */
  @Test
  void aSupervisorThatTakesANameIsAskedForIt() {
    SceneProcess supervisor = new SceneProcess(90).runs("/usr/bin/supervisord");
    server.startedBy(supervisor).is(State.STOPPED);
    assertThat(SuggestedCommands.restart(scene().with(supervisor).evidence()))
        .containsExactly(
            new Advice.Hint(
                "Run 'supervisorctl restart NAME'; 'supervisorctl status' shows the name."),
            new Advice.Command("supervisorctl status"));
  }

  @Test
  void anotherUsersServerIsStartedAsThatUser() {
    server.as("evil");
    Scene scene = scene().seenBy(new SceneProcess(99).as("root"));
    assertThat(SuggestedCommands.restart(scene.evidence())).containsExactly(AS_IT_WAS);
    assertThat(SuggestedCommands.restart(scene.unrepeatable(server).evidence()))
        .containsExactly(
            new Advice.Restart(3001, List.of(), Optional.empty(), Optional.of("evil")));
  }

  @Test
  void anotherUsersServerIsLeftToTheSuperuser() {
    server.as("other");
    assertThat(SuggestedCommands.restart(scene().evidence()))
        .containsExactly(
            new Advice.Diagnose(3001, Advice.Diagnose.How.AS_SUPERUSER, Optional.empty()));
  }

  @Test
  void aCommandThatIsOnlyClaimedIsNotOffered() {
    assertThat(SuggestedCommands.restart(scene().unrepeatable(server).evidence()))
        .containsExactly(new Advice.Restart(3001, List.of(), Optional.empty(), Optional.empty()));
  }

  /** In the words of the refusal; the port can be freed all the same. */
  @Test
  void aServerThatCouldNotBindThePortIsNotStartedAgain() {
    MissingBindRight missing =
        new MissingBindRight(
            ListenAddress.parse("127.0.0.1:80"),
            new BindObstacle("ports below 1024 take root", "Run it as root.", true));
    Observations evidence = scene().lacking(missing).evidence();
    assertThat(SuggestedCommands.restart(evidence))
        .containsExactly(
            new Advice.Hint(
                "A restart would be refused: the new server could not bind 127.0.0.1:80: ports"
                    + " below 1024 take root. Run it as root."));
    assertThat(SuggestedCommands.free(evidence)).containsExactly(new Advice.Free(3001));
  }
}
