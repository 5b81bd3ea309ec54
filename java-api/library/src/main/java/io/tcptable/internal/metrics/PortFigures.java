// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.metrics;

import io.tcptable.OsProcess;
import io.tcptable.TcpDetail;
import io.tcptable.TcpSocket;
import io.tcptable.TcpState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The figures of one port while its sockets are counted. For one thread. */
final class PortFigures {

  /** OpenTelemetry has no further ones; {@code listen} is counted as listeners. */
  private static final Set<TcpState> STATES =
      EnumSet.complementOf(
          EnumSet.of(TcpState.LISTEN, TcpState.NEW_SYN_RECEIVED, TcpState.UNKNOWN));

  private static final double NANOS = 1e9;

  private final int port;
  private final List<TcpSocket> listeners = new ArrayList<>();
  private final Map<TcpState, Integer> connections = new EnumMap<>(TcpState.class);
  private final Map<OsProcess, Integer> owners = new LinkedHashMap<>();
  private double silence;

  PortFigures(int port) {
    this.port = port;
  }

  void count(TcpSocket socket) {
    TcpState state = socket.state();
    if (state == TcpState.LISTEN) {
      listeners.add(socket);
    } else {
      connections.merge(
          state == TcpState.NEW_SYN_RECEIVED ? TcpState.SYN_RECEIVED : state, 1, Integer::sum);
    }
    if (state == TcpState.CLOSE_WAIT) {
      double here =
          socket.detail().map(TcpDetail::lastReceived).map(Duration::toNanos).orElse(-1L) / NANOS;
      silence = here < 0 ? Double.NaN : Math.max(silence, here);
    }
    for (OsProcess owner : socket.owners()) {
      owners.merge(owner, 1, Integer::sum);
    }
  }

  void addTo(List<MetricSample> samples) {
    samples.add(sample(TcpMetric.LISTENERS, port, listeners.size()));
    samples.add(sample(TcpMetric.SERVERS, port, ServerCount.of(listeners)));
    for (TcpState state : STATES) {
      samples.add(ofState(port, state, connections.getOrDefault(state, 0)));
    }
    Integer unnamed = connections.get(TcpState.UNKNOWN);
    if (unnamed != null) {
      samples.add(ofState(port, TcpState.UNKNOWN, unnamed));
    }
    QueueFill fullest = QueueFill.fullest(listeners);
    samples.add(sample(TcpMetric.ACCEPT_QUEUE_LENGTH, port, fullest.length()));
    samples.add(sample(TcpMetric.ACCEPT_QUEUE_LIMIT, port, fullest.limit()));
    samples.add(sample(TcpMetric.CLOSE_WAIT_SILENCE, port, silence));
    owners.forEach((owner, sockets) -> samples.add(ofOwner(owner, sockets)));
  }

  /** The same of a port of which nothing is known. */
  static void addUnknown(int port, List<MetricSample> samples) {
    samples.add(sample(TcpMetric.LISTENERS, port, Double.NaN));
    samples.add(sample(TcpMetric.SERVERS, port, Double.NaN));
    for (TcpState state : STATES) {
      samples.add(ofState(port, state, Double.NaN));
    }
    samples.add(sample(TcpMetric.ACCEPT_QUEUE_LENGTH, port, Double.NaN));
    samples.add(sample(TcpMetric.ACCEPT_QUEUE_LIMIT, port, Double.NaN));
    samples.add(sample(TcpMetric.CLOSE_WAIT_SILENCE, port, Double.NaN));
  }

  private static MetricSample sample(TcpMetric metric, int port, double value) {
    return new MetricSample(metric, Map.of(TcpMetric.PORT, Integer.toString(port)), value);
  }

  private static MetricSample ofState(int port, TcpState state, double value) {
    Map<String, String> attributes = new LinkedHashMap<>();
    attributes.put(TcpMetric.PORT, Integer.toString(port));
    attributes.put(TcpMetric.STATE, state.name().toLowerCase(Locale.ROOT));
    return new MetricSample(TcpMetric.CONNECTIONS, attributes, value);
  }

  private MetricSample ofOwner(OsProcess owner, int sockets) {
    Map<String, String> attributes = new LinkedHashMap<>();
    attributes.put(TcpMetric.PORT, Integer.toString(port));
    attributes.put(TcpMetric.PID, Long.toString(owner.pid()));
    attributes.put(TcpMetric.TITLE, owner.name());
    return new MetricSample(TcpMetric.OWNER_SOCKETS, attributes, sockets);
  }
}
