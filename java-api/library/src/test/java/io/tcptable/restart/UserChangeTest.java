// SPDX-License-Identifier: Apache-2.0
package io.tcptable.restart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tcptable.OsProcess;
import io.tcptable.restart.RestartPlan.UserChange;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import servers.Children;
import servers.FreePorts;

/** A plan says if the server is going to run as another user. */
class UserChangeTest {

  private static final String NOBODY = "65534";

  @RegisterExtension final Children children = new Children();

  private final int port = FreePorts.next();
  private OsProcess self;

  @BeforeEach
  void requireRoot() {
    self = OsProcess.of(ProcessHandle.current().pid()).orElseThrow();
    assumeTrue(self.userIds().contains(0L), "needs root, to start a server of another user");
  }

  private RestartPlan plan() throws InterruptedException {
    return PortRestart.restart(port, Children.server(port)).plan();
  }

  @Test
  void aServerOfAnotherUser() throws Exception {
    children.startServer(port, "--as=" + NOBODY, "--workers=1");

    assertThat(plan().userChange()).hasValue(new UserChange("nobody", self.user().orElseThrow()));
  }

  @Test
  void aServerOfThisUser() throws Exception {
    children.startServer(port);

    assertThat(plan().targets()).hasSize(1);
    assertThat(plan().userChange()).isEmpty();
  }

  @Test
  void aMasterOfThisUserWhoseWorkersAreOfAnother() throws Exception {
    children.startServer(port, "--workers=2", "--drop-to=" + NOBODY);

    assertThat(plan().targets()).hasSize(3);
    assertThat(plan().userChange()).isEmpty();
  }

  @Test
  void nothingIsStarted() throws Exception {
    children.startServer(port, "--as=" + NOBODY);

    assertThat(PortRestart.free(port).plan().userChange()).isEmpty();
  }

  @Test
  void nobodyIsThere() throws Exception {
    assertThat(plan().userChange()).isEmpty();
  }
}
