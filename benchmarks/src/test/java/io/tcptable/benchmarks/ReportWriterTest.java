// SPDX-License-Identifier: Apache-2.0
package io.tcptable.benchmarks;

import static io.tcptable.benchmarks.MeasuredExample.BPF;
import static io.tcptable.benchmarks.MeasuredExample.C_PROC;
import static io.tcptable.benchmarks.MeasuredExample.OSHI;
import static io.tcptable.benchmarks.MeasuredExample.PROC;
import static io.tcptable.benchmarks.MeasuredExample.PROGRAM;
import static io.tcptable.benchmarks.MeasuredExample.SS;
import static io.tcptable.benchmarks.MeasuredExample.times;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ReportWriterTest {

  private static final Map<Competitor, Double> NOBODY = times(BPF, 1.0);

  private static MeasuredExample example() {
    return new MeasuredExample()
        .with(Size.SMALLEST, Question.PORT_OWNERS, times(PROGRAM, 100.0, SS, 10.0))
        .with(
            Size.SMALLEST,
            Question.ALL_OWNERS,
            times(BPF, 1.0, PROC, 2.0, OSHI, 0.5, PROGRAM, Double.NaN))
        .with(
            Size.LARGEST,
            Question.ALL_OWNERS,
            times(BPF, 10.0, PROC, 20.0, C_PROC, 25.0, OSHI, 300.0, PROGRAM, 500.0))
        .with(Size.LARGEST, Question.ALL, times(PROC, 4.0, C_PROC, 3.0))
        .with(Size.LARGEST, Question.PORT_OWNERS, NOBODY)
        .with(Size.LARGEST, Question.PORT_LISTENERS, times(PROC, 0.016));
  }

  @Test
  void tellsTimesAndMultiplesOfTheBestOfOurs() {
    assertThat(example().report().text())
        .contains(
            """
            |  | all sockets, with owners | all sockets | one port, with owners | listeners of one port |
            |---|--:|--:|--:|--:|
            | **tcptable** ffm, bpf | 10 ms (1.00) |  | 1.0 ms (1.00) |  |
            | **tcptable** ffm, proc | 20 ms (2.00) | 4.0 ms (1.00) |  | 16 µs (1.00) |
            | C, proc, 2 threads | 25 ms (1.25) | 3.0 ms (0.75) |  |  |
            | OSHI | 300 ms (30) |  |  |  |
            | `./tcptable` | 500 ms (50) |  |  |  |
            """);
  }

  @Test
  void tellsTheGrowth() {
    assertThat(example().report().text())
        .contains(
            """
            |  | 100 in 50 | 50,000 in 200 |
            |---|--:|--:|
            | **tcptable** ffm, bpf | 1.0 ms (1.00) | 10 ms (1.00) |
            | **tcptable** ffm, proc | 2.0 ms (2.00) | 20 ms (2.00) |
            | OSHI | 500 µs (0.50) | 300 ms (30) |
            | `./tcptable` |  | 500 ms (50) |
            """);
  }

  @Test
  void tellsWhatAStartCosts() {
    MeasuredExample example = example();
    example.measured().costs().put(Tool.SS, new ProcessCost(7.5, 2048));

    assertThat(example.report().text())
        .contains(
            """
            |  | time | of processors | most memory at once |
            |---|--:|--:|--:|
            | `./tcptable` | 100 ms (1.00) |  |  |
            | `ss` | 10 ms (0.10) | 7.5 ms | 2.0 MiB |
            """);
  }

  @Test
  void tellsTheMemoryThatIsKept() {
    MeasuredExample example = example();
    example.measured().kept().put("tcptable", 40.4);
    example.measured().peaks().put(Tool.SS, new ProcessCost(500, 1024));

    assertThat(example.report().text())
        .contains(
            """
            |  | allocated a socket | kept a socket | most memory at once, as a process |
            |---|--:|--:|--:|
            | `ss` |  |  | 1.0 MiB |
            """);
  }

  @Test
  void tellsWhatACallCosts() {
    MeasuredExample example = example();
    example.measured().add(Case.of("ffm", Call.CLOSE), MeasuredExample.lasting(100));
    example.measured().add(Case.ofDecoding(Size.LARGEST), MeasuredExample.lasting(2.5));

    assertThat(example.report().text())
        .contains("| ffm | 100 ns |")
        .contains("coming out of memory: 2.5 ms for 50,000 sockets.");
  }

  @Test
  void tellsTheConditionsAndWhoStaysAway() {
    assertThat(example().without("`lsof`", "not installed").report().text())
        .contains("2 cores, Linux 6.18, unknown,")
        .contains("Not measured: `lsof` (not installed).");
  }

  @Test
  void theSummaryNamesTheBestOfOursAndThePeers() {
    assertThat(example().report().summary())
        .isEqualTo(
            """

            | 50,000 sockets in 200 processes, with their owners | time |
            |---|--:|
            | **tcptable** ffm, bpf | 10 ms (1.00) |
            | OSHI | 300 ms (30) |
            | `./tcptable` | 500 ms (50) |

            """);
  }

  @Test
  void theEndSaysWhoIsFaster() {
    assertThat(example().report().text())
        .endsWith(
            """
            - 100 sockets in 50 processes, one port, with owners, as a whole process: `ss` 0.10.
            - 100 sockets in 50 processes, all sockets, with owners: OSHI 0.50.
            - 50,000 sockets in 200 processes, all sockets: C, proc, 2 threads 0.75.
            """);
  }
}
