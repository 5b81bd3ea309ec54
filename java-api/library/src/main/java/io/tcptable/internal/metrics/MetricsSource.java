// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.metrics;

import io.tcptable.TcpQuery;
import io.tcptable.TcpSocket;
import io.tcptable.TcpTable;
import io.tcptable.TcpTableException;
import io.tcptable.internal.platform.PortNumber;
import io.tcptable.process.TcpCounters;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Reads all values by one snapshot. A failure is no exception: the values of the ports are there,
 * and not known. Safe for use by many threads.
 */
public final class MetricsSource {

  private final boolean allListeners;
  private final Supplier<int[]> ports;

  private MetricsSource(boolean allListeners, Supplier<int[]> ports) {
    this.allListeners = allListeners;
    this.ports = ports;
  }

  /** Of every port that has a listener at the time. */
  public static MetricsSource ofAllListeners() {
    return new MetricsSource(true, () -> new int[0]);
  }

  /**
   * Of these ports, whether there is a listener or not.
   *
   * @throws IllegalArgumentException if one is out of range
   */
  public static MetricsSource ofPorts(int... ports) {
    int[] checked = Arrays.stream(ports).map(PortNumber::checked).sorted().distinct().toArray();
    return ofPorts(() -> checked);
  }

  /**
   * Of ports that are asked for at each reading, for a port that is known later.
   *
   * @param ports each 1 to 65535, in ascending order
   */
  public static MetricsSource ofPorts(Supplier<int[]> ports) {
    return new MetricsSource(false, ports);
  }

  /** Reads them now. */
  public MetricsReading read() {
    int[] wanted = ports.get();
    Map<Integer, PortFigures> figures = new TreeMap<>();
    for (int port : wanted) {
      figures.put(port, new PortFigures(port));
    }
    List<MetricSample> samples = new ArrayList<>();
    try {
      double unreadable = 0;
      if (allListeners || wanted.length > 0) {
        TcpTable table = TcpTable.snapshot(TcpQuery.all().localPorts(wanted).withDetail());
        count(table, figures);
        unreadable = table.hasHiddenProcesses() ? Double.NaN : table.unreadableProcesses();
      }
      for (PortFigures port : figures.values()) {
        port.addTo(samples);
      }
      addShared(samples, 1, unreadable);
      return ordered(samples, Optional.empty());
    } catch (TcpTableException e) {
      samples.clear();
      for (int port : wanted) {
        PortFigures.addUnknown(port, samples);
      }
      addShared(samples, 0, Double.NaN);
      return ordered(samples, Optional.of(e));
    }
  }

  private void count(TcpTable table, Map<Integer, PortFigures> figures) {
    if (allListeners) {
      for (TcpSocket listener : table.listeners()) {
        figures.computeIfAbsent(listener.localPort(), PortFigures::new);
      }
    }
    for (TcpSocket socket : table) {
      PortFigures port = figures.get(socket.localPort());
      if (port != null) {
        port.count(socket);
      }
    }
  }

  private static void addShared(List<MetricSample> samples, double readable, double unreadable) {
    Optional<TcpCounters> counters = counters();
    samples.add(
        shared(
            TcpMetric.LISTEN_OVERFLOWS,
            known(counters.map(TcpCounters::listenOverflows).orElse(OptionalLong.empty()))));
    samples.add(
        shared(
            TcpMetric.LISTEN_DROPS,
            known(counters.map(TcpCounters::listenDrops).orElse(OptionalLong.empty()))));
    samples.add(shared(TcpMetric.UNREADABLE_PROCESSES, unreadable));
    samples.add(shared(TcpMetric.READABLE, readable));
  }

  private static Optional<TcpCounters> counters() {
    try {
      return Optional.of(TcpTable.readCounters());
    } catch (TcpTableException e) {
      return Optional.empty();
    }
  }

  private static MetricSample shared(TcpMetric metric, double value) {
    return new MetricSample(metric, Map.of(), value);
  }

  static double known(OptionalLong value) {
    return value.isPresent() ? value.getAsLong() : Double.NaN;
  }

  private static MetricsReading ordered(
      List<MetricSample> samples, Optional<TcpTableException> failure) {
    samples.sort(Comparator.comparing(MetricSample::metric));
    return new MetricsReading(samples, failure);
  }
}
