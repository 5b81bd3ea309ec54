// SPDX-License-Identifier: Apache-2.0
package io.tcptable.windows;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.OsProcess;
import io.tcptable.Ownership;
import io.tcptable.TcpQuery;
import io.tcptable.TcpState;
import io.tcptable.TcpTable;
import io.tcptable.diagnose.Finding;
import io.tcptable.diagnose.FindingCode;
import io.tcptable.diagnose.PortDiagnosis;
import io.tcptable.diagnose.Verdict;
import io.tcptable.health.HealthProbe;
import io.tcptable.internal.Platforms;
import io.tcptable.internal.binding.BindingSelection;
import io.tcptable.internal.windows.WindowsAccess;
import io.tcptable.restart.Outcome;
import io.tcptable.restart.PortRestart;
import io.tcptable.restart.RestartReport;
import io.tcptable.restart.StepName;
import io.tcptable.restart.StepResult;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import servers.FreePorts;

/** The guide's situation on Windows: seen, named and put right. */
@Tag("once")
class StoryIT {

  private static final String HEALTHY = "{\"status\": \"healthy\"}";
  private static final int CLIENTS = 60;

  private static BridgeWindowsCalls calls;

  @TempDir private Path folder;

  @BeforeAll
  static void pretend() {
    calls = new BridgeWindowsCalls();
    Platforms.use(
        ThroughWine.platform(),
        ThroughWine.startedHere(
            WindowsAccess.of(new BindingSelection<>("bridge", calls, Map.of()))));
  }

  @AfterAll
  static void end() {
    Platforms.use(null, null);
    calls.close();
  }

  @Test
  void threeServersOnOnePortAndStuckConnections() throws Exception {
    int port = FreePorts.next();
    try (Peer first = Peer.hung(4, port);
        Peer second = Peer.hung(4, port);
        Peer third = Peer.hung(4, port)) {
      StuckClients.giveUp(port, CLIENTS);
      awaitAccepted(port);
      Long[] pids = {first.pid(), second.pid(), third.pid()};
      PortDiagnosis sick = diagnose(port);
      assertThat(sick.verdict()).isEqualTo(Verdict.HANGING);
      assertThat(sick.findings().stream().filter(Finding::isFault).map(Finding::code))
          .containsExactlyInAnyOrder(
              FindingCode.SEVERAL_SERVERS,
              FindingCode.CLOSE_WAIT_PILEUP,
              FindingCode.HEALTH_NO_RESPONSE);
      assertThat(finding(sick, FindingCode.SEVERAL_SERVERS).pids()).containsExactlyInAnyOrder(pids);
      assertThat(finding(sick, FindingCode.CLOSE_WAIT_PILEUP).evidence())
          .containsEntry("atBothLooks", (long) CLIENTS);

      assertThat(sick.findings().toString()).doesNotContain("descriptor", "sudo", "kill ");
      RestartReport report = restart(port);
      try {
        assertThat(report.outcome()).as("%s", report).isEqualTo(Outcome.DONE);
        assertThat(report.stopped().stream().map(OsProcess::pid)).containsExactlyInAnyOrder(pids);
        assertThat(List.of(first, second, third)).allMatch(Peer::hasEnded);
        assertThat(step(report, StepName.TERMINATE).detail())
            .contains(
                "no process can be asked to stop: none has a window",
                "no console is only theirs; Ctrl-C is sent to all programs on a console");
        assertThat(diagnose(port).verdict()).isEqualTo(Verdict.HEALTHY);
      } finally {
        report.started().flatMap(s -> ProcessHandle.of(s.pid())).ifPresent(Introduction::end);
      }
    }
  }

  @Test
  void aServerWithAWindowIsAskedToCloseIt() throws Exception {
    int port = FreePorts.next();
    try (Peer server = Peer.withWindow(4, port)) {
      RestartReport report = PortRestart.free(port).run();
      assertThat(report.outcome()).as("%s", report).isEqualTo(Outcome.DONE);
      assertThat(step(report, StepName.TERMINATE).outcome()).isEqualTo(Outcome.DONE);
      assertThat(step(report, StepName.KILL).outcome()).isEqualTo(Outcome.SKIPPED);
      assertThat(server.exitCode()).isEqualTo(Peer.CLOSED);
    }
  }

  /** From then on, each connection has its owner. */
  private static void awaitAccepted(int port) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
    TcpQuery stuck = TcpQuery.all().localPort(port).states(TcpState.CLOSE_WAIT);
    while (TcpTable.snapshot(stuck).stream().filter(it -> it.ownership() == Ownership.OWNED).count()
            < CLIENTS
        && System.nanoTime() < end) {
      Thread.sleep(100);
    }
  }

  private static PortDiagnosis diagnose(int port) throws InterruptedException {
    return PortDiagnosis.request(port).health(probe(port)).run();
  }

  private static HealthProbe probe(int port) {
    return HealthProbe.of(URI.create("http://127.0.0.1:" + port + "/health"))
        .expectJson(HEALTHY)
        .deadline(Duration.ofSeconds(1));
  }

  private RestartReport restart(int port) {
    Path log = folder.resolve("server.log");
    PortRestart restart =
        PortRestart.restart(
                port,
                Wine.program("peer.exe").toString(),
                "healthy",
                "4",
                Integer.toString(port),
                "stay")
            .health(probe(port))
            .log(log)
            .listener(new Introduction(calls, log));
    for (Map.Entry<String, String> variable : Wine.environment().entrySet()) {
      restart = restart.environment(variable.getKey(), variable.getValue());
    }
    return restart.run();
  }

  private static StepResult step(RestartReport report, StepName step) {
    return report.steps().stream()
        .filter(result -> result.step() == step)
        .findFirst()
        .orElseThrow();
  }

  private static Finding finding(PortDiagnosis diagnosis, FindingCode code) {
    return diagnosis.findings().stream().filter(f -> f.code() == code).findFirst().orElseThrow();
  }
}
