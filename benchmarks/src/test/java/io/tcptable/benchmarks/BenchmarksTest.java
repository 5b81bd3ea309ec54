// SPDX-License-Identifier: Apache-2.0
package io.tcptable.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tcptable.internal.binding.BindingException;
import io.tcptable.internal.linux.LinuxAccess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Each benchmark gets the answer it is to time. */
@Timeout(60)
class BenchmarksTest {

  private static final Size SIZE = new Size(50, 3);

  private SocketFarm farm;

  @BeforeAll
  static void needsCompiler() {
    Needs.compiler();
  }

  @BeforeEach
  void start() {
    farm = SocketFarm.start(SIZE);
    System.setProperty(Farm.RUNNING, Farm.running(farm));
  }

  @AfterEach
  void stop() {
    System.clearProperty(Farm.RUNNING);
    farm.close();
  }

  private static Collection<RunResult> runOnce(ChainedOptionsBuilder options)
      throws RunnerException {
    return new Runner(
            options
                .param("sockets", Integer.toString(SIZE.sockets()))
                .mode(Mode.SingleShotTime)
                .forks(0)
                .warmupIterations(0)
                .measurementIterations(1)
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT)
                .build())
        .run();
  }

  @Test
  void everyQuestionIsAnsweredInProcess() throws RunnerException {
    int questions = Question.values().length;
    assertThat(
            runOnce(
                new OptionsBuilder()
                    .include("io.tcptable.benchmarks.(Snapshot|Baseline|Oshi)Benchmark")
                    .param("binding", "ffm", "java")))
        .hasSize(2 * questions + 2 * questions + 1);
  }

  @Test
  void everyCallIsMadeByEveryCaller() throws RunnerException {
    assertThat(
            runOnce(
                new OptionsBuilder()
                    .include("io.tcptable.benchmarks.CallBenchmark")
                    .param("caller", "ffm", "jna", CallBenchmark.C)))
        .hasSize(3 * Call.values().length);
  }

  @Test
  void repliesAreDecodedWithoutTheKernel() throws RunnerException {
    assertThat(runOnce(new OptionsBuilder().include("io.tcptable.benchmarks.DecodingBenchmark")))
        .hasSize(1);
  }

  @Test
  void tablesAreCompared() throws RunnerException {
    assertThat(runOnce(new OptionsBuilder().include("io.tcptable.benchmarks.ChangesBenchmark")))
        .hasSize(3);
  }

  @Test
  void soAreThoseThatComeInHalves() {
    Size size = new Size(4_000, 20);
    try (SocketFarm large = SocketFarm.start(size)) {
      System.setProperty(Farm.RUNNING, Farm.running(large));
      Farm running = new Farm();
      running.sockets = size.sockets();
      running.start();
      DecodingBenchmark benchmark = new DecodingBenchmark();
      benchmark.open(running);
      int first = benchmark.decode().size();
      assertThat(first).isGreaterThanOrEqualTo(size.sockets());
      assertThat(benchmark.decode().size()).isEqualTo(first);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"BASELINE", "SS", "LSOF", "NETSTAT", "PSUTIL", "TRUE"})
  void everyToolAnswersWhatItSaysItCan(Tool tool) throws IOException, InterruptedException {
    assumeTrue(tool.version().isPresent(), "not installed");
    Farm running = new Farm();
    running.sockets = SIZE.sockets();
    running.start();
    for (Question question : Question.values()) {
      if (!tool.command(question, running.port()).isEmpty()) {
        ToolBenchmark benchmark = new ToolBenchmark();
        benchmark.tool = tool;
        benchmark.question = question;
        benchmark.open(running);
        benchmark.run();
      }
    }
  }

  @Test
  void anAnswerWithTooFewSocketsIsNotMeasured() {
    Farm larger = new Farm();
    larger.sockets = 100_000;
    larger.start();
    ToolBenchmark benchmark = new ToolBenchmark();
    benchmark.tool = Tool.SS;
    benchmark.question = Question.ALL;
    assertThatThrownBy(() -> benchmark.open(larger))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("lines for 100000 sockets");
  }

  @Test
  void anOwnerSourceThatIsNotThereIsRefused() {
    assertThat(LinuxAccess.open("ffm", "proc").owners().name()).isEqualTo("proc");
    assertThatThrownBy(() -> LinuxAccess.open("ffm", "none")).isInstanceOf(BindingException.class);
  }

  @Test
  void theCostOfAProcessIsItsOwn(@TempDir Path directory) throws IOException, InterruptedException {
    Path done = directory.resolve("done");
    ProcessCost idle = ProcessCost.of(List.of("true"));
    ProcessCost busy =
        ProcessCost.of(
            List.of("sh", "-c", "i=0; while [ $i -lt 100000 ]; do i=$((i+1)); done; :>" + done));

    assertThat(Files.exists(done)).isTrue();
    assertThat(busy.processorMillis()).isGreaterThan(idle.processorMillis());
    assertThat(idle.peakKib()).isBetween(100L, 100_000L);
  }
}
