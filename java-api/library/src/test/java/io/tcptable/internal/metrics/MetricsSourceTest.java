// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tcptable.internal.Platforms;
import io.tcptable.internal.platform.NoPlatform;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import servers.Children;
import servers.FreePorts;
import servers.Loopback;

class MetricsSourceTest {

  @RegisterExtension private final Children children = new Children();

  @Test
  void aPortHasItsListenerItsConnectionsItsQueueAndItsOwners() throws IOException {
    try (ServerSocket server = new ServerSocket(0, 7, Loopback.V4);
        Socket accepted = closedByClient(server);
        Socket waiting = new Socket(Loopback.V4, server.getLocalPort())) {
      int port = server.getLocalPort();
      MetricsSource source = MetricsSource.ofPorts(port);
      Children.await("the end has come", () -> connections(source.read(), port, "close_wait") == 1);

      MetricsReading reading = source.read();

      assertThat(reading.failure()).isEmpty();
      assertThat(reading.value(TcpMetric.LISTENERS, port)).isEqualTo(1);
      assertThat(reading.value(TcpMetric.SERVERS, port)).isEqualTo(1);
      assertThat(connections(reading, port, "close_wait")).isEqualTo(1);
      // The client's port is another one; that which waits to be accepted counts.
      assertThat(connections(reading, port, "established")).isEqualTo(1);
      assertThat(connections(reading, port, "time_wait")).isZero();
      assertThat(reading.value(TcpMetric.ACCEPT_QUEUE_LENGTH, port)).isEqualTo(1);
      assertThat(reading.value(TcpMetric.ACCEPT_QUEUE_LIMIT, port)).isEqualTo(7);
      assertThat(reading.value(TcpMetric.CLOSE_WAIT_SILENCE, port)).isBetween(0.0, 60.0);
      // The one that waits has no owner yet.
      assertThat(ownSockets(reading, port)).isEqualTo(2);
      assertThat(reading.value(TcpMetric.READABLE, Map.of())).isEqualTo(1);
      assertThat(waiting.isConnected() && accepted.isConnected()).isTrue();
    }
  }

  private static Socket closedByClient(ServerSocket server) throws IOException {
    try (Socket client = new Socket(Loopback.V4, server.getLocalPort())) {
      Socket accepted = server.accept();
      assertThat(accepted.getPort()).isEqualTo(client.getLocalPort());
      return accepted;
    }
  }

  @Test
  void aFreePortHasNoListenerAndNoQueue() {
    int port = FreePorts.next();

    MetricsReading reading = MetricsSource.ofPorts(port).read();

    assertThat(reading.value(TcpMetric.LISTENERS, port)).isZero();
    assertThat(reading.value(TcpMetric.SERVERS, port)).isZero();
    assertThat(connections(reading, port, "close_wait")).isZero();
    assertThat(reading.value(TcpMetric.CLOSE_WAIT_SILENCE, port)).isZero();
    assertThat(reading.value(TcpMetric.ACCEPT_QUEUE_LENGTH, port)).isNaN();
    assertThat(reading.value(TcpMetric.ACCEPT_QUEUE_LIMIT, port)).isNaN();
  }

  @Test
  void serversOfTheSameAddressAreSeveralAndThoseOfOtherAddressesAreNot() throws IOException {
    int port = FreePorts.next();
    children.startServer(port, "--reuse-port");
    try (ServerSocket other = new ServerSocket(port, 1, Loopback.address(127, 0, 0, 2))) {
      assertThat(MetricsSource.ofPorts(port).read().value(TcpMetric.SERVERS, port)).isEqualTo(1);
      assertThat(other.isBound()).isTrue();
    }
    children.startServer(port, "--reuse-port");

    MetricsReading reading = MetricsSource.ofPorts(port).read();

    assertThat(reading.value(TcpMetric.SERVERS, port)).isEqualTo(2);
    assertThat(reading.value(TcpMetric.LISTENERS, port)).isEqualTo(2);
  }

  @Test
  void ofAllListenersEachPortIsThere() throws IOException {
    try (ServerSocket one = new ServerSocket(0, 1, Loopback.V4);
        ServerSocket other = new ServerSocket(0, 1, Loopback.V6)) {
      MetricsReading reading = MetricsSource.ofAllListeners().read();

      assertThat(reading.value(TcpMetric.LISTENERS, one.getLocalPort())).isEqualTo(1);
      assertThat(reading.value(TcpMetric.LISTENERS, other.getLocalPort())).isEqualTo(1);
    }
  }

  @Test
  void theSamplesOfAMetricStandTogether() {
    assertThat(MetricsSource.ofPorts(1, 2, 3).read().samples())
        .extracting(MetricSample::metric)
        .isSorted();
  }

  @Test
  void whatCannotBeReadIsNotKnown(@TempDir Path home) {
    Platforms.use(new NoPlatform(home), null);
    try {
      MetricsReading reading = MetricsSource.ofPorts(3001).read();

      assertThat(reading.failure().orElseThrow()).hasMessageContaining("Nothing has no sockets");
      assertThat(reading.value(TcpMetric.READABLE, Map.of())).isZero();
      assertThat(reading.samples())
          .filteredOn(it -> it.metric() != TcpMetric.READABLE)
          .hasSizeGreaterThan(10)
          .allMatch(it -> Double.isNaN(it.value()));
    } finally {
      Platforms.use(null, null);
    }
  }

  @Test
  void aPortOutOfRangeIsRefused() {
    assertThatThrownBy(() -> MetricsSource.ofPorts(3001, 65_536))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("65536");
  }

  private static double connections(MetricsReading reading, int port, String state) {
    return reading.value(
        TcpMetric.CONNECTIONS,
        Map.of(TcpMetric.PORT, Integer.toString(port), TcpMetric.STATE, state));
  }

  private static double ownSockets(MetricsReading reading, int port) {
    return reading.samples().stream()
        .filter(it -> it.metric() == TcpMetric.OWNER_SOCKETS)
        .filter(it -> Integer.toString(port).equals(it.attributes().get(TcpMetric.PORT)))
        .filter(
            it ->
                Long.toString(ProcessHandle.current().pid())
                    .equals(it.attributes().get(TcpMetric.PID)))
        .mapToDouble(MetricSample::value)
        .sum();
  }
}
