// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.tcptable.program.Answer;
import io.tcptable.program.Main;
import io.tcptable.program.terminal.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import servers.Children;
import servers.FreePorts;
import servers.Loopback;

class ExportCommandTest {

  private final HttpClient client = HttpClient.newHttpClient();

  /** The command, which runs until it is closed. */
  private static final class Exporter implements AutoCloseable {

    final int port = FreePorts.next();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final CompletableFuture<Integer> code = new CompletableFuture<>();
    private final Thread thread;

    Exporter(String... options) {
      String[] words = new String[options.length + 3];
      words[0] = "export";
      words[1] = "--listen";
      words[2] = Integer.toString(port);
      System.arraycopy(options, 0, words, 3, options.length);
      Terminal terminal = new Terminal(out, out, StandardCharsets.UTF_8, false, Map.of(), null);
      thread = new Thread(() -> code.complete(Main.run(terminal, words)), "exporter");
      thread.start();
      Children.await("it serves", () -> said().contains("sees ports") || code.isDone());
    }

    String said() {
      return out.toString(StandardCharsets.UTF_8);
    }

    int stop() {
      thread.interrupt();
      return code.orTimeout(20, TimeUnit.SECONDS).join();
    }

    @Override
    public void close() {
      assertThat(stop()).isZero();
    }
  }

  private HttpResponse<String> get(Exporter exporter, String path, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + exporter.port + path));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), BodyHandlers.ofString());
  }

  @Test
  void itServesThePortsThatAreNamedUntilItIsStopped() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 7, Loopback.V4)) {
      int port = server.getLocalPort();
      int free = FreePorts.next();
      Exporter exporter = new Exporter("--port", port + "," + free);

      HttpResponse<String> response = get(exporter, "/metrics");

      assertThat(response.statusCode()).isEqualTo(200);
      assertThat(response.headers().firstValue("Content-Type"))
          .hasValue("text/plain; version=0.0.4; charset=utf-8");
      assertThat(response.body())
          .contains("\ntcptable_listeners{network_local_port=\"" + port + "\"} 1\n")
          .contains("\ntcptable_listeners{network_local_port=\"" + free + "\"} 0\n")
          .contains("\ntcptable_accept_queue_limit{network_local_port=\"" + port + "\"} 7\n")
          .contains("\ntcptable_accept_queue_limit{network_local_port=\"" + free + "\"} NaN\n")
          .contains(
              "# TYPE tcptable_listen_overflows_total counter\ntcptable_listen_overflows_total ")
          .contains("process_pid=\"" + ProcessHandle.current().pid() + "\"")
          .doesNotContain("# EOF");
      checkedByPromtool(response.body());
      assertThat(exporter.stop()).isZero();
      assertThat(exporter.said())
          .startsWith(
              "Serving http://127.0.0.1:"
                  + exporter.port
                  + "/metrics for ports "
                  + Math.min(port, free)
                  + ", "
                  + Math.max(port, free)
                  + ".\nEach user of this machine sees ports, connection states, and names and PIDs"
                  + " of processes.\n");
      assertThat(Answer.to("list", "--listen", "" + exporter.port).code()).isEqualTo(1);
    }
  }

  @Test
  void prometheusGetsOpenMetricsAndWithoutPortsAllListeners() throws Exception {
    try (Exporter exporter = new Exporter()) {
      HttpResponse<String> response =
          get(
              exporter,
              "/metrics",
              "Accept",
              "application/openmetrics-text;version=1.0.0,text/plain;version=0.0.4;q=0.5");

      assertThat(exporter.said()).contains(" for every port that has a listener.\n");
      assertThat(response.headers().firstValue("Content-Type"))
          .hasValue("application/openmetrics-text; version=1.0.0; charset=utf-8");
      assertThat(response.body())
          .contains("\ntcptable_listeners{network_local_port=\"" + exporter.port + "\"} 1\n")
          .contains("# TYPE tcptable_listen_overflows counter\ntcptable_listen_overflows_total ")
          .contains("# UNIT tcptable_close_wait_silence_seconds seconds\n")
          .endsWith("\n# EOF\n");
    }
  }

  @Test
  void nothingElseIsServed() throws Exception {
    try (Exporter exporter = new Exporter("--port", "3001")) {
      assertThat(get(exporter, "/").statusCode()).isEqualTo(404);
      assertThat(get(exporter, "/metrics/more").statusCode()).isEqualTo(404);
      HttpRequest post =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + exporter.port + "/metrics"))
              .POST(BodyPublishers.ofString("x"))
              .build();
      assertThat(client.send(post, BodyHandlers.ofString()).statusCode()).isEqualTo(405);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1:9985, 200",
    "localhost, 200",
    "[::1]:9985, 200",
    "attacker.example:9985, 403",
    "127.0.0.1.attacker.example, 403"
  })
  void onLoopbackThePageIsOnlyForThoseWhoMeanThisMachine(String host, int status) throws Exception {
    try (Exporter exporter = new Exporter("--port", "3001");
        Socket socket = new Socket(Loopback.V4, exporter.port)) {
      socket
          .getOutputStream()
          .write(
              ("GET /metrics HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n")
                  .getBytes(StandardCharsets.UTF_8));

      assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
          .startsWith("HTTP/1.1 " + status + " ");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "--listen 0.0.0.0:9985 | other machines can reach 0.0.0.0:9985, and would see ports,"
            + " connection states, and names and PIDs of processes; add --allow-remote to permit it",
        "--listen [::]:9985 | add --allow-remote",
        "--listen 10.0.0.5:9985 | add --allow-remote",
        "--listen 127.0.0.1%lo:9985 | without a network interface",
        "--listen 127.0.0.1:0 | port",
        "--port 70000 | '70000' is not a port",
        "--port 3001,x | 'x' is not a port"
      })
  void whatIsRefusedServesNothing(String options, String why) {
    List<String> words = List.of(options.split(" ", -1));
    Answer answer = Answer.to("export", words.get(0), words.get(1));

    assertThat(answer.code()).isEqualTo(2);
    assertThat(answer.err()).contains(why);
  }

  @Test
  void whoHasTheAddressIsNamed() throws IOException {
    try (ServerSocket server = new ServerSocket(0, 1, Loopback.V4)) {
      Answer answer = Answer.to("export", "--listen", "127.0.0.1:" + server.getLocalPort());

      assertThat(answer.code()).isEqualTo(3);
      assertThat(answer.err())
          .startsWith("tcptable: cannot listen on 127.0.0.1:" + server.getLocalPort() + ": ")
          .contains("; the port is held by ")
          .contains("(" + ProcessHandle.current().pid() + ")");
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
