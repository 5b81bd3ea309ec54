// SPDX-License-Identifier: Apache-2.0
package io.tcptable.micrometer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tcptable.internal.Platforms;
import io.tcptable.internal.metrics.MetricSample;
import io.tcptable.internal.metrics.MetricsReading;
import io.tcptable.internal.metrics.MetricsSource;
import io.tcptable.internal.metrics.TcpMetric;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TcpPortMetricsTest {

  private final MeterRegistry registry = new SimpleMeterRegistry();
  private final AtomicLong clock = new AtomicLong();
  private final AtomicInteger snapshots = new AtomicInteger();
  private final List<String> owners = new ArrayList<>(List.of("7"));

  @Test
  void aPortOfThisProcessHasItsMeters() throws IOException {
    try (ServerSocket server = new ServerSocket(0, 7, InetAddress.getLoopbackAddress())) {
      int port = server.getLocalPort();

      TcpPortMetrics.of(port).bindTo(registry);

      assertThat(of("tcptable.listeners", port)).isEqualTo(1);
      assertThat(of("tcptable.servers", port)).isEqualTo(1);
      assertThat(of("tcptable.accept.queue.length", port)).isZero();
      assertThat(of("tcptable.accept.queue.limit", port)).isEqualTo(7);
      assertThat(of("tcptable.close.wait.silence", port)).isZero();
      assertThat(of("tcptable.connections", port, "network.connection.state", "close_wait"))
          .isZero();
      assertThat(
              of(
                  "tcptable.owner.sockets",
                  port,
                  "process.pid",
                  Long.toString(ProcessHandle.current().pid())))
          .isEqualTo(1);
      assertThat(registry.get("tcptable.readable").gauge().value()).isEqualTo(1);
      assertThat(registry.get("tcptable.listen.overflows").functionCounter().count())
          .isGreaterThanOrEqualTo(0);
    }
  }

  private double of(String name, int port, String... more) {
    return registry
        .get(name)
        .tag("network.local.port", Integer.toString(port))
        .tags(more)
        .gauge()
        .value();
  }

  /** Two ports, and whatever owners there are at the time. */
  private MetricsReading counted() {
    snapshots.incrementAndGet();
    List<MetricSample> samples = new ArrayList<>();
    for (int port : new int[] {1, 2}) {
      Map<String, String> attributes = Map.of(TcpMetric.PORT, Integer.toString(port));
      samples.add(new MetricSample(TcpMetric.LISTENERS, attributes, snapshots.get()));
      samples.add(new MetricSample(TcpMetric.SERVERS, attributes, snapshots.get()));
    }
    for (String owner : owners) {
      samples.add(
          new MetricSample(TcpMetric.OWNER_SOCKETS, Map.of(TcpMetric.PID, owner), snapshots.get()));
    }
    return new MetricsReading(samples, Optional.empty());
  }

  private void bindCounted() {
    new TcpPortMetrics(new SharedReading(this::counted, clock::get)).bindTo(registry);
  }

  private List<Double> scrape() {
    return registry.getMeters().stream()
        .filter(Gauge.class::isInstance)
        .map(it -> ((Gauge) it).value())
        .filter(it -> !it.isNaN())
        .toList();
  }

  @Test
  void oneSnapshotIsTakenHoweverManyMetersAreRead() {
    bindCounted();
    for (int scrape = 2; scrape < 5; scrape++) {
      clock.addAndGet(2_000_000_000L);

      assertThat(scrape()).hasSize(5).containsOnly((double) scrape);
      assertThat(snapshots).hasValue(scrape);
    }
  }

  @Test
  void anOwnerComesAndGoesWithItsRow() {
    bindCounted();
    assertThat(pids()).containsExactly("7");

    owners.clear();
    owners.addAll(List.of("8", "9"));
    clock.addAndGet(2_000_000_000L);
    scrape();

    assertThat(pids()).containsExactlyInAnyOrder("8", "9");
  }

  private List<String> pids() {
    return registry.find("tcptable.owner.sockets").gauges().stream()
        .map(it -> String.valueOf(it.getId().getTag("process.pid")))
        .toList();
  }

  @Test
  void ofAPortThatIsKnownLaterTheMetersComeLater() throws IOException {
    AtomicInteger port = new AtomicInteger();
    SharedReading reading =
        new SharedReading(
            MetricsSource.ofPorts(() -> port.get() == 0 ? new int[0] : new int[] {port.get()})
                ::read,
            clock::get);
    TcpPortMetrics metrics = new TcpPortMetrics(reading);
    metrics.bindTo(registry);
    assertThat(registry.find("tcptable.listeners").gauge()).isNull();
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port.set(server.getLocalPort());
      metrics.refresh();

      assertThat(of("tcptable.listeners", port.get())).isEqualTo(1);
    }
  }

  @Test
  void whatCannotBeReadIsNaNAndNothingIsThrown() {
    Platforms.bind("none-such");
    Platforms.use(null, null);
    try {
      TcpPortMetrics.of(3001).bindTo(registry);

      assertThat(of("tcptable.listeners", 3001)).isNaN();
      assertThat(of("tcptable.connections", 3001, "network.connection.state", "close_wait"))
          .isNaN();
      assertThat(registry.get("tcptable.unreadable.processes").gauge().value()).isNaN();
      assertThat(registry.get("tcptable.readable").gauge().value()).isZero();
    } finally {
      Platforms.bind("ffm,jni,java");
      Platforms.use(null, null);
    }
  }

  @Test
  void aPortOutOfRangeIsRefused() {
    assertThatThrownBy(() -> TcpPortMetrics.of(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("0 is not in 1..65535");
  }
}
