// SPDX-License-Identifier: Apache-2.0
package io.tcptable.restart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tcptable.OsProcess;
import io.tcptable.TcpTable;
import io.tcptable.process.PortRole;
import io.tcptable.restart.Refusal.Kind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import servers.Children;
import servers.FreePorts;

/** A process that was passed the listener is not stopped for it. */
class ApprovedProcessesTest {

  private static final String NOBODY = "65534";

  @RegisterExtension final Children children = new Children();

  @TempDir private Path directory;
  private final int port = FreePorts.next();
  private String box;

  @BeforeEach
  void chooseBox() {
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
        new Target(
            OsProcess.of(master.pid()).orElseThrow(),
            Target.Role.LISTENER,
            "listens",
            new PortRole(PortRole.Kind.SERVER, "listens"),
            Optional.empty());
    ApprovedProcesses approved = new ApprovedProcesses(List.of(target));

    assertThat(approved.include(worker)).isTrue();
    master.destroyForcibly();
    Children.await("the master has ended", () -> !master.isAlive());
    assertThat(approved.include(worker)).as("an orphan").isTrue();
  }

  @Test
  void aDescendantThatIsPassedItOnSigtermIsStoppedToo() {
    Process server = server("sigterm-child");
    ProcessHandle child = server.children().findFirst().orElseThrow();

    RestartReport report = free();

    assertThat(report.outcome()).as("%s", report).isEqualTo(Outcome.DONE);
    assertThat(report.stopped())
        .extracting(OsProcess::pid)
        .containsExactly(server.pid(), child.pid());
  }

  @Test
  void anOrphanOfTheSessionOfATargetIsStoppedToo() {
    Process server = leavingServer(List.of("setsid"));

    RestartReport report = free();

    assertThat(report.outcome()).as("%s", report).isEqualTo(Outcome.DONE);
    assertThat(report.stopped()).hasSize(2).extracting(OsProcess::pid).startsWith(server.pid());
  }

  /** In a session that others lead, an orphan may be anybody's: there is no proof. */
  @ParameterizedTest
  @ValueSource(strings = {"", "reaper.py"})
  void anOrphanThatWasNeverSeenIsNotStopped(String reaper) {
    Process server = leavingServer(reapedBy(reaper));

    RestartReport report = free();

    List<OsProcess> left = TcpTable.snapshot(port).owners();
    left.forEach(orphan -> children.adopt(orphan.pid()));
    assertThat(report.outcome()).as("%s", report).isEqualTo(Outcome.FAILED);
    assertThat(report.refusal().orElseThrow().kind()).isEqualTo(Kind.OWNERS_CHANGED);
    assertThat(left).hasSize(1).extracting(OsProcess::pid).doesNotContain(server.pid());
    assertThat(report.refusal().orElseThrow().message()).startsWith(left.get(0).toString());
    assertThat(report.stopped()).doesNotContainAnyElementsOf(left);
  }

  /** So it is in a container whose PID 1 is the shell that has started the server. */
  @Test
  void anOrphanStaysIncludedUnderAReaperOfTheSameSession() {
    List<String> command = new ArrayList<>(reapedBy("reaper.py"));
    command.addAll(List.of(Children.server(port, "--workers=2")));
    Process reaper = children.start(command.toArray(String[]::new));
    ProcessHandle master = reaper.children().findFirst().orElseThrow();
    OsProcess worker =
        OsProcess.of(master.children().findFirst().orElseThrow().pid()).orElseThrow();
    Target target =
        new Target(
            OsProcess.of(master.pid()).orElseThrow(),
            Target.Role.LISTENER,
            "listens",
            new PortRole(PortRole.Kind.SERVER, "listens"),
            Optional.empty());
    ApprovedProcesses approved = new ApprovedProcesses(List.of(target));

    master.destroyForcibly();
    Children.await(
        "the reaper has the orphan",
        () -> worker.parent().filter(it -> it.pid() == reaper.pid()).isPresent());
    assertThat(approved.include(worker)).isTrue();
    assertThat(approved.include(OsProcess.of(reaper.pid()).orElseThrow())).isFalse();
  }

  private static List<String> reapedBy(String script) {
    return script.isEmpty() ? List.of() : List.of(Children.python(), Children.script(script));
  }

  /** One that forks and ends when it is asked to terminate, and its child goes on. */
  private Process leavingServer(List<String> launcher) {
    List<String> command = new ArrayList<>(launcher);
    command.addAll(List.of(Children.server(port, "--leave-on-term")));
    return children.start(command.toArray(String[]::new));
  }

  private static boolean isRoot() {
    return OsProcess.of(ProcessHandle.current().pid()).orElseThrow().userIds().contains(0L);
  }
}
