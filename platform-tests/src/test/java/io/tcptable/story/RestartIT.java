// SPDX-License-Identifier: Apache-2.0
package io.tcptable.story;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.Advice;
import io.tcptable.OsProcess;
import io.tcptable.TcpTable;
import io.tcptable.agreement.NeedsRoot;
import io.tcptable.health.HealthProbe;
import io.tcptable.restart.Outcome;
import io.tcptable.restart.Refusal;
import io.tcptable.restart.RestartReport;
import io.tcptable.restart.StepName;
import io.tcptable.restart.StepResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/**
 * However a server is broken, a restart ends as it should: with a healthy one, or with a reason.
 */
class RestartIT {

  @AutoClose private final RestartedPort port = new RestartedPort();

  @Test
  void severalInstances() throws Exception {
    Backend first = port.backend("several").ask(40).giveUp();
    Process client = port.client();
    Backend second = port.backend("several");
    Backend third = port.backend("several");

    RestartReport report = port.run(port.restart("healthy"));

    assertRestarted(report, first, second, third);
    assertThat(client.isAlive()).isTrue();
  }

  @Test
  void leakedConnections() throws Exception {
    Backend leaking = port.backend("leak").ask(40).giveUp().awaitStuck(40);
    Process client = port.client();

    RestartReport report = port.run(port.restart("healthy"));

    assertRestarted(report, leaking);
    assertThat(result(report, StepName.FIND).detail())
        .contains("holds connections", "40 CLOSE_WAIT");
    assertThat(client.isAlive()).isTrue();
  }

  @Test
  void nobodyAccepts() throws Exception {
    Backend hung = port.backend("hung", "4");
    Process client = port.client();
    hung.ask(4);

    assertRestarted(port.run(port.restart("healthy")), hung);
    assertThat(client.isAlive()).isTrue();
  }

  @Test
  void aReloaderIsStoppedWithItsWorkerOrItWouldStartAnother() throws Exception {
    Backend reloader = port.backend("reloader");
    Process client = port.client();

    RestartReport report = port.run(port.restart("healthy").settle(Duration.ofSeconds(1)));

    assertRestarted(report, reloader);
    assertThat(client.isAlive()).isTrue();
  }

  @Test
  void theSameReloaderKeptBringsItsServerBack() {
    Backend reloader = port.backend("reloader");
    long parent = reloader.pids().get(0);

    RestartReport report =
        port.run(port.restart("healthy").keep(parent).settle(Duration.ofSeconds(60)));

    assertFailed(report, StepName.FREE, Refusal.Kind.CAME_BACK);
    assertThat(stopped(report)).containsExactly(reloader.pids().get(1));
    assertThat(report.refusal().orElseThrow().advice())
        .containsExactly(
            new Advice.Hint(
                "python3("
                    + parent
                    + ") has started it and is to be kept. Stop that process first."));
    assertThat(report.started()).isEmpty();
    assertThat(RestartedPort.hasEnded(parent)).isFalse();
  }

  @Test
  void aMasterAndItsWorkers() throws Exception {
    Backend prefork = port.backend("prefork", "3");
    Process client = port.client();

    RestartReport report = port.run(port.restart("healthy"));

    assertRestarted(report, prefork);
    assertThat(stopped(report)).as("the master first").startsWith(prefork.pids().get(0));
    assertThat(client.isAlive()).isTrue();
  }

  @Test
  void aChildThatInheritedTheListener() throws Exception {
    Backend orphan = port.backend("orphan");
    Process client = port.client();

    assertRestarted(port.run(port.restart("healthy")), orphan);
    assertThat(client.isAlive()).isTrue();
  }

  @Test
  void oneThatIgnoresSigterm() throws Exception {
    Backend stubborn = port.backend("stubborn");

    RestartReport report = port.run(port.restart("healthy").grace(Duration.ofMillis(300)));

    assertRestarted(report, stubborn);
    assertThat(result(report, StepName.TERMINATE).detail())
        .contains("did not terminate within 300ms");
    assertThat(result(report, StepName.KILL).detail())
        .contains("(" + stubborn.pids().get(0) + ") killed");
  }

  @Test
  void oneThatIsStopped() throws Exception {
    Backend stopped = port.backend("healthy").signal("STOP");
    Process client = port.client();

    assertRestarted(port.run(port.restart("healthy").grace(Duration.ofMillis(300))), stopped);
    assertThat(client.isAlive()).isTrue();
  }

  @Test
  void oneOutOfDescriptors() throws Exception {
    Backend exhausted = port.backend("descriptors", "64").ask(2);
    Process client = port.client();

    assertRestarted(port.run(port.restart("healthy")), exhausted);
    assertThat(client.isAlive()).isTrue();
  }

  @Test
  void aFreshServerThatTakesItsTime() throws Exception {
    assertRestarted(port.run(port.restart("slow", "3")));
  }

  @Test
  void aFreshServerWithWorkers() throws Exception {
    assertRestarted(port.run(port.restart("prefork", "3")));
    assertThat(port.listeners()).hasSize(4);
  }

  @Test
  void aFreshServerBehindAReloader() throws Exception {
    RestartReport report = port.run(port.restart("reloader"));

    assertRestarted(report);
    assertThat(port.listeners()).extracting(OsProcess::pid).doesNotContain(pid(report));
  }

  @Test
  void aFreshServerThatEndsAtOnce() {
    Backend old = port.backend("leak");

    RestartReport report = port.run(port.restart("dies", "7"));

    assertFailed(report, StepName.LISTEN, Refusal.Kind.EXITED);
    assertThat(report.refusal().orElseThrow().message())
        .contains("exit code 7 before it listened: cannot reach the database");
    assertThat(report.started().orElseThrow().exitCode()).hasValue(7);
    assertThat(report.started().orElseThrow().lastLines())
        .containsExactly("cannot reach the database");
    assertThat(stopped(report)).containsExactlyElementsOf(old.pids());
    assertThat(report.situation()).contains("port " + port.number() + ": nobody listens");
  }

