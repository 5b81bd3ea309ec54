// SPDX-License-Identifier: Apache-2.0
package io.tcptable.micrometer;

import io.tcptable.TcpTableException;
import io.tcptable.internal.metrics.MetricSample;
import io.tcptable.internal.metrics.MetricsReading;
import io.tcptable.internal.metrics.TcpMetric;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A reading that all meters share for a second: a registry asks one meter after the other, and does
 * not tell when it begins. Safe for use by many threads; those that ask meanwhile wait for it.
 */
final class SharedReading {

  /** A scrape takes less; none that matters comes earlier. */
  private static final long KEPT_NANOS = 1_000_000_000L;

  private static final System.Logger LOG = System.getLogger("io.tcptable.micrometer");

  /**
   * What was read, to be found quickly.
   *
   * @param values by metric, then by attributes
   */
  record Values(Map<TcpMetric, Map<Map<String, String>, Double>> values) {

    static Values of(MetricsReading reading) {
      Map<TcpMetric, Map<Map<String, String>, Double>> values = new HashMap<>();
      for (MetricSample sample : reading.samples()) {
        values
            .computeIfAbsent(sample.metric(), metric -> new HashMap<>())
            .put(sample.attributes(), sample.value());
      }
      return new Values(values);
    }

    Map<Map<String, String>, Double> of(TcpMetric metric) {
      return values.getOrDefault(metric, Map.of());
    }
  }

  private final Supplier<MetricsReading> source;
  private final LongSupplier clock;
  private @Nullable Values values;
  private long readAt;
  private boolean isFailureLogged;

  SharedReading(Supplier<MetricsReading> source, LongSupplier clock) {
    this.source = source;
    this.clock = clock;
  }

  synchronized Values current() {
    Values known = values;
    if (known == null || clock.getAsLong() - readAt >= KEPT_NANOS) {
      MetricsReading reading = source.get();
      reading.failure().ifPresent(this::log);
      known = Values.of(reading);
      values = known;
      readAt = clock.getAsLong();
    }
    return known;
  }

  /** The next question is answered by a new reading. */
  synchronized void forget() {
    values = null;
  }

  private void log(TcpTableException failure) {
    if (!isFailureLogged) {
      isFailureLogged = true;
      LOG.log(
          System.Logger.Level.WARNING,
          "the TCP sockets cannot be read, so their meters are NaN: {0}",
          Optional.ofNullable(failure.getMessage()).orElse(""));
    }
  }
}
