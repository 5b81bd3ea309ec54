// SPDX-License-Identifier: Apache-2.0
package io.tcptable.benchmarks;

import static io.tcptable.benchmarks.MeasuredExample.BPF;
import static io.tcptable.benchmarks.MeasuredExample.C_BPF;
import static io.tcptable.benchmarks.MeasuredExample.C_PROC;
import static io.tcptable.benchmarks.MeasuredExample.OSHI;
import static io.tcptable.benchmarks.MeasuredExample.PROC;
import static io.tcptable.benchmarks.MeasuredExample.PROGRAM;
import static io.tcptable.benchmarks.MeasuredExample.SS;
import static io.tcptable.benchmarks.MeasuredExample.TRUE;
import static io.tcptable.benchmarks.MeasuredExample.times;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SlowerThanTest {

  private static final Size SIZE = new Size(10_000, 200);

  private static List<String> places(Map<Competitor, Double> millis) {
    String text = new MeasuredExample().with(SIZE, Question.ALL_OWNERS, millis).slowerThan().text();
    return text.lines().filter(line -> line.startsWith("-")).toList();
  }

  @Test
  void saysSoIfNobodyIs() {
    String text =
        new MeasuredExample()
            .with(SIZE, Question.ALL_OWNERS, times(BPF, 10.0, C_BPF, 10.0, PROGRAM, 90.0, SS, 99.0))
            .slowerThan()
            .text();

    assertThat(text).isEqualTo("No peer was faster in any case.\n");
  }

  @Test
  void namesTheFastestFirst() {
    assertThat(places(times(BPF, 10.0, OSHI, 9.0, C_BPF, 8.0)))
        .containsExactly(
            "- 10,000 sockets in 200 processes, all sockets, with owners: C, bpf, 2 threads 0.80, OSHI 0.90.");
  }

  @Test
  void comparesCWithTheSameSourceOfOwners() {
    assertThat(places(times(BPF, 10.0, PROC, 40.0, C_BPF, 11.0, C_PROC, 30.0)))
        .containsExactly(
            "- 10,000 sockets in 200 processes, all sockets, with owners: C, proc, 2 threads 0.75.");
    assertThat(places(times(BPF, 10.0, PROC, 5.0, C_PROC, 8.0))).isEmpty();
  }

  @Test
  void comparesAProcessWithOurProgram() {
    assertThat(places(times(BPF, 10.0, PROGRAM, 100.0, SS, 25.0, TRUE, 1.0)))
        .containsExactly(
            "- 10,000 sockets in 200 processes, all sockets, with owners, as a whole process:"
                + " `ss` 0.25.");
  }

  @Test
  void saysOnceWhatIsComparedAsProcessesOnly() {
    assertThat(places(times(PROGRAM, 100.0, SS, 25.0))).hasSize(1);
  }

  @Test
  void aProcessMayBeFasterThanACall() {
    assertThat(places(times(BPF, 10.0, PROGRAM, 100.0, SS, 5.0)))
        .containsExactly(
            "- 10,000 sockets in 200 processes, all sockets, with owners: `ss` 0.50.",
            "- 10,000 sockets in 200 processes, all sockets, with owners, as a whole process:"
                + " `ss` 0.05.");
  }

  @Test
  void leavesOutWhatWasNotMeasured() {
    assertThat(places(times(BPF, 10.0, OSHI, Double.NaN, PROGRAM, 20.0, SS, Double.NaN))).isEmpty();
  }

  @Test
  void thatOurOwnAreFasterThanEachOtherIsNoNews() {
    assertThat(places(times(BPF, 10.0, PROC, 5.0, PROGRAM, 3.0))).isEmpty();
  }
}
