// SPDX-License-Identifier: Apache-2.0
package io.tcptable.story;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.OsProcess;
import io.tcptable.program.ProgramJar;
import io.tcptable.program.Run;
import io.tcptable.program.RunningProgram;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import servers.Children;

/** Restarts by the packaged program: what it prints, how it ends, and what a signal does to it. */
@Tag("once")
class RestartProgramIT {

  private static final Map<String, String> UNTIL =
      Map.of("BACKEND_UNTIL", Long.toString(ProcessHandle.current().pid()));

  /** So that no line is broken. */
  private static final int WIDE = 200;

  @AutoClose private final RestartedPort port = new RestartedPort();

  /** {@code restart} or {@code start} to a backend in a mode. */
  private RunningProgram program(String command, List<String> options, String... mode) {
    return RunningProgram.start(words(command, options, mode), UNTIL);
  }

  private List<String> words(String command, List<String> options, String... mode) {
    List<String> words =
        new ArrayList<>(List.of(command, Integer.toString(port.number()), "--log"));
    words.add(port.log().toString());
    words.addAll(options);
    words.add("--");
    words.addAll(Backend.command(port.number(), mode));
    return ProgramJar.command(words.toArray(String[]::new));
  }

  private Run run(String command, List<String> options, String... mode) {
    try (RunningProgram program = program(command, options, mode)) {
      Run run = program.end();
      port.adoptListeners();
      return run;
    }
  }

  @Test
  void theGuidesSituation() {
    Backend first = port.backend("several").ask(40).giveUp();
    Backend second = port.backend("several");

    Run run =
        run("restart", List.of("--yes", "--expect-json", "{\"status\": \"healthy\"}"), "healthy");

    assertThat(run.code()).as(run.err()).isZero();
    OsProcess listener = listener();
    assertThat(run.out().lines())
        .containsExactly(
            "stopped: " + python(first) + ", " + python(second),
            "started and running: " + listener + ", log " + port.log(),
            "port " + port.number() + ": " + listener + " listens on 127.0.0.1:" + port.number());
    assertThat(run.err()).isEmpty();
  }

  @Test
  void aFreshServerThatEndsAtOnce() {
    Backend old = port.backend("leak");

    Run run = run("restart", List.of("--yes"), "dies", "7");

    assertThat(run.code()).isEqualTo(5);
    assertThat(run.out())
        .containsSubsequence(
            "stopped: " + python(old),
            "started and ended: ",
            "exit code 7",
            "port " + port.number() + ": nobody listens",
            "Last lines of its log:",
            "  cannot reach the database");
    assertThat(run.err())
        .contains("ended with exit code 7 before it listened: cannot reach the database")
        .contains("try: tail -n 50 " + port.log());
  }

  @Test
  void aStartWhereSomebodyIsAlready() {
    Backend old = port.backend("healthy");

    Run run = run("start", List.of(), "healthy");

    assertThat(run.code()).isEqualTo(4);
    assertThat(run.err())
        .contains("nothing was done: " + python(old) + " listens on 127.0.0.1:" + port.number());
    assertThat(RestartedPort.hasEnded(old.pids().get(0))).isFalse();
  }

  @Test
  void ofTwoRestartsAtOnceOneWinsAndTheOtherSaysSo() {
    Backend old = port.backend("reluctant");
    List<String> options = List.of("--yes", "--grace", "50s");
    try (RunningProgram one = program("restart", options, "healthy");
        RunningProgram other = program("restart", options, "healthy")) {
      RestartedPort.await("one gives way", () -> !one.isRunning() || !other.isRunning());
      // From here on, the winner waits for it to end.
      assertThat(old.says()).isEqualTo("asked");
      old.signal("KILL");
      boolean firstWon = !other.isRunning();
      Run loser = (firstWon ? other : one).end();
      Run winner = (firstWon ? one : other).end();
      port.adoptListeners();

      assertThat(loser.code()).as(loser.err()).isEqualTo(4);
      assertThat(loser.err())
          .contains(
              "nothing was done: another restart of port "
                  + port.number()
                  + " is running: java("
                  + (firstWon ? one : other).pid()
                  + ")");
      assertThat(winner.code()).as(winner.err()).isZero();
      assertThat(winner.out()).contains("stopped: " + python(old), "running: " + listener());
    }
  }

