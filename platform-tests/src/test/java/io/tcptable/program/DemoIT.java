// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The demonstration leaves nothing behind, however it ends. */
class DemoIT {

  private static final int MOST_ATTEMPTS = 4;

  private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(120);

  @TempDir private Path temporary;

  private RunningProgram demo() {
    return RunningProgram.start(
        ProgramJar.command(List.of("-Djava.io.tmpdir=" + temporary), "demo"));
  }

  @Test
  void showsTheHungServerAndLeavesNothingBehind() throws Exception {
    try (RunningProgram demo = demo()) {
      Run run = demo.end();

      assertThat(run.code()).as(run.out() + run.err()).isZero();
      assertThat(run.out())
          .containsSubsequence(
              "$ tcptable diagnose",
              "HANGING",
              "SEVERAL_SERVERS",
              "CLOSE_WAIT_PILEUP",
              "HEALTH_NO_RESPONSE",
              "$ tcptable restart",
              "stopped: ",
              "$ tcptable diagnose",
              "HEALTHY");
      assertThat(backends()).isEmpty();
      assertNothingIsLeft();
    }
  }

  @Tag("once")
  @ParameterizedTest
  @CsvSource({
    "INT, $ tcptable diagnose, 130",
    "TERM, $ tcptable diagnose, 143",
    "INT, $ tcptable restart, 130",
    "TERM, $ tcptable restart, 143"
  })
  void aSignalEndsAllOfIt(String signal, String during, int code) throws Exception {
    Run run = ended(signal, during);
    // On a busy machine the demo may be faster than who watches it.
    for (int again = 1; again < MOST_ATTEMPTS && run.code() == 0; again++) {
      run = ended(signal, during);
    }

    assertThat(run.code()).as(run.out() + run.err()).isEqualTo(code);
    assertThat(run.err()).contains("interrupted; all processes of the demo were terminated");
    assertNothingIsLeft();
  }

  private Run ended(String signal, String during) throws Exception {
    try (RunningProgram demo = demo()) {
      await(during, () -> demo.printed().contains(during));
      demo.signal(signal);
      return demo.end();
    }
  }

  /** Then nobody is left to clean up but the backends themselves; only the log stays. */
  @Tag("once")
  @Test
  void theBackendsEndEvenIfItIsKilled() {
    try (RunningProgram demo = demo()) {
      await("restarted", () -> demo.printed().contains("started and running: "));
      assertThat(backends()).isNotEmpty();

      demo.signal("KILL");
      demo.end();

      await("all backends have ended", () -> backends().isEmpty());
    }
  }

  private void assertNothingIsLeft() throws Exception {
    // One that was interrupted while it started a backend did not come to know it.
    await("all backends have ended", () -> backends().isEmpty());
    try (Stream<Path> files = Files.list(temporary)) {
      assertThat(files).isEmpty();
    }
  }

  /** The backends of this very jar: others may show the demonstration at the same time. */
  private static List<String> backends() {
    return ProcessHandle.allProcesses()
        .flatMap(process -> process.info().commandLine().stream())
        .filter(line -> line.contains(ProgramJar.path().toString()))
        .filter(line -> line.contains("io.tcptable.program.demo."))
        .toList();
  }

  private static void await(String what, BooleanSupplier condition) {
    long end = System.nanoTime() + LONGEST_NANOS;
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("too late: " + what).isLessThan(end);
      try {
        TimeUnit.MILLISECONDS.sleep(20);
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
  }
}
