// SPDX-License-Identifier: Apache-2.0
package io.tcptable.restart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tcptable.Advice;
import io.tcptable.OsProcess;
import io.tcptable.health.HealthProbe;
import io.tcptable.internal.server.PortScope;
import io.tcptable.restart.Refusal.Kind;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import servers.Children;
import servers.FreePorts;

class RestartTest {

  @RegisterExtension final Children children = new Children();

  @TempDir private Path directory;

  private final int port = FreePorts.next();
  private Path log;

  @BeforeEach
  void chooseLog() {
    log = directory.resolve("server.log");
  }

  private PortRestart restart(String... command) {
    return configured(PortRestart.restart(port, command));
  }

  private PortRestart start(String... command) {
    return configured(PortRestart.start(port, command));
  }

  private PortRestart configured(PortRestart builder) {
    return builder
        .settle(Duration.ofMillis(200))
        .timeout(Duration.ofSeconds(60))
        .log(log)
        .health(
            HealthProbe.of(URI.create("http://127.0.0.1:" + port + "/health"))
                .expectJson("{\"status\": \"healthy\"}"));
  }

  private RestartReport run(PortRestart builder) {
    return children.adopt(builder.run());
  }

  private static Kind kind(RestartReport report) {
    return report.refusal().orElseThrow(() -> new AssertionError(report)).kind();
  }

  @Test
  void aHealthyServerStandsInTheOldOnesPlace() throws IOException {
    Process old = children.startServer(port, "--ignore-term");

    RestartReport report = run(restart(Children.server(port)).grace(Duration.ofMillis(200)));

    assertThat(report.outcome()).as("%s", report).isEqualTo(Outcome.DONE);
    assertThat(old.isAlive()).isFalse();
    assertThat(report.steps())
        .extracting(StepResult::step)
        .containsExactlyElementsOf(
            Arrays.stream(StepName.values()).filter(it -> it != StepName.RESTART).toList());
    long pid = report.started().orElseThrow().pid();
    assertThat(Listeners.owners(ScopedListeners.of(PortScope.of(port)).now()))
        .extracting(OsProcess::pid)
        .containsExactly(pid);
    assertThat(Files.readString(log)).isEqualTo("ready\n");
  }

  @Test
  void whatIsStartedHasASessionOfItsOwnAndNoTerminal() {
    RestartReport report = run(start(Children.server(port)));

    assertThat(report.outcome()).as("%s", report).isEqualTo(Outcome.DONE);
    RestartReport.Started started = report.started().orElseThrow();
    assertThat(started.isDetached()).isTrue();
    OsProcess server = OsProcess.of(started.pid()).orElseThrow();
    assertThat(server.status().flatMap(s -> boxed(s.session()))).hasValue(started.pid());
    assertThat(server.commandLine().orElseThrow().words()).containsExactly(Children.server(port));
  }

  private static Optional<Long> boxed(OptionalLong value) {
    return value.isPresent() ? Optional.of(value.getAsLong()) : Optional.empty();
  }

  @Test
  void theLogIsContinuedAndTheCommandStartsWhereAndAsTold() throws IOException {
    Files.writeString(log, "what was there before\n");
    String[] command = {
      Children.python(),
      "-c",
      "import os, sys; print(os.getcwd(), os.environ['COLOUR'], sys.argv[1:], flush=True);"
          + "sys.argv = [sys.argv[0], '"
          + port
          + "']; exec(open('"
          + Children.script("server.py")
          + "').read())",
      "$HOME; echo *"
    };

    RestartReport report =
        run(start(command).directory(directory).environment("COLOUR", "deep blue"));

    assertThat(report.outcome()).as("%s", report).isEqualTo(Outcome.DONE);
    assertThat(Files.readAllLines(log))
        .containsExactly(
            "what was there before",
            directory.toRealPath() + " deep blue ['$HOME; echo *']",
            "ready");
    assertThat(report.started().orElseThrow().lastLines()).doesNotContain("what was there before");
  }

  @Test
  void workersOfWhatIsStartedCountAsIt() {
    RestartReport report = run(start(Children.server(port, "--workers=2")));

    assertThat(report.outcome()).as("%s", report).isEqualTo(Outcome.DONE);
    assertThat(Listeners.owners(ScopedListeners.of(PortScope.of(port)).now())).hasSize(3);
  }

  @Test
  void oneThatTakesItsTimeIsWaitedFor() {
    RestartReport report = run(start(Children.server(port, "--listen-after=0.5", "--starting=3")));

    assertThat(report.outcome()).as("%s", report).isEqualTo(Outcome.DONE);
  }

