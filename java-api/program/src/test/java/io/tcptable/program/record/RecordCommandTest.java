// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.program.Answer;
import io.tcptable.program.Json;
import io.tcptable.program.command.ExitCode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecordCommandTest {

  @TempDir private Path directory;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "record|no port given; try: tcptable record 3001",
        "record 3001 --for 0|'0' is not a duration above 0: use for example 500ms, 5s or 2m",
        "record 3001 --interval 99ms|99ms is shorter than 100ms",
        "record 3001 --no-probe --health tcp://localhost:1"
            + "|--no-probe leaves the health check out; give no option of the health check",
      })
  void whatMakesNoSenseIsOneLine(String line, String message) {
    Answer answer = Answer.to(line.split(" ", -1));

    assertThat(answer.code()).isEqualTo(ExitCode.USAGE);
    assertThat(answer.err())
        .isEqualTo(
            "tcptable: " + message + " (see tcptable record --help)" + System.lineSeparator());
    assertThat(answer.out()).isEmpty();
  }

  @Test
  void aFileThatExistsIsKept() throws IOException {
    Path file = Files.writeString(directory.resolve("old"), "precious");

    Answer answer = Answer.to("record", "3001", "--to", file.toString());

    assertThat(answer.code()).isEqualTo(ExitCode.REFUSED);
    assertThat(answer.err())
        .isEqualTo("tcptable: %s exists; name another file, or remove it%n".formatted(file));
    assertThat(file).hasContent("precious");
  }

  @Test
  void aFileThatCannotBeMadeIsToldBeforeTheRecordingBegins() {
    Path file = directory.resolve("missing/a.jsonl");

    Answer answer = Answer.to("record", "3001", "--for=60m", "--to=" + file);

    assertThat(answer.code()).isEqualTo(ExitCode.FAILED);
    assertThat(answer.err())
        .isEqualTo("tcptable: cannot write %s: no such file or directory%n".formatted(file));
  }

  @Test
  void aPortIsRecorded() throws Exception {
    Path file = directory.resolve("a.jsonl");
    try (ServerSocket listener = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        Socket waiting = new Socket(listener.getInetAddress(), listener.getLocalPort())) {
      Answer answer =
          Answer.to(
                  "record",
                  Integer.toString(listener.getLocalPort()),
                  "--for=250ms",
                  "--interval=100ms",
                  "--no-probe",
                  "--to=" + file)
              .found();
      assertThat(waiting.isConnected()).isTrue();
      assertThat(answer.err()).isEmpty();
      assertThat(answer.out()).matches("recorded \\d samples, 0 events in .*a\\.jsonl\\R");
    }

    List<Map<String, Object>> lines = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      lines.add(Json.object(line));
    }
    assertThat(lines)
        .extracting(line -> line.get("schema"))
        .startsWith("tcptable.recording/1", "tcptable.diagnosis/2", "tcptable.sample/1")
        .endsWith("tcptable.sample/1", "tcptable.diagnosis/2", "tcptable.end/1");
    assertThat(lines.get(0))
        .containsKeys("port", "startedAt", "zone", "program", "java", "system", "processors")
        .containsEntry("intervalMillis", 83L)
        .doesNotContainKey("address");
    assertThat(lines.get(2).toString())
        .contains("states={", "LISTEN=1", "ESTABLISHED=1", "waiting=1, limit=5", "opened=0");
    if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
    }
  }

  /** Another server on another address of the port is not in it, nor are its connections. */
  @Test
  void oneAddressOfAPortIsRecorded() throws Exception {
    Path file = directory.resolve("c.jsonl");
    try (ServerSocket listener = new ServerSocket(0, 5, InetAddress.getByName("127.0.0.2"));
        ServerSocket other =
            new ServerSocket(listener.getLocalPort(), 7, InetAddress.getByName("127.0.0.3"));
        Socket toOther = new Socket(other.getInetAddress(), other.getLocalPort())) {
      String address = "127.0.0.2:" + listener.getLocalPort();
      Answer.to("record", address, "--for=100ms", "--no-probe", "--to=" + file).found();
      assertThat(toOther.isConnected()).isTrue();
      List<String> lines = Files.readAllLines(file);

      assertThat(Json.object(lines.get(0))).containsEntry("address", address);
      assertThat(Json.object(lines.get(1))).containsEntry("address", address);
      assertThat(Json.object(lines.get(2)).toString())
          .contains("states={LISTEN=1}", "limit=5")
          .doesNotContain("ESTABLISHED", "limit=7");

      Path page = directory.resolve("c.html");
      Answer.to("report", "--from=" + file, "--html=" + page).found();
      assertThat(Files.readString(page)).contains("<h1>" + address).doesNotContain("127.0.0.3");
    }
  }

  @Test
  void anInterruptionLeavesWholeLines() throws IOException {
    Path file = directory.resolve("b.jsonl");
    Thread.currentThread().interrupt();

    Answer answer = Answer.to("record", "3001", "--for=60m", "--to=" + file);

    assertThat(Thread.interrupted()).isTrue();
    assertThat(answer.out()).endsWith("b.jsonl, then interrupted" + System.lineSeparator());
    assertThat(Files.readString(file)).startsWith("{").endsWith("}\n");
  }
}
