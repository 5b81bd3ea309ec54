// SPDX-License-Identifier: Apache-2.0
package io.tcptable.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** One benchmark with one set of parameters, measured in a JVM of its own. */
record Case(String title, Class<?> benchmark, Map<String, String> parameters) {

  /** One question to one competitor. */
  static Case of(Competitor competitor, Question question, Size size) {
    Map<String, String> parameters = new HashMap<>(competitor.parameters());
    parameters.put("question", question.name());
    parameters.put("sockets", Integer.toString(size.sockets()));
    parameters.put("processes", Integer.toString(size.processes()));
    return new Case(
        competitor.title() + ": " + question.title() + " of " + size,
        competitor.benchmark(),
        Map.copyOf(parameters));
  }

  /** One system call. */
  static Case of(String caller, Call call) {
    return new Case(
        caller + ": " + call.title(),
        CallBenchmark.class,
        Map.of("caller", caller, "call", call.name()));
  }

  /** What is left of a snapshot without the kernel. */
  static Case ofDecoding(Size size) {
    return new Case(
        "decoding " + size,
        DecodingBenchmark.class,
        Map.of(
            "sockets", Integer.toString(size.sockets()),
            "processes", Integer.toString(size.processes())));
  }

  RunResult run(SocketFarm farm, RunLength length) {
    Path log = log();
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .include("^" + benchmark.getName().replace(".", "\\.") + "\\.")
            .forks(1)
            .jvmArgsAppend(
                "--enable-native-access=ALL-UNNAMED",
                "-D" + Farm.RUNNING + "=" + Farm.running(farm),
                "-D" + CProgram.BASELINE + "=" + CProgram.baseline())
            .shouldFailOnError(true)
            .output(log.toString());
    parameters.forEach(options::param);
    if (benchmark == ToolBenchmark.class) {
      options.warmupIterations(0).measurementIterations(length.processes());
    } else {
      options
          .addProfiler(GCProfiler.class)
          .warmupIterations(1)
          .warmupTime(TimeValue.milliseconds(length.warmupMillis()))
          .measurementIterations(length.iterations())
          .measurementTime(TimeValue.milliseconds(length.iterationMillis()));
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
    return title;
  }
}
