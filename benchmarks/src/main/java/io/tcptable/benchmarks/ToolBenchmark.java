// SPDX-License-Identifier: Apache-2.0
package io.tcptable.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The tools of the system, from the start of the process to its end, what they print discarded. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@SuppressWarnings("NullAway.Init") // by JMH
public class ToolBenchmark {

  @Param Tool tool;

  @Param Question question;

  private List<String> command;
  private int exit;

  /** Some warn by their exit code of what is no failure, so the answer itself is judged, once. */
  @Setup
  public void open(Farm farm) throws IOException, InterruptedException {
    command = tool.command(question, farm.port());
    if (command.isEmpty()) {
      throw new IllegalStateException(tool + " does not answer: " + question.title());
    }
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    long lines = lines(process.getInputStream());
    exit = process.waitFor();
    int expected =
        switch (tool) {
          case TRUE -> 0;
          // It prints their number alone.
          case BASELINE -> 1;
          default -> farm.expected(question);
        };
    if (lines < expected) {
      throw new IllegalStateException(
          String.join(" ", command) + ": " + lines + " lines for " + expected + " sockets");
    }
  }

  private static long lines(InputStream output) throws IOException {
    byte[] buffer = new byte[64 * 1024];
    long lines = 0;
    for (int length = output.read(buffer); length > 0; length = output.read(buffer)) {
      for (int i = 0; i < length; i++) {
        lines += buffer[i] == '\n' ? 1 : 0;
      }
    }
    return lines;
  }

  @Benchmark
  public int run() throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    int code = process.waitFor();
    if (code != exit) {
      throw new IllegalStateException(
          String.join(" ", command) + " ended with " + code + ", before with " + exit);
    }
    return code;
  }
}