  @ParameterizedTest
  @CsvSource({"INT, 130", "TERM, 143"})
  void endedWhileThoseWhoWereAskedHaveTimeToEnd(String signal, int code) {
    Backend old = port.backend("reluctant");
    try (RunningProgram program =
        program("restart", List.of("--yes", "--grace", "50s"), "healthy")) {
      assertThat(old.says()).isEqualTo("asked");

      program.signal(signal);
      Run run = program.end();

      assertThat(run.code()).as(run.err()).isEqualTo(code);
      assertThat(run.out().lines())
          .containsExactly(
              "asked to terminate, but still running: " + python(old),
              "port " + port.number() + ": " + listens(old));
      assertThat(run.err()).contains("cancelled; the current state is shown above");
      assertThat(RestartedPort.hasEnded(old.pids().get(0))).isFalse();
    }
  }

  @Test
  void endedBetweenTheOldServerAndTheFreshOneAndSaidSoInJson() {
    Backend old = port.backend("leak");
    try (RunningProgram program =
        program("restart", List.of("--yes", "--json", "--settle", "50s"), "healthy")) {
      RestartedPort.await("it has ended", () -> RestartedPort.hasEnded(old.pids().get(0)));

      program.signal("INT");
      Run run = program.end();

      assertThat(run.code()).as(run.err()).isEqualTo(130);
      assertThat(run.out())
          .contains("\"outcome\":\"cancelled\"")
          .contains("\"situation\":[\"stopped: " + python(old) + "\",")
          .contains("\"port " + port.number() + ": nobody listens\"]")
          .doesNotContain("\"started\"");
      assertThat(port.listeners()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({"INT, 130", "TERM, 143"})
  void endedWhileTheFreshServerIsNotYetHealthy(String signal, int code) {
    Backend old = port.backend("leak");
    try (RunningProgram program =
        program("restart", List.of("--yes", "--timeout", "50s"), "slow", "1000000")) {
      RestartedPort.await("the first probe", () -> log().contains("GET /health"));

      program.signal(signal);
      Run run = program.end();
      port.adoptListeners();

      assertThat(run.code()).as(run.err()).isEqualTo(code);
      assertThat(run.out())
          .containsSubsequence(
              "stopped: " + python(old),
              "started and running: " + listener() + ", log " + port.log(),
              "port " + port.number() + ": " + listener() + " listens on ");
      assertThat(run.err()).contains("cancelled; the current state is shown above");
    }
  }

  /** Ctrl-C reaches all processes of a terminal's foreground. */
  @Test
  void ctrlCDoesNotEndTheFreshServer() throws Exception {
    Backend old = port.backend("leak");
    try (ProgramOnTerminal program = asksForHealth()) {
      program.type("\003");
      program.assertEnds(130);

      assertFreshServerRunsInsteadOf(old);
      assertThat(program.shown())
          .containsSubsequence(
              "ok      terminate",
              "ok      start",
              "ok      listen",
              "stopped health",
              "started and running: " + listener());
    }
  }

  @Test
  void aTerminalThatIsClosedDoesNotEndTheFreshServer() throws Exception {
    Backend old = port.backend("leak");
    try (ProgramOnTerminal program = asksForHealth()) {
      program.hangUp();
      program.assertEnds(129);

      assertFreshServerRunsInsteadOf(old);
    }
  }

  /** A restart that has started its server and waits until it is healthy, which it never is. */
  private ProgramOnTerminal asksForHealth() {
    List<String> options = List.of("--yes", "--timeout", "50s", "--color=never");
    ProgramOnTerminal program =
        ProgramOnTerminal.start(words("restart", options, "slow", "1000000"), WIDE, UNTIL);
    Children.await("it is asked", () -> Files.exists(port.log()) && log().contains("GET /health"));
    return program;
  }

  private void assertFreshServerRunsInsteadOf(Backend old) {
    port.adoptListeners();
    assertThat(RestartedPort.hasEnded(listener().pid())).isFalse();
    assertThat(old.pids()).allMatch(RestartedPort::hasEnded);
  }

  private String log() {
    try {
      return Files.readString(port.log());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The only one. */
  private OsProcess listener() {
    List<OsProcess> listeners = port.listeners();
    assertThat(listeners).hasSize(1);
    return listeners.get(0);
  }

  private static String python(Backend backend) {
    return "python3(" + backend.pids().get(0) + ")";
  }

  private static String listens(Backend backend) {
    return python(backend) + " listens on 127.0.0.1:" + backend.port();
  }
}
