// SPDX-License-Identifier: Apache-2.0
package io.tcptable.micrometer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The sample application is built and run, and what it publishes is what Prometheus takes. */
class MetricsSampleTest {

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
      HttpRequest request = HttpRequest.newBuilder(URI.create(url)).build();

      String page = HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();

      assertThat(page)
          .contains("tcptable_listeners{network_local_port=\"" + port + "\"} 1.0\n")
          .contains("tcptable_servers{network_local_port=\"" + port + "\"} 1.0\n")
          .contains("process_pid=\"" + sample.pid() + "\"")
          .contains("# TYPE tcptable_listen_overflows_total counter\n")
          .contains("# TYPE tcptable_close_wait_silence_seconds gauge\n");
      checkedByPromtool(page);
    } finally {
      sample.destroyForcibly().waitFor();
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
