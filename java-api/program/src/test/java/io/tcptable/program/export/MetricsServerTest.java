// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.internal.Platforms;
import io.tcptable.internal.metrics.MetricsSource;
import io.tcptable.internal.platform.NoPlatform;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import servers.FreePorts;
import servers.Loopback;

class MetricsServerTest {

  @Test
  void whereNothingCanBeReadThatIsServedAndToldOnce(@TempDir Path home) throws Exception {
    int port = FreePorts.next();
    List<String> told = new ArrayList<>();
    Platforms.use(new NoPlatform(home), null);
    try (MetricsServer server =
        new MetricsServer(
            new InetSocketAddress(Loopback.V4, port), MetricsSource.ofPorts(3001), told::add)) {
      server.start();
      for (int scrape = 0; scrape < 3; scrape++) {
        assertThat(page(port))
            .contains("\ntcptable_readable 0\n")
            .contains("\ntcptable_listeners{network_local_port=\"3001\"} NaN\n");
      }
    } finally {
      Platforms.use(null, null);
    }
    assertThat(told).containsExactly("Nothing has no sockets");
  }

  private static String page(int port) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + port + "/metrics");
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
        .body();
  }
}
