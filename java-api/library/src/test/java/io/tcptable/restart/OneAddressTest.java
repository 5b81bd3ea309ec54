// SPDX-License-Identifier: Apache-2.0
package io.tcptable.restart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tcptable.Advice;
import io.tcptable.ListenAddress;
import io.tcptable.OsProcess;
import io.tcptable.diagnose.FindingCode;
import io.tcptable.diagnose.PortDiagnosis;
import io.tcptable.diagnose.Verdict;
import io.tcptable.internal.server.PortScope;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import servers.Children;
import servers.FreePorts;

/** Two servers on two addresses of one port. They are no one's workers, and do not overlap. */
@EnabledOnOs(OS.LINUX)
class OneAddressTest {

  private static final Duration SHORT = Duration.ofMillis(200);

  @RegisterExtension final Children children = new Children();

  private final int port = FreePorts.next();
  private Process resolver;
  private Process server;

  @BeforeEach
  void startBoth() {
    resolver = children.startServer(port, "--host=127.0.0.53");
    server = children.startServer(port, "--host=127.0.0.2");
  }

  private ListenAddress at(String address) {
    return ListenAddress.parse(address + ":" + port);
  }

  private static PortRestart quick(PortRestart restart) {
    return restart.settle(SHORT).timeout(Duration.ofSeconds(20));
  }

  private RestartReport run(PortRestart restart) {
    return children.adopt(quick(restart).run());
  }

  @Test
  void areNotBothStoppedUnlessOneIsNamed() {
    RestartReport report = run(PortRestart.free(port));

    assertThat(report.outcome()).as("%s", report).isEqualTo(Outcome.REFUSED);
    Refusal refusal = report.refusal().orElseThrow();
    assertThat(refusal.kind()).isEqualTo(Refusal.Kind.SEVERAL_SERVERS);
    assertThat(refusal.message())
        .contains(
            "2 independent servers listen on different addresses",
            "(" + resolver.pid() + ") on " + at("127.0.0.53"),
            "(" + server.pid() + ") on " + at("127.0.0.2"));
    assertThat(refusal.advice())
        .singleElement()
        .isInstanceOfSatisfying(
            Advice.ChooseAddress.class,
            choice ->
                assertThat(choice.addresses())
                    .containsExactlyInAnyOrder(at("127.0.0.53"), at("127.0.0.2")));
    assertThat(resolver.isAlive() && server.isAlive()).isTrue();
  }

  @Test
  void theOneThatIsNamedIsRestartedAndAskedAtItsAddress(@TempDir Path directory) {
    RestartReport report =
        run(
            PortRestart.restart(at("127.0.0.2"), Children.server(port, "--host=127.0.0.2"))
                .log(directory.resolve("log")));

    assertThat(report.outcome()).as("%s", report).isEqualTo(Outcome.DONE);
    assertThat(report.stopped()).extracting(OsProcess::pid).containsExactly(server.pid());
    assertThat(resolver.isAlive()).isTrue();
    assertThat(Children.result(report, StepName.FREE).detail())
        .startsWith("nobody listens, " + at("127.0.0.2") + " can be bound");
    assertThat(Children.result(report, StepName.HEALTH).detail())
        .startsWith("http://127.0.0.2:" + port + "/health answered 200");
    assertThat(report.situation())
        .last()
        .asString()
        .startsWith(at("127.0.0.2") + ": ")
        .doesNotContain("127.0.0.53");
  }

