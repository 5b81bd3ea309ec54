package io.tcptable.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Collection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Each benchmark gets the answer it is to time. */
@Timeout(30)
class BenchmarksTest {

  @Test
  void everyBenchmarkRunsOnceOnASmallFarm() throws Exception {
    assumeTrue(CProgram.compiler().isPresent(), "needs a C compiler");
    try (SocketFarm farm = SocketFarm.start(50, 3)) {
      System.setProperty(Farm.RUNNING, Farm.running(farm));
      Collection<RunResult> results =
          new Runner(
                  new OptionsBuilder()
                      .include("io.tcptable.benchmarks.(Snapshot|Reference|Oshi)Benchmark")
                      .param("sockets", "50")
                      .param("binding", "ffm", "java")
                      .mode(Mode.SingleShotTime)
                      .forks(0)
                      .warmupIterations(0)
                      .measurementIterations(1)
                      .shouldFailOnError(true)
                      .verbosity(VerboseMode.SILENT)
                      .build())
              .run();

      int questions = Question.values().length;
      assertThat(results).hasSize(2 * questions + 2 * questions + 1);
    } finally {
      System.clearProperty(Farm.RUNNING);
    }
  }
}