  @Test
  void oneThatEndsAtOnceIsReportedWithItsExitCodeAndItsLastWords() {
    Process old = children.startServer(port);

    RestartReport report = run(restart(Children.server(port, "--exit=3")));

    assertThat(report.outcome()).as("%s", report).isEqualTo(Outcome.FAILED);
    assertThat(kind(report)).isEqualTo(Kind.EXITED);
    assertThat(report.refusal().orElseThrow().message())
        .contains("ended with exit code 3 before it listened: cannot go on: no configuration");
    RestartReport.Started started = report.started().orElseThrow();
    assertThat(started.exitCode()).hasValue(3);
    assertThat(started.lastLines()).containsExactly("cannot go on: no configuration");
    assertThat(report.situation())
        .anyMatch(line -> line.startsWith("stopped: python3(" + old.pid()))
        .contains("port " + port + ": nobody listens");
  }

  @Test
  void oneThatIsNotHealthyInTimeIsLeftRunningForALook() {
    RestartReport report =
        run(start(Children.server(port, "--starting=1000000")).timeout(Duration.ofSeconds(5)));

    assertThat(report.outcome()).as("%s", report).isEqualTo(Outcome.FAILED);
    assertThat(kind(report)).isEqualTo(Kind.UNHEALTHY);
    assertThat(report.refusal().orElseThrow().message()).contains("503");
    assertThat(report.started().orElseThrow().exitCode()).isEmpty();
    assertThat(report.situation()).anyMatch(line -> line.startsWith("started and running: "));
  }

  @Test
  void oneThatDoesNotListenInTimeIsLeftRunningToo() {
    RestartReport report =
        run(start(Children.server(port, "--listen-after=600")).timeout(Duration.ofSeconds(1)));

    assertThat(report.outcome()).as("%s", report).isEqualTo(Outcome.FAILED);
    assertThat(kind(report)).isEqualTo(Kind.NOT_LISTENING);
    assertThat(report.started().orElseThrow().exitCode()).isEmpty();
  }

  @Test
  void somebodyQuickerIsNotTakenForWhatWasStarted() {
    StepListener quicker = new QuickerServer(children, port);

    RestartReport report =
        run(start(Children.server(port, "--listen-after=600")).listener(quicker));

    assertThat(report.outcome()).as("%s", report).isEqualTo(Outcome.FAILED);
    assertThat(kind(report)).isEqualTo(Kind.TAKEN_BY_ANOTHER);
  }

  @Test
  void whatLosesThePortToSomebodyQuickerIsReportedWithBoth() {
    StepListener quicker = new QuickerServer(children, port);

    RestartReport report = run(start(Children.server(port, "--second")).listener(quicker));

    assertThat(report.outcome()).as("%s", report).isEqualTo(Outcome.FAILED);
    assertThat(kind(report)).isEqualTo(Kind.TAKEN_BY_ANOTHER);
    // Whether the loser has ended by the time the winner is seen, is up to the two.
    assertThat(report.refusal().orElseThrow().message())
        .contains("listens on 127.0.0.1:" + port)
        .containsPattern("which still runs|exit code 1(?s:.*)Address already in use");
  }

  @Test
  void aCommandThatCannotBeStartedLeavesTheOldServerAlone() {
    Process old = children.startServer(port);
    List<PortRestart> unusable =
        List.of(
            restart("no-such-program-anywhere"),
            restart(directory.resolve("none").toString()),
            restart(Children.server(port)).directory(directory.resolve("none")),
            restart(Children.server(port)).log(directory.resolve("server.log").resolve("x")));
    writeLog();

    for (PortRestart builder : unusable) {
      RestartReport report = run(builder);

      assertThat(report.outcome()).as("%s", report).isEqualTo(Outcome.REFUSED);
      assertThat(kind(report)).isEqualTo(Kind.COMMAND_UNUSABLE);
      assertThat(old.isAlive()).isTrue();
    }
  }

