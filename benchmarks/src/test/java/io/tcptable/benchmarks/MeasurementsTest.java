// SPDX-License-Identifier: Apache-2.0
package io.tcptable.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MeasurementsTest {

  private static final Case CASE = Case.of("ffm", Call.CLOSE);

  @Test
  void theMedianIsOfAllRounds() {
    Measurements measured = Measurements.none();
    measured.add(CASE, new Samples("ns/op", List.of(9.0, 1.0), List.of()));
    measured.add(CASE, new Samples("ns/op", List.of(2.0, 4.0), List.of(8.0, 16.0, 8.5)));

    assertThat(measured.median(CASE)).hasValue(3.0);
    assertThat(measured.allocated(CASE)).hasValue(8.5);
    assertThat(measured.median(Case.of("jna", Call.CLOSE))).isEmpty();
  }

  @Test
  void aCaseIsALineOfJson(@TempDir Path directory) throws IOException {
    Measurements measured = Measurements.none();
    measured.add(CASE, new Samples("ns/op", List.of(100.0, 103.123456, 250_000.0), List.of(0.5)));
    measured.add(
        Case.of(Competitor.oshi(), Question.ALL_OWNERS, new Size(100, 50)),
        new Samples("ms/op", List.of(4.25), List.of()));
    measured.writeTo(directory);

    assertThat(directory.resolve("cases.jsonl"))
        .hasContent(
            """
            {"benchmark":"CallBenchmark","call":"CLOSE","caller":"ffm","unit":"ns/op","samples":3,"least":100,"median":103.12,"most":250000,"allocatedBytes":0.5}
            {"benchmark":"OshiBenchmark","processes":"50","question":"ALL_OWNERS","sockets":"100","unit":"ms/op","samples":1,"least":4.25,"median":4.25,"most":4.25}
            """);
  }
}
