package io.tcptable.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** One question to one competitor, measured in a JVM of its own. */
record Trial(Competitor competitor, Question question, int sockets) {

  RunResult run(SocketFarm farm, Pace pace) {
    Path log = log();
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .include("^" + competitor.benchmark().getName().replace(".", "\\.") + "\\.")
            .param("question", question.name())
            .param("sockets", Integer.toString(sockets))
            .forks(1)
            .jvmArgsAppend(
                "--enable-native-access=ALL-UNNAMED",
                "-D" + Farm.RUNNING + "=" + Farm.running(farm))
            .shouldFailOnError(true)
            .output(log.toString());
    if (!competitor.parameter().isEmpty()) {
      options.param(competitor.parameter(), competitor.value());
    }
    if (competitor.isTool()) {
      options.warmupIterations(0).measurementIterations(pace.processes());
    } else {
      options
          .addProfiler(GCProfiler.class)
          .warmupIterations(1)
          .warmupTime(TimeValue.milliseconds(pace.warmupMillis()))
          .measurementIterations(pace.iterations())
          .measurementTime(TimeValue.milliseconds(pace.iterationMillis()));
    }
    try {
      return new Runner(options.build()).runSingle();
    } catch (RunnerException e) {
      throw new IllegalStateException(this + " failed:\n" + read(log), e);
    } finally {
      delete(log);
    }
  }

  private static Path log() {
    try {
      return Files.createTempFile("tcptable-benchmark-", ".log");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(Path log) {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path log) {
    try {
      Files.deleteIfExists(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String toString() {
    return "%s: %s of %,d".formatted(competitor.title(), question.title(), sockets);
  }
}
