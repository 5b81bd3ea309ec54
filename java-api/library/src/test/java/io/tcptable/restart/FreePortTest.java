// SPDX-License-Identifier: Apache-2.0
package io.tcptable.restart;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.OsProcess;
import io.tcptable.TcpState;
import io.tcptable.TcpTable;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import servers.Children;
import servers.FreePorts;

class FreePortTest {

  @RegisterExtension final Children children = new Children();

  private final int port = FreePorts.next();

  private PortRestart free() {
    return PortRestart.free(port).settle(Duration.ofMillis(200));
  }

  private static List<Long> pids(RestartReport report) {
    return report.stopped().stream().map(OsProcess::pid).toList();
  }

  @Test
  void aServerIsAskedToEnd() {
    Process server = children.startServer(port);

    RestartReport report = free().run();

    assertThat(report.outcome()).as("%s", report).isEqualTo(Outcome.DONE);
    assertThat(pids(report)).containsExactly(server.pid());
    assertThat(server.isAlive()).isFalse();
    assertThat(server.exitValue()).as("ended by SIGTERM").isEqualTo(128 + 15);
    assertThat(report.steps())
        .extracting(StepResult::step)
        .containsExactly(
            StepName.LOCK,
            StepName.FIND,
            StepName.HOLD,
            StepName.TERMINATE,
            StepName.KILL,
            StepName.FREE);
    assertThat(report.situation()).contains("port " + port + ": nobody listens");
  }

  @Test
  void oneThatIgnoresItIsEndedAfterTheGracePeriod() {
    Process server = children.startServer(port, "--ignore-term");

    RestartReport report = free().grace(Duration.ofMillis(300)).run();

    assertThat(report.outcome()).as("%s", report).isEqualTo(Outcome.DONE);
    assertThat(server.exitValue()).as("ended by SIGKILL").isEqualTo(128 + 9);
    assertThat(result(report, StepName.TERMINATE).detail())
        .contains("did not terminate within 300ms");
    assertThat(result(report, StepName.TERMINATE).duration()).isGreaterThan(Duration.ofMillis(299));
    assertThat(result(report, StepName.KILL).outcome()).isEqualTo(Outcome.DONE);
  }

  @Test
  void withoutGraceItIsEndedAtOnce() {
    Process server = children.startServer(port);

    RestartReport report = free().grace(Duration.ZERO).run();

    assertThat(report.outcome()).as("%s", report).isEqualTo(Outcome.DONE);
    assertThat(server.exitValue()).as("ended by SIGKILL").isEqualTo(128 + 9);
  }

  @Test
  void oneThatIsStoppedIsEndedAllTheSame() throws Exception {
    Process server = children.startServer(port);
    new ProcessBuilder("kill", "-STOP", Long.toString(server.pid())).start().waitFor();

    RestartReport report = free().grace(Duration.ofMillis(200)).run();

    assertThat(report.outcome()).as("%s", report).isEqualTo(Outcome.DONE);
    assertThat(server.isAlive()).isFalse();
  }

  @Test
  void allInstancesThatShareThePortAreStopped() {
    List<Process> servers =
        List.of(
            children.startServer(port, "--reuse-port"),
            children.startServer(port, "--reuse-port"),
            children.startServer(port, "--reuse-port"));

    RestartReport report = free().run();

    assertThat(report.outcome()).as("%s", report).isEqualTo(Outcome.DONE);
    assertThat(pids(report))
        .containsExactlyInAnyOrderElementsOf(servers.stream().map(Process::pid).toList());
    assertThat(servers).noneMatch(Process::isAlive);
  }

  @Test
  void theMasterAndItsWorkersAreStoppedTheMasterFirst() {
    Process master = children.startServer(port, "--workers=3");
    List<ProcessHandle> workers = master.children().toList();
    assertThat(workers).hasSize(3);

    RestartReport report = free().run();

    assertThat(report.outcome()).as("%s", report).isEqualTo(Outcome.DONE);
    assertThat(pids(report)).hasSize(4).startsWith(master.pid());
    assertThat(workers).allMatch(Children::hasEnded);
  }

  @Test
  void aWorkerThatOutlivedItsMasterIsFound() throws Exception {
    Process master = children.startServer(port, "--workers=1");
    ProcessHandle worker = master.children().findFirst().orElseThrow();
    master.destroyForcibly().waitFor();

    RestartReport report = free().run();

    assertThat(report.outcome()).as("%s", report).isEqualTo(Outcome.DONE);
    assertThat(pids(report)).containsExactly(worker.pid());
  }

