package io.tcptable.story;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.Owner;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Restarts by the packaged program: what it prints, how it ends, and what a signal does to it. */
class RestartProgramIT {

  private static final Map<String, String> UNTIL =
      Map.of("BACKEND_UNTIL", Long.toString(ProcessHandle.current().pid()));

  @AutoClose private final RestartedPort port = new RestartedPort();

  /** {@code restart} or {@code start} to a backend in a mode. */
  private RunningProgram program(String command, List<String> options, String... mode) {
    List<String> words =
        new ArrayList<>(List.of(command, Integer.toString(port.number()), "--log"));
    words.add(port.log().toString());
    words.addAll(options);
    words.add("--");
    words.addAll(Backend.command(port.number(), mode));
    return RunningProgram.start(ProgramJar.command(words.toArray(String[]::new)), UNTIL);
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
    Owner listener = listener();
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
            "started and over: ",
            "exit code 7",
            "port " + port.number() + ": nobody listens",
            "the last lines of its log:",
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
    List<String> options = List.of("--yes", "--grace", "3s");
    try (RunningProgram one = program("restart", options, "healthy");
        RunningProgram other = program("restart", options, "healthy")) {
      List<Run> runs = List.of(one.end(), other.end());
      port.adoptListeners();

      assertThat(runs).extracting(Run::code).containsExactlyInAnyOrder(0, 4);
      boolean firstWon = runs.get(0).code() == 0;
      Run winner = runs.get(firstWon ? 0 : 1);
      Run loser = runs.get(firstWon ? 1 : 0);
      long winnersPid = (firstWon ? one : other).pid();
      assertThat(loser.err())
          .contains(
              "nothing was done: another restart of port "
                  + port.number()
                  + " is under way: java("
                  + winnersPid
                  + ")");
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
              "asked to end, but still there: " + python(old),
              "port " + port.number() + ": " + listens(old));
      assertThat(run.err()).contains("cancelled; that is how things are now");
      assertThat(RestartedPort.hasEnded(old.pids().get(0))).isFalse();
    }
  }

  @ParameterizedTest
  @CsvSource({"INT, 130", "TERM, 143"})
  void endedWhileTheFreshServerIsNotYetHealthy(String signal, int code) {
    Backend old = port.backend("leak");
    try (RunningProgram program =
        program("restart", List.of("--yes", "--timeout", "50s"), "slow", "600")) {
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
      assertThat(run.err()).contains("cancelled; that is how things are now");
    }
  }

  /** It is what the user wanted, and must not go with the terminal that it was started from. */
  @Test
  void theFreshServerOutlivesTheProgramAndItsProcessGroup() {
    Run run = run("start", List.of(), "healthy");

    assertThat(run.code()).as(run.err()).isZero();
    Owner server = listener();
    assertThat(server.status().orElseThrow().session()).hasValue(server.pid());
  }

  private String log() {
    try {
      return Files.readString(port.log());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The only one. */
  private Owner listener() {
    List<Owner> listeners = port.listeners();
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
