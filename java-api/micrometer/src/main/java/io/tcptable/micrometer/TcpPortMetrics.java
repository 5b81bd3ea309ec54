// SPDX-License-Identifier: Apache-2.0
package io.tcptable.micrometer;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.tcptable.internal.metrics.MetricsSource;
import io.tcptable.internal.metrics.TcpMetric;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/**
 * Meters of TCP ports of this machine: listeners, independent servers, connections by state, the
 * fullest accept queue and its limit, CLOSE_WAIT, owners, listen overflows, and how many processes
 * could not be looked into.
 *
 * <pre>{@code
 * TcpPortMetrics.of(8080, 5432).bindTo(registry);
 * }</pre>
 *
 * <p>However many meters are read, one snapshot is taken: all values are those of one moment, for a
 * second. What is not known is NaN: what this system does not tell, what this user may not see, and
 * everything but {@code tcptable.readable} if the sockets cannot be read. That is logged once, and
 * nothing is thrown. Owners of other users are seen by root only.
 *
 * <p>Safe for use by many threads, and for several registries.
 */
public final class TcpPortMetrics implements MeterBinder {

  private final SharedReading reading;
  private final List<PortGauges> bound = new CopyOnWriteArrayList<>();

  private TcpPortMetrics(MetricsSource source) {
    this.reading = new SharedReading(source::read, System::nanoTime);
  }

  TcpPortMetrics(SharedReading reading) {
    this.reading = reading;
  }

  /**
   * Of these local ports, whether there is a listener or not.
   *
   * @param ports each 1 to 65535
   * @throws IllegalArgumentException if one is out of range
   */
  public static TcpPortMetrics of(int... ports) {
    Objects.requireNonNull(ports, "ports");
    return new TcpPortMetrics(MetricsSource.ofPorts(ports));
  }

  /**
   * Of local ports that are not known yet, such as that of a server that starts later.
   *
   * @param ports asked at each snapshot; each is 1 to 65535; there may be none yet
   */
  public static TcpPortMetrics of(Supplier<int[]> ports) {
    Objects.requireNonNull(ports, "ports");
    return new TcpPortMetrics(MetricsSource.ofPorts(ports));
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    Objects.requireNonNull(registry, "registry");
    PortGauges gauges = new PortGauges(registry, reading);
    for (TcpMetric metric : TcpMetric.values()) {
      if (!PortGauges.METRICS.contains(metric)) {
        register(metric, registry, gauges);
      }
    }
    bound.add(gauges);
    gauges.current();
  }

  /**
   * Takes a snapshot now, so that there are meters for the ports and owners of now. Without it,
   * they come with the next value that a registry reads.
   */
  public void refresh() {
    reading.forget();
    bound.forEach(PortGauges::current);
  }

  private static void register(TcpMetric metric, MeterRegistry registry, PortGauges gauges) {
    if (metric.kind() == TcpMetric.Kind.COUNTER) {
      FunctionCounter.builder(metric.dotted(), gauges, it -> it.value(metric, Map.of()))
          .description(metric.description())
          .register(registry);
    } else {
      // Of a supplier, the registry keeps more than a weak reference.
      Gauge.builder(metric.dotted(), () -> gauges.value(metric, Map.of()))
          .tags(Tags.empty())
          .description(metric.description())
          .register(registry);
    }
  }
}
