// SPDX-License-Identifier: Apache-2.0
package io.tcptable.micrometer;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.tcptable.internal.metrics.TcpMetric;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The gauges of one registry that have a row for each port, state or owner: rows come and go with
 * what is seen. A row that comes during a scrape may be missing in it.
 */
final class PortGauges {

  /** Those that have rows. */
  static final Set<TcpMetric> METRICS = EnumSet.range(TcpMetric.LISTENERS, TcpMetric.OWNER_SOCKETS);

  private final SharedReading reading;
  private final Map<TcpMetric, MultiGauge> gauges = new EnumMap<>(TcpMetric.class);
  private final Map<TcpMetric, Set<Map<String, String>>> rows = new HashMap<>();

  PortGauges(MeterRegistry registry, SharedReading reading) {
    this.reading = reading;
    for (TcpMetric metric : METRICS) {
      gauges.put(
          metric,
          MultiGauge.builder(metric.dotted())
              .description(metric.description())
              .baseUnit(metric.unit().isEmpty() ? null : metric.unit())
              .register(registry));
    }
  }

  /** The values of now; the registry has a row for each. */
  SharedReading.Values current() {
    SharedReading.Values values = reading.current();
    addRows(values);
    return values;
  }

  double value(TcpMetric metric, Map<String, String> attributes) {
    return current().of(metric).getOrDefault(attributes, Double.NaN);
  }

  private synchronized void addRows(SharedReading.Values values) {
    gauges.forEach(
        (metric, gauge) -> {
          Set<Map<String, String>> seen = values.of(metric).keySet();
          if (!seen.equals(rows.put(metric, seen))) {
            gauge.register(seen.stream().<Row<?>>map(it -> row(metric, it)).toList());
          }
        });
  }

  private Row<?> row(TcpMetric metric, Map<String, String> attributes) {
    List<Tag> tags =
        attributes.entrySet().stream().map(it -> Tag.of(it.getKey(), it.getValue())).toList();
    return Row.of(Tags.of(tags), () -> value(metric, attributes));
  }
}
