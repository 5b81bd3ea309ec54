// SPDX-License-Identifier: Apache-2.0
package io.tcptable.spring;

import io.tcptable.TcpTableException;
import io.tcptable.internal.metrics.MetricsReading;
import io.tcptable.internal.metrics.TcpMetric;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How the watched ports are: down if nobody listens, several servers listen that a client cannot
 * tell apart, or an accept queue is full. What is not known is left out, and makes nothing down.
 *
 * @param status {@code UP}, {@code DOWN}, or {@code UNKNOWN} if the sockets cannot be read
 * @param details by port
 */
record PortHealth(String status, Map<String, Object> details) {

  static PortHealth of(WatchedPorts ports) {
    MetricsReading reading = ports.read();
    Map<String, Object> details = new LinkedHashMap<>();
    Optional<TcpTableException> failure = reading.failure();
    if (failure.isPresent()) {
      details.put("reason", String.valueOf(failure.get().getMessage()));
      return new PortHealth("UNKNOWN", details);
    }
    boolean isUp = true;
    for (int port : ports.now()) {
      List<String> faults = faults(reading, port);
      isUp &= faults.isEmpty();
      details.put(Integer.toString(port), ofPort(reading, port, faults));
    }
    return new PortHealth(isUp ? "UP" : "DOWN", details);
  }

  private static List<String> faults(MetricsReading reading, int port) {
    List<String> faults = new ArrayList<>();
    if (reading.value(TcpMetric.LISTENERS, port) == 0) {
      faults.add("no process listens");
    }
    if (reading.value(TcpMetric.SERVERS, port) > 1) {
      faults.add("several independent servers listen");
    }
    double length = reading.value(TcpMetric.ACCEPT_QUEUE_LENGTH, port);
    if (length > 0 && length >= reading.value(TcpMetric.ACCEPT_QUEUE_LIMIT, port)) {
      faults.add("the accept queue is full");
    }
    return faults;
  }

  private static Map<String, Object> ofPort(MetricsReading reading, int port, List<String> faults) {
    Map<String, Object> details = new LinkedHashMap<>();
    put(details, "listeners", reading.value(TcpMetric.LISTENERS, port));
    put(details, "servers", reading.value(TcpMetric.SERVERS, port));
    put(details, "acceptQueue", reading.value(TcpMetric.ACCEPT_QUEUE_LENGTH, port));
    put(details, "acceptQueueLimit", reading.value(TcpMetric.ACCEPT_QUEUE_LIMIT, port));
    put(details, "established", connections(reading, port, "established"));
    put(details, "closeWait", connections(reading, port, "close_wait"));
    if (!faults.isEmpty()) {
      details.put("faults", faults);
    }
    return details;
  }

  private static double connections(MetricsReading reading, int port, String state) {
    return reading.value(
        TcpMetric.CONNECTIONS,
        Map.of(TcpMetric.PORT, Integer.toString(port), TcpMetric.STATE, state));
  }

  private static void put(Map<String, Object> details, String name, double value) {
    if (!Double.isNaN(value)) {
      details.put(name, (long) value);
    }
  }
}