  @Test
  void thePlanNamesWhatStays() throws Exception {
    RestartPlan plan = PortRestart.free(at("127.0.0.53")).plan();

    assertThat(plan.address()).contains(at("127.0.0.53"));
    assertThat(plan.targets())
        .singleElement()
        .satisfies(target -> assertThat(target.process().pid()).isEqualTo(resolver.pid()));
    assertThat(plan.notes())
        .anyMatch(
            note ->
                note.contains("(" + server.pid() + ")")
                    && note.endsWith("listens on " + at("127.0.0.2") + " and stays"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PortRestart.free(port).run(plan).outcome())
        .withMessageContaining("not for port " + port);
  }

  @Test
  void theOneThatIsKeptStaysAndTheOtherIsStopped() {
    RestartReport report = run(PortRestart.free(port).keep(resolver.pid()));

    assertThat(report.outcome()).as("%s", report).isEqualTo(Outcome.DONE);
    assertThat(report.stopped()).extracting(OsProcess::pid).containsExactly(server.pid());
    assertThat(resolver.isAlive()).isTrue();
  }

  @Test
  void theOneThatIsNamedIsNotKept() {
    RestartReport report = run(PortRestart.free(at("127.0.0.53")).keep(resolver.pid()));

    assertThat(report.outcome()).as("%s", report).isEqualTo(Outcome.REFUSED);
    assertThat(report.refusal().orElseThrow().kind()).isEqualTo(Refusal.Kind.PROTECTED);
  }

  @Test
  void aFreeAddressCanBeStartedOn(@TempDir Path directory) {
    RestartReport report =
        run(
            PortRestart.start(at("127.0.0.3"), Children.server(port, "--host=127.0.0.3"))
                .log(directory.resolve("log")));

    assertThat(report.outcome()).as("%s", report).isEqualTo(Outcome.DONE);
    assertThat(resolver.isAlive() && server.isAlive()).isTrue();
  }

  @Test
  void eachHasItsOwnLog() throws Exception {
    List<String> logs = new ArrayList<>();
    for (ListenAddress address :
        List.of(
            at("127.0.0.3"),
            at("127.0.0.4"),
            ListenAddress.parse("[::1]:" + port),
            ListenAddress.parse("0.0.0.0%lo:" + port))) {
      logs.add(
          StartCommand.of(StartSettings.command(List.of("x")), PortScope.of(address))
              .log()
              .path()
              .getFileName()
              .toString());
    }

    assertThat(logs)
        .containsExactly(
            "tcptable-" + port + "-127.0.0.3.log",
            "tcptable-" + port + "-127.0.0.4.log",
            "tcptable-" + port + "-__1.log",
            "tcptable-" + port + "-0.0.0.0_lo.log");
  }

  @Test
  void whatListensElsewhereThanNamedIsToldSo(@TempDir Path directory) {
    RestartReport report =
        children.adopt(
            PortRestart.start(at("127.0.0.3"), Children.server(port, "--host=127.0.0.4"))
                .timeout(Duration.ofSeconds(2))
                .log(directory.resolve("log"))
                .run());

    assertThat(report.refusal().orElseThrow().kind()).isEqualTo(Refusal.Kind.NOT_LISTENING);
    assertThat(report.refusal().orElseThrow().message())
        .contains("does not listen on " + at("127.0.0.3"))
        .endsWith("; it listens on " + at("127.0.0.4"));
  }

  @Test
  void aTakenAddressIsNotStartedOn() {
    RestartReport report =
        run(PortRestart.start(at("127.0.0.2"), Children.server(port, "--host=127.0.0.2")));

    assertThat(report.refusal().orElseThrow().kind()).isEqualTo(Refusal.Kind.PORT_TAKEN);
    assertThat(report.refusal().orElseThrow().message())
        .endsWith("(" + server.pid() + ") listens on " + at("127.0.0.2"));
  }

  @Test
  void canBeWaitedForOneByOne() throws Exception {
    assertThat(PortWait.untilListening(at("127.0.0.2")).timeout(SHORT).run().isMet()).isTrue();
    assertThat(PortWait.untilListening(at("127.0.0.3")).timeout(SHORT).run().isMet()).isFalse();
    assertThat(PortWait.untilFree(at("127.0.0.3")).timeout(SHORT).run().detail())
        .isEqualTo("nobody listens, and " + at("127.0.0.3") + " can be bound");
    assertThat(PortWait.untilFree(at("127.0.0.2")).timeout(SHORT).run().isMet()).isFalse();
  }

  @Test
  void areDiagnosedOneByOne() throws Exception {
    PortDiagnosis diagnosis = PortDiagnosis.request(at("127.0.0.53")).run();

    assertThat(diagnosis.verdict()).as("%s", diagnosis).isEqualTo(Verdict.HEALTHY);
    assertThat(diagnosis.headline()).startsWith(at("127.0.0.53") + " is healthy");
    assertThat(diagnosis.findings())
        .extracting(finding -> finding.code())
        .doesNotContain(FindingCode.SEVERAL_SERVERS);
    assertThat(PortDiagnosis.request(at("127.0.0.3")).run().verdict()).isEqualTo(Verdict.FREE);
  }
}
