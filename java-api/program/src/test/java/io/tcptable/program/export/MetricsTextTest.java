// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.internal.metrics.MetricSample;
import io.tcptable.internal.metrics.MetricsReading;
import io.tcptable.internal.metrics.TcpMetric;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MetricsTextTest {

  @Test
  void whatAProcessIsCalledIsOneLabelOfOneLine() {
    MetricSample sample =
        new MetricSample(
            TcpMetric.OWNER_SOCKETS, Map.of(TcpMetric.TITLE, "a\"} 1\nb\\\u001b[2J\u202ec"), 3);

    String text = MetricsText.PROMETHEUS.of(new MetricsReading(List.of(sample), Optional.empty()));

    assertThat(text.lines().toList())
        .hasSize(3)
        .last()
        .isEqualTo("tcptable_owner_sockets{process_title=\"a\\\"} 1?b\\\\?[2J?c\"} 3");
  }

  @Test
  void whatIsNotKnownIsNaNAndPartsAreParts() {
    List<MetricSample> samples =
        List.of(
            new MetricSample(TcpMetric.CLOSE_WAIT_SILENCE, Map.of(), 1.25),
            new MetricSample(TcpMetric.UNREADABLE_PROCESSES, Map.of(), Double.NaN));

    assertThat(MetricsText.OPEN_METRICS.of(new MetricsReading(samples, Optional.empty())))
        .contains("\ntcptable_close_wait_silence_seconds 1.25\n")
        .contains("\ntcptable_unreadable_processes NaN\n# EOF\n");
  }
}
