// SPDX-License-Identifier: Apache-2.0
package io.tcptable.micrometer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sample application is built and run, and Prometheus takes what it publishes. */
class MetricsSampleTest {

  private static final Path PROMETHEUS = Path.of("/usr/bin/prometheus");
  private static final Duration LONGEST = Duration.ofSeconds(60);

  @TempDir private Path folder;

  @Test
  void theSamplePublishesItsOwnPort() throws Exception {
    Process sample =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "src/sample/java/MetricsSample.java")
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try {
      String url = String.valueOf(sample.inputReader().readLine());
      String port = url.replaceAll("http://127.0.0.1:([0-9]+)/metrics", "$1");

      String page = get(url);

      assertThat(page)
          .contains("tcptable_listeners{network_local_port=\"" + port + "\"} 1.0\n")
          .contains("tcptable_servers{network_local_port=\"" + port + "\"} 1.0\n")
          .contains("process_pid=\"" + sample.pid() + "\"")
          .contains("# TYPE tcptable_listen_overflows_total counter\n")
          .contains("# TYPE tcptable_close_wait_silence_seconds gauge\n");
      checkedByPromtool(page);
      scrapedByPrometheus(port);
    } finally {
      sample.destroyForcibly().waitFor();
    }
  }

  private static String get(String url) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(URI.create(url)).build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
  }

  private void scrapedByPrometheus(String port) throws IOException, InterruptedException {
    assumeThat(Files.isExecutable(PROMETHEUS)).as("prometheus").isTrue();
    Path config = folder.resolve("prometheus.yml");
    Files.writeString(
        config,
        """
        global: {scrape_interval: 1s}
        scrape_configs:
          - job_name: sample
            static_configs: [{targets: ['127.0.0.1:%s']}]
        """
            .formatted(port));
    int own;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      own = free.getLocalPort();
    }
    Process prometheus =
        new ProcessBuilder(
                PROMETHEUS.toString(),
                "--config.file=" + config,
                "--storage.tsdb.path=" + folder.resolve("data"),
                "--web.listen-address=127.0.0.1:" + own)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile())
            .start();
    try {
      String answer = "";
      long end = System.nanoTime() + LONGEST.toNanos();
      while (!answer.contains(",\"1\"]") && System.nanoTime() < end) {
        Thread.sleep(200);
        try {
          answer = get("http://127.0.0.1:" + own + "/api/v1/query?query=tcptable_servers");
        } catch (ConnectException e) {
          // It starts.
        }
      }
      assertThat(answer)
          .as(Files.readString(folder.resolve("log")))
          .contains("\"network_local_port\":\"" + port + "\"", ",\"1\"]");
    } finally {
      prometheus.destroyForcibly().waitFor();
    }
  }

  private static void checkedByPromtool(String page) throws IOException, InterruptedException {
    assumeThat(Files.isExecutable(Path.of("/usr/bin/promtool"))).as("promtool").isTrue();
    Process promtool =
        new ProcessBuilder("/usr/bin/promtool", "check", "metrics")
            .redirectErrorStream(true)
            .start();
    promtool.getOutputStream().write(page.getBytes(StandardCharsets.UTF_8));
    promtool.getOutputStream().close();
    String said = new String(promtool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(promtool.waitFor()).as(said).isZero();
  }
}
