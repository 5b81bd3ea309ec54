// SPDX-License-Identifier: Apache-2.0
package io.tcptable.restart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tcptable.OsProcess;
import io.tcptable.restart.Refusal.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import servers.Children;
import servers.FreePorts;

/** A process that was passed the listener is not stopped for it. */
class ApprovedProcessesTest {

  private static final String NOBODY = "65534";

  @RegisterExtension final Children children = new Children();

  @TempDir private Path directory;
  private int port;
  private String box;

  @BeforeEach
  void choosePort() throws IOException {
    port = FreePorts.next();
    box = directory.resolve("box").toString();
  }

  private Process daemon() {
    return children.start(Children.python(), Children.script("pass_listener.py"), "receive", box);
  }

  private Process server(String when, String... user) {
    String script = Children.script("pass_listener.py");
    String number = Integer.toString(port);
    return user.length == 0
        ? children.start(Children.python(), script, "send", number, box, when)
        : children.start(Children.python(), script, "send", number, box, when, user[0]);
  }

  private RestartReport free() {
    return PortRestart.free(port).settle(Duration.ofMillis(200)).run();
  }

  @Test
  void aDaemonOfRootThatAnotherUserPassedItToIsNotInThePlan() throws Exception {
    assumeTrue(isRoot(), "needs root, to start a process of another user");
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    Process daemon = daemon();
    Process server = server("now", NOBODY);

    RestartPlan plan = PortRestart.free(port).plan();
    RestartReport report = free();

    assertThat(plan.refusal().orElseThrow().kind()).isEqualTo(Kind.OWNERS_CHANGED);
    assertThat(plan.refusal().orElseThrow().message())
        .contains("(" + daemon.pid() + ")", "UID " + NOBODY);
    assertThat(report.outcome()).as("%s", report).isEqualTo(Outcome.REFUSED);
    assertThat(List.of(daemon, server)).allMatch(Process::isAlive);
  }

  @Test
  void aDaemonThatIsPassedItOnSigtermIsNotStoppedInALaterWave() {
    Process daemon = daemon();
    Process server = server("sigterm");

    RestartReport report = free();

    assertThat(report.outcome()).as("%s", report).isEqualTo(Outcome.FAILED);
    assertThat(report.refusal().orElseThrow().kind()).isEqualTo(Kind.OWNERS_CHANGED);
    assertThat(report.refusal().orElseThrow().message()).contains("(" + daemon.pid() + ")");
    assertThat(report.stopped()).extracting(OsProcess::pid).containsExactly(server.pid());
    assertThat(daemon.isAlive()).isTrue();
  }

  @Test
  void aSiblingOfTheSameSessionIsNotIncluded() throws Exception {
    Process server = children.startServer(port);
    PortRestart request = PortRestart.free(port);
    RestartPlan plan = request.plan();
    ApprovedProcesses approved = new ApprovedProcesses(plan.targets());

    Process child = children.startServer(FreePorts.next());
    assertThat(approved.include(OsProcess.of(server.pid()).orElseThrow())).isTrue();
    assertThat(approved.include(OsProcess.of(child.pid()).orElseThrow()))
        .as("of the same parent and session")
        .isFalse();
  }

  @Test
  void oneThatIsForkedMeanwhileIsStoppedToo() {
    Process master = children.startServer(port, "--workers=2");
    OsProcess worker =
        OsProcess.of(master.children().findFirst().orElseThrow().pid()).orElseThrow();
    Target target =
        new Target(OsProcess.of(master.pid()).orElseThrow(), Target.Role.LISTENER, "listens");
    ApprovedProcesses approved = new ApprovedProcesses(List.of(target));

    assertThat(approved.include(worker)).isTrue();
    master.destroyForcibly();
    Children.await("the master has ended", () -> !master.isAlive());
    assertThat(approved.include(worker)).as("an orphan").isTrue();
  }

  private static boolean isRoot() {
    return OsProcess.of(ProcessHandle.current().pid()).orElseThrow().userIds().contains(0L);
  }
}
