// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.metrics;

import io.tcptable.TcpTableException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All values at one moment.
 *
 * @param samples those of one metric stand together
 * @param failure why most of them are not known; empty if the sockets could be read
 */
public record MetricsReading(List<MetricSample> samples, Optional<TcpTableException> failure) {

  /** Keeps its own copy. */
  public MetricsReading {
    samples = List.copyOf(samples);
  }

  /** The value with these attributes; NaN if there is none. */
  public double value(TcpMetric metric, Map<String, String> attributes) {
    return samples.stream()
        .filter(it -> it.metric() == metric && it.attributes().equals(attributes))
        .mapToDouble(MetricSample::value)
        .findFirst()
        .orElse(Double.NaN);
  }

  /** The value of a port that needs no further attribute; NaN if there is none. */
  public double value(TcpMetric metric, int port) {
    return value(metric, Map.of(TcpMetric.PORT, Integer.toString(port)));
  }
}