  /** A file where one of the logs would need a directory. */
  private void writeLog() {
    try {
      Files.writeString(log, "");
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aStartOnATakenPortIsRefused() throws InterruptedException {
    Process old = children.startServer(port);

    RestartReport report = run(start(Children.server(port)));
    RestartPlan plan = start(Children.server(port)).plan();

    assertThat(report.outcome()).as("%s", report).isEqualTo(Outcome.REFUSED);
    assertThat(kind(report)).isEqualTo(Kind.PORT_TAKEN);
    assertThat(report.refusal()).isEqualTo(plan.refusal());
    assertThat(report.refusal().orElseThrow().message()).contains("(" + old.pid() + ") listens");
    assertThat(old.isAlive()).isTrue();
  }

  @Test
  void aRestartInsteadOfAStartIsAdvisedInTheSameDirectory() throws InterruptedException {
    children.startServer(port);
    String[] command = Children.server(port);

    assertThat(start(command).directory(directory).plan().refusal().orElseThrow().advice())
        .contains(
            new Advice.Restart(port, List.of(command), Optional.of(directory), Optional.empty()));
    assertThat(start(command).plan().refusal().orElseThrow().advice())
        .contains(new Advice.Restart(port, List.of(command), Optional.empty(), Optional.empty()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"--reload", "--fork-for-ever"})
  void aParentThatWouldBringItBackIsStoppedWithTheServer(String option) {
    Process parent = children.startServer(port, option);
    assertThat(parent.children()).hasSize(1);

    RestartReport report = run(restart(Children.server(port)));

    assertThat(report.outcome()).as("%s", report).isEqualTo(Outcome.DONE);
    assertThat(parent.isAlive()).isFalse();
    assertThat(report.stopped()).extracting(OsProcess::pid).startsWith(parent.pid()).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"--reload", "--fork-for-ever"})
  void aParentThatIsToBeKeptIsNotStopped(String option) {
    Process parent = children.startServer(port, option);

    RestartReport report =
        run(restart(Children.server(port)).keep(parent.pid()).settle(Duration.ofSeconds(60)));

    assertThat(report.outcome()).as("%s", report).isEqualTo(Outcome.FAILED);
    assertThat(kind(report)).isEqualTo(Kind.CAME_BACK);
    assertThat(parent.isAlive()).isTrue();
  }

  @Test
  void aParentThatHasOtherChildrenIsNotStopped() throws InterruptedException {
    String[] twice = {
      Children.python(),
      "-c",
      "import os, sys, time; os.fork() or time.sleep(60); os.fork() and time.sleep(60);"
          + "sys.argv = [sys.argv[0], '"
          + port
          + "']; exec(open('"
          + Children.script("server.py")
          + "').read())"
    };
    children.start(twice);

    RestartPlan plan = restart(Children.server(port)).plan();

    assertThat(plan.targets()).extracting(Target::role).containsExactly(Target.Role.LISTENER);
  }

  @Test
  void aServerThatIsBroughtBackIsSeenAndWhoDidItIsNamed() {
    List<String> words =
        new ArrayList<>(List.of(Children.python(), Children.script("supervise.py")));
    words.addAll(List.of(Children.server(port)));
    Process supervisor = children.start(words.toArray(String[]::new));

    RestartReport report = run(restart(Children.server(port)).settle(Duration.ofSeconds(60)));

    assertThat(report.outcome()).as("%s", report).isEqualTo(Outcome.FAILED);
    assertThat(kind(report)).isEqualTo(Kind.CAME_BACK);
    assertThat(report.refusal().orElseThrow().advice())
        .contains(new Advice.Command("kill " + supervisor.pid()));
    assertThat(report.started()).isEmpty();
    assertThat(supervisor.isAlive()).isTrue();
    assertThat(Children.result(report, StepName.FREE).duration())
        .isLessThan(Duration.ofSeconds(50));
  }

  @Test
  void oneOfTwoRestartsAtOnceSaysThatTheOtherIsUnderWay() throws Exception {
    children.startServer(port);
    List<RestartReport> inside = new ArrayList<>();
    StepListener second =
        new StepListener() {
          @Override
          public void began(StepName step, String what) {
            if (step == StepName.START) {
              inside.add(run(restart(Children.server(port))));
            }
          }
        };

    RestartReport first = run(restart(Children.server(port)).listener(second));

    assertThat(first.outcome()).as("%s", first).isEqualTo(Outcome.DONE);
    assertThat(inside).hasSize(1);
    assertThat(inside.get(0).outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(kind(inside.get(0))).isEqualTo(Kind.BUSY);
    assertThat(run(restart(Children.server(port))).outcome()).isEqualTo(Outcome.DONE);
  }

  @Test
  void anInterruptedRunSaysHowThingsAre() {
    Process old = children.startServer(port, "--ignore-term");
    Thread self = Thread.currentThread();
    StepListener interrupter =
        new StepListener() {
          @Override
          public void began(StepName step, String what) {
            if (step == StepName.TERMINATE) {
              self.interrupt();
            }
          }
        };

    RestartReport report = run(restart(Children.server(port)).listener(interrupter));

    assertThat(Thread.interrupted()).isTrue();
    assertThat(report.outcome()).as("%s", report).isEqualTo(Outcome.CANCELLED);
    assertThat(old.isAlive()).isTrue();
    assertThat(report.started()).isEmpty();
    assertThat(report.situation())
        .contains("port " + port + ": python3(" + old.pid() + ") listens on 127.0.0.1:" + port);
  }

  @Test
  void aPlanShowsTheStepsAndTheCommand() throws InterruptedException {
    children.startServer(port);

    RestartPlan plan = restart("python3", "run server.py").directory(directory).plan();

    assertThat(plan.steps())
        .extracting(RestartPlan.PlannedStep::step)
        .containsExactly(
            StepName.HOLD,
            StepName.TERMINATE,
            StepName.KILL,
            StepName.FREE,
            StepName.START,
            StepName.LISTEN,
            StepName.HEALTH);
    assertThat(plan.toString())
        .contains("START: start python3 'run server.py' in " + directory + ", output to " + log);
  }

  @Test
  void whatMakesNoSenseIsAnError() {
    assertThatThrownBy(() -> PortRestart.free(0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> PortRestart.restart(port))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> PortRestart.free(port).grace(Duration.ofSeconds(-1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> PortRestart.free(port).run(PortRestart.free(port + 1).plan()))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