  @Test
  void aFreshServerThatHangs() {
    RestartReport report = port.run(port.restart("hung").timeout(Duration.ofSeconds(5)));

    assertFailed(report, StepName.HEALTH, Refusal.Kind.UNHEALTHY);
    assertThat(report.refusal().orElseThrow().message())
        .contains("not healthy after 5s", "python3(" + pid(report) + ") listens on 127.0.0.1:");
    assertThat(RestartedPort.hasEnded(pid(report))).as("is left for a look at it").isFalse();
  }

  @Test
  void aFreshServerThatIsNotWell() {
    RestartReport report =
        port.run(port.restart("wrong-status", "500").timeout(Duration.ofSeconds(5)));

    assertFailed(report, StepName.HEALTH, Refusal.Kind.UNHEALTHY);
    assertThat(report.refusal().orElseThrow().message()).contains("500");
    assertThat(report.started().orElseThrow().lastLines())
        .anyMatch(line -> line.contains("GET /health") && line.contains("500"));
  }

  @Test
  void whereOneIsToBeKeptNobodyIsStopped() {
    Backend kept = port.backend("several");
    Backend other = port.backend("several");

    RestartReport report = port.run(port.restart("healthy").keep(kept.pids().get(0)));

    assertThat(report.outcome()).as("%s", report).isEqualTo(Outcome.REFUSED);
    assertThat(report.refusal().orElseThrow().kind()).isEqualTo(Refusal.Kind.PROTECTED);
    assertThat(Stream.of(kept, other).flatMap(b -> b.pids().stream()))
        .noneMatch(RestartedPort::hasEnded);
  }

  @NeedsRoot
  @Test
  void aServiceIsLeftToItsSupervisor() throws Exception {
    Backend server = port.backend("healthy");
    String unit = "tcptable-test-" + port.number() + ".service";
    try (ServiceGroup service = new ServiceGroup(unit)) {
      service.add(server.pids().get(0));

      RestartReport report = port.run(port.restart("healthy"));

      assertThat(report.outcome()).as("%s", report).isEqualTo(Outcome.REFUSED);
      assertThat(report.refusal().orElseThrow().kind()).isEqualTo(Refusal.Kind.SUPERVISED);
      assertThat(report.refusal().orElseThrow().advice())
          .containsExactly(
              new Advice.Command("systemctl restart " + unit), new Advice.IgnoreSupervisor());
      assertThat(server.pids()).noneMatch(RestartedPort::hasEnded);
    }
  }

  /** Not of this process, and not of the port. */
  @NeedsRoot
  @Test
  void nothingIsLeftOpen() throws Exception {
    port.backend("several").ask(3).giveUp();
    port.run(port.restart("healthy"));
    // Loads, and keeps, whatever source of owners there can be.
    TcpTable.sources();
    long before = descriptors();

    for (int i = 0; i < 2; i++) {
      assertThat(port.run(port.restart("healthy")).outcome()).isEqualTo(Outcome.DONE);
      assertThat(port.run(port.restart("dies")).outcome()).isEqualTo(Outcome.FAILED);
      assertThat(port.run(port.restart("no-such-mode").keep(1)).outcome())
          .isEqualTo(Outcome.FAILED);
    }

    // Fewer, if streams of earlier tests were collected meanwhile; more, while the JVM reads a
    // file.
    RestartedPort.await("none but those before", () -> descriptors() <= before);
    assertThat(Path.of("/run/tcptable").toFile().list((directory, name) -> isLockOfThisPort(name)))
        .isEmpty();
  }

  private boolean isLockOfThisPort(String name) {
    return name.startsWith(port.number() + "-");
  }

  private static long descriptors() {
    try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
      return open.count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Exactly these were stopped, and what was started listens, it alone, and is healthy. */
  private void assertRestarted(RestartReport report, Backend... stopped) throws Exception {
    assertThat(report.outcome()).as("%s", report).isEqualTo(Outcome.DONE);
    List<Long> pids = Arrays.stream(stopped).flatMap(backend -> backend.pids().stream()).toList();
    assertThat(stopped(report)).containsExactlyInAnyOrderElementsOf(pids);
    assertThat(pids).allMatch(RestartedPort::hasEnded);
    assertThat(port.listeners())
        .isNotEmpty()
        .allMatch(
            owner ->
                owner.pid() == pid(report)
                    || owner.parent().filter(p -> p.pid() == pid(report)).isPresent());
    assertThat(HealthProbe.of(port.number()).expectJson("{\"status\": \"healthy\"}").run())
        .matches(result -> result.isHealthy());
    assertThat(result(report, StepName.FREE).detail())
        .startsWith("nobody listens, ")
        .contains("bound");
  }

  private static void assertFailed(RestartReport report, StepName step, Refusal.Kind kind) {
    assertThat(report.outcome()).as("%s", report).isEqualTo(Outcome.FAILED);
    StepResult last = report.steps().get(report.steps().size() - 1);
    assertThat(last.step()).as("%s", report).isEqualTo(step);
    assertThat(last.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(report.refusal().orElseThrow().kind()).isEqualTo(kind);
  }

  private static long pid(RestartReport report) {
    return report.started().orElseThrow().pid();
  }

  private static List<Long> stopped(RestartReport report) {
    return report.stopped().stream().map(OsProcess::pid).toList();
  }

  private static StepResult result(RestartReport report, StepName step) {
    return report.steps().stream().filter(r -> r.step() == step).findFirst().orElseThrow();
  }
}
