// SPDX-License-Identifier: Apache-2.0
package io.tcptable.story;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.TcpTable;
import io.tcptable.internal.json.JsonText;
import io.tcptable.program.ProgramJar;
import io.tcptable.program.Run;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import servers.Children;
import servers.FreePorts;

/** A server that hangs is recorded until Ctrl-C, and reported. */
@Tag("once")
class RecordingIT {

  private static final long LONGEST_SECONDS = 60;

  /** More than http.server lets wait. */
  private static final int CLIENTS = 6;

  @RegisterExtension final Children children = new Children();

  @TempDir private Path directory;

  private static void signal(String name, Process process) {
    assertThat(Run.of(List.of("kill", "-" + name, Long.toString(process.pid()))).code()).isZero();
  }

  private static String text(Path file) {
    try {
      return Files.exists(file) ? Files.readString(file) : "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void whatWasRecordedUntilCtrlCIsAReport() throws Exception {
    int port = FreePorts.next();
    Path recording = directory.resolve("hang.jsonl");
    Path page = directory.resolve("hang.html");
    Process server =
        children.launch(
            Backend.python(), "-m", "http.server", "--bind", "127.0.0.1", Integer.toString(port));
    Children.await("it listens", () -> !TcpTable.snapshot(port).listeners().isEmpty());
    signal("STOP", server);
    List<Socket> clients = new ArrayList<>();
    try {
      for (int i = 0; i < CLIENTS; i++) {
        Socket client = new Socket(InetAddress.getLoopbackAddress(), port);
        clients.add(client);
        client
            .getOutputStream()
            .write("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      }
      Process recorder =
          children.launch(
              ProgramJar.command(
                      "record",
                      Integer.toString(port),
                      "--for=60m",
                      "--interval=100ms",
                      "--deadline=200ms",
                      "--to=" + recording)
                  .toArray(String[]::new));
      Children.await(
          "it has taken samples", () -> text(recording).split("tcptable.sample/1", -1).length > 4);

      signal("INT", recorder);

      assertThat(recorder.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)).isTrue();
      assertThat(recorder.exitValue()).isEqualTo(130);
    } finally {
      for (Socket client : clients) {
        client.close();
      }
    }
    assertThat(text(recording)).endsWith("}\n");
    assertThat(text(recording).lines())
        .allSatisfy(line -> assertThat(JsonText.parse(line)).isInstanceOf(Map.class));

    Run report = Run.of(ProgramJar.command("report", "--from=" + recording, "--html=" + page));

    assertThat(report.code()).as(report.err()).isZero();
    assertThat(text(page))
        .contains(
            "Port " + port + ": HANGING",
            "PROCESS_STOPPED",
            "at most " + CLIENTS + ", limit 5",
            "python",
            "<dd>interrupted at ")
        .endsWith("</html>\n");
  }
}