  @Test
  void aClientOfThePortIsLeftAlone() {
    children.startServer(port);
    Process client =
        children.start(Children.python(), Children.script("client.py"), Integer.toString(port));

    RestartReport report = free().run();

    assertThat(report.outcome()).as("%s", report).isEqualTo(Outcome.DONE);
    assertThat(pids(report)).doesNotContain(client.pid());
    assertThat(client.isAlive()).isTrue();
  }

  @Test
  void connectionsThatNobodyClosesGoWithTheirOwner() throws Exception {
    Process server = children.startServer(port, "--leak");
    new Socket(InetAddress.getLoopbackAddress(), port).close();
    // Until it is accepted, it has no owner.
    Children.await(
        "an owned CLOSE_WAIT",
        () ->
            TcpTable.snapshot(port).stream()
                .anyMatch(it -> it.state() == TcpState.CLOSE_WAIT && !it.owners().isEmpty()));

    RestartPlan plan = free().plan();
    RestartReport report = free().run();

    assertThat(plan.targets())
        .extracting(Target::why)
        .containsExactly("listens on 127.0.0.1:" + port + " and holds connections: 1 CLOSE_WAIT");
    assertThat(report.outcome()).as("%s", report).isEqualTo(Outcome.DONE);
    assertThat(server.isAlive()).isFalse();
  }

  @Test
  void whatIsLeftInTimeWaitIsExplained() throws Exception {
    children.startServer(port);
    // The server closes first, so its end is the one that waits.
    try (Socket client = new Socket(InetAddress.getLoopbackAddress(), port)) {
      client.getOutputStream().write("GET / HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      client.getInputStream().readAllBytes();
    }
    Children.await("TIME_WAIT", () -> TcpTable.snapshot(port).count(TcpState.TIME_WAIT) == 1);

    RestartReport report = free().run();

    assertThat(report.outcome()).as("%s", report).isEqualTo(Outcome.DONE);
    assertThat(result(report, StepName.FREE).detail())
        .contains("; 1 TIME_WAIT: a server without SO_REUSEADDR cannot bind");
  }

  @Test
  void nobodyOnThePortIsFine() {
    RestartReport report = free().run();

    assertThat(report.outcome()).as("%s", report).isEqualTo(Outcome.DONE);
    assertThat(report.stopped()).isEmpty();
    assertThat(result(report, StepName.FIND).detail()).isEqualTo("no process is on the port");
  }

  @Test
  void ifAListenerIsToBeKeptNobodyIsStopped() {
    Process kept = children.startServer(port, "--reuse-port");
    Process other = children.startServer(port, "--reuse-port");

    RestartReport report = free().keep(kept.pid()).run();

    assertThat(report.outcome()).as("%s", report).isEqualTo(Outcome.REFUSED);
    assertThat(report.refusal().orElseThrow().kind()).isEqualTo(Refusal.Kind.PROTECTED);
    assertThat(report.refusal().orElseThrow().message())
        .contains("python3", "(" + kept.pid() + ")", "is to be kept");
    assertThat(List.of(kept, other)).allMatch(Process::isAlive);
  }

  @Test
  void thisVeryProcessIsNotStopped() throws Exception {
    try (var own = new java.net.ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      RestartReport report = free().run();

      assertThat(report.outcome()).as("%s", report).isEqualTo(Outcome.REFUSED);
      assertThat(report.refusal().orElseThrow().message()).contains("is this process");
      assertThat(own.isClosed()).isFalse();
    }
  }

  @Test
  void aPlanTouchesNothing() throws Exception {
    Process server = children.startServer(port);

    RestartPlan plan = free().plan();

    assertThat(plan.refusal()).isEmpty();
    assertThat(plan.targets()).extracting(t -> t.process().pid()).containsExactly(server.pid());
    assertThat(plan.steps())
        .extracting(RestartPlan.PlannedStep::step)
        .containsExactly(StepName.HOLD, StepName.TERMINATE, StepName.KILL, StepName.FREE);
    assertThat(server.isAlive()).isTrue();
  }

  @Test
  void nobodyIsStoppedWhomTheApprovedPlanDoesNotName() throws Exception {
    Process first = children.startServer(port, "--reuse-port");
    PortRestart restart = free();
    RestartPlan plan = restart.plan();
    Process second = children.startServer(port, "--reuse-port");

    RestartReport report = restart.run(plan);

    assertThat(report.outcome()).as("%s", report).isEqualTo(Outcome.REFUSED);
    assertThat(report.refusal().orElseThrow().kind()).isEqualTo(Refusal.Kind.OWNERS_CHANGED);
    assertThat(List.of(first, second)).allMatch(Process::isAlive);
  }

  private static StepResult result(RestartReport report, StepName step) {
    return Children.result(report, step);
  }
}
