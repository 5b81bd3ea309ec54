// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import static io.tcptable.diagnose.SceneSocket.listener;
import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.health.HealthResult.Outcome;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReloaderParentTest {

  private final SceneProcess server = new SceneProcess(100);

  private Scene scene() {
    return new Scene().with(server).with(listener(server));
  }

  @Test
  void isNamedWithWhatItStarted() {
    SceneProcess reloader = new SceneProcess(90);
    server.startedBy(reloader);
    Scene scene = scene().with(reloader);
    Finding finding = scene.finding(FindingCode.RELOADER_PARENT);
    assertThat(finding.pids()).containsExactly(90L, 100L);
    assertThat(finding.evidence()).containsEntry("parent", 90L).containsEntry("children", 1L);
    assertThat(scene.faults()).isEmpty();
  }

  @Test
  void isNoShell() {
    SceneProcess shell = new SceneProcess(90).runs("/bin/bash");
    server.startedBy(shell);
    assertThat(scene().with(shell).codes()).isEmpty();
  }

  @Test
  void isNoShellBetweenAReloaderAndTheServer() {
    SceneProcess reloader = new SceneProcess(80).runs("/usr/bin/node", "/usr/bin/nodemon");
    SceneProcess shell = new SceneProcess(90).runs("/bin/sh", "-c", "node server.js");
    shell.startedBy(reloader);
    server.startedBy(shell);
    Scene scene = scene().with(reloader, shell);
    Finding finding = scene.finding(FindingCode.RELOADER_PARENT);
    assertThat(finding.pids()).containsExactly(80L, 100L);
    assertThat(finding.meaning())
        .isEqualTo(
            "The parent is a reloader: it starts the server again when a file changes or the"
                + " server ends. They must be stopped together.");
  }

  @Test
  void aRestartIsAdvisedOnlyWhereItHelps() {
    server.startedBy(new SceneProcess(90));
    Scene scene = scene().with(new SceneProcess(90));
    assertThat(scene.finding(FindingCode.RELOADER_PARENT).advice()).isEmpty();
    assertThat(scene.health(Outcome.NO_RESPONSE).finding(FindingCode.RELOADER_PARENT).advice())
        .hasSize(1);
  }

  /** They run a program and go on with their own work, or end, when it ends. */
  @Test
  void isNoBuildTool() {
    SceneProcess app = new SceneProcess(100).runs("/usr/bin/java", "-cp", "x", "com.acme.App");
    for (String tool :
        List.of(
            "org.codehaus.plexus.classworlds.launcher.Launcher",
            "org.gradle.launcher.daemon.bootstrap.GradleDaemon",
            "org.gradle.wrapper.GradleWrapperMain",
            "xsbt.boot.Boot")) {
      SceneProcess build =
          new SceneProcess(90).runs("/usr/bin/java", "-classpath", "y", tool, "spring-boot:run");
      app.startedBy(build);
      assertThat(new Scene().with(app, build).with(listener(app)).codes()).isEmpty();
    }
  }

  @Test
  void isToldOfAShellThatRunsALoop() {
    SceneProcess shell =
        new SceneProcess(90)
            .runs("/bin/sh")
            .claims("sh", "-c", "while true; do node server.js; sleep 5; done");
    server.startedBy(shell);
    Finding finding = scene().with(shell).finding(FindingCode.RELOADER_PARENT);
    assertThat(finding.seen()).endsWith("was started by sh(90), a shell that runs a loop");
    assertThat(finding.pids()).containsExactly(90L, 100L);
    server.startedBy(new SceneProcess(91).runs("/bin/sh").claims("sh", "-c", "node server.js"));
    assertThat(scene().codes()).isEmpty();
  }

  @Test
  void isForeverBehindItsMonitor() {
    SceneProcess monitor =
        new SceneProcess(90)
            .runs("/usr/bin/node", "/x/node_modules/forever/bin/monitor", "server.js");
    server.startedBy(monitor);
    assertThat(scene().with(monitor).finding(FindingCode.RELOADER_PARENT).meaning())
        .startsWith("The parent is a reloader");
    SceneProcess other =
        new SceneProcess(90).runs("/usr/bin/node", "/x/acme/bin/monitor", "server.js");
    server.startedBy(other);
    assertThat(new Scene().with(server, other).with(listener(server)).codes()).isEmpty();
  }
}
