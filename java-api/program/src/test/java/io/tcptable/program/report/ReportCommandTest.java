// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.program.Answer;
import io.tcptable.program.command.ExitCode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReportCommandTest {

  @TempDir private Path directory;

  private Answer report(Path from) {
    return Answer.to("report", "--from=" + from, "--html=" + page());
  }

  private Path page() {
    return directory.resolve("page.html");
  }

  private Path file(String text) throws IOException {
    return Files.writeString(directory.resolve("a.jsonl"), text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "report|no file given for the page; try: tcptable report 3001 --html report.html",
        "report 3001|no file given for the page; try: tcptable report 3001 --html report.html",
        "report --html x.html|no port given; try: tcptable report 3001 --html report.html",
        "report 3001 --html x.html --for 0"
            + "|'0' is not a duration above 0: use for example 500ms, 5s or 2m",
        "report 3001 --html x.html --from a.jsonl"
            + "|--from needs no PORT and no option of a recording; choose one",
        "report --html x.html --from a.jsonl --no-probe"
            + "|--from needs no PORT and no option of a recording; choose one",
      })
  void whatMakesNoSenseIsOneLine(String line, String message) {
    Answer answer = Answer.to(line.split(" ", -1));

    assertThat(answer.code()).isEqualTo(ExitCode.USAGE);
    assertThat(answer.err())
        .isEqualTo(
            "tcptable: " + message + " (see tcptable report --help)" + System.lineSeparator());
    assertThat(Path.of("x.html")).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "|a.jsonl is empty; name a recording of tcptable record",
        "hello\\n|a.jsonl, line 1 is not a line of a recording: unexpected 'h' at character 0",
        "hello|a.jsonl, line 1 is not a line of a recording: unexpected 'h' at character 0",
        "{}\\n|a.jsonl, line 1 is not a line of a recording: it has no schema",
        "[]\\n|a.jsonl, line 1 is not a line of a recording: no JSON object",
        "{\"schema\":\"tcptable.recording/2\",\"port\":1}\\n"
            + "|a.jsonl, line 1 is not a line of a recording:"
            + " its schema is tcptable.recording/2, and this program reads tcptable.recording/1",
        "{\"schema\":\"tcptable.sample/1\"}\\n"
            + "|a.jsonl, line 1 is not a line of a recording: a sample has no time",
        "{\"schema\":\"other/1\"}\\n|a.jsonl names no port; name a recording of tcptable record",
      })
  void whatIsNoRecordingIsOneLine(String text, String message) throws IOException {
    Path from = file(text == null ? "" : text.replace("\\n", "\n"));

    Answer answer = report(from);

    assertThat(answer.code()).isEqualTo(ExitCode.FAILED);
    assertThat(answer.err())
        .isEqualTo("tcptable: " + directory + "/" + message + System.lineSeparator());
    assertThat(answer.out()).isEmpty();
    assertThat(page()).doesNotExist();
  }

  @Test
  void aDamagedLineIsNamed() throws IOException {
    Path from = file(MadeUpRecording.HEADER + "\n{\"schema\":\n" + MadeUpRecording.sample(1, 1, 1));

    assertThat(report(from).err())
        .isEqualTo(
            "tcptable: %s, line 2 is not a line of a recording: unexpected end at character 10%n"
                .formatted(from));
  }

  @Test
  void aLastLineThatIsCutOffIsLeftOut() throws IOException {
    Path from =
        file(
            MadeUpRecording.HEADER
                + "\n"
                + MadeUpRecording.sample(1, 1, 1)
                + "\n"
                + MadeUpRecording.sample(2, 1, 1).substring(0, 50));

    assertThat(report(from).found().out()).isEqualTo("the report is in %s%n".formatted(page()));
    assertThat(page()).content(UTF_8).contains("cut off: the program was killed");
  }

  @Test
  void aRecordingMayBeCompressed() throws IOException {
    Path from = directory.resolve("a.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(from))) {
      out.write(
          String.join(
                  "\n",
                  MadeUpRecording.HEADER,
                  MadeUpRecording.sample(1, 1, 1),
                  MadeUpRecording.end(2, "complete", ""))
              .getBytes(UTF_8));
    }

    report(from).found();

    assertThat(page()).content(UTF_8).contains("<h1>Port 3001</h1>").doesNotContain("cut off");
  }

  /** As where a pipe to gzip broke: the sizes at its end, or half of its data are missing. */
  @ParameterizedTest
  @ValueSource(doubles = {0.5, 0.9, 0.999})
  void aCompressedOneMayBeCutOffAnywhere(double share) throws IOException {
    List<String> lines = new ArrayList<>(List.of(MadeUpRecording.HEADER));
    for (int i = 0; i < 1000; i++) {
      lines.add(MadeUpRecording.sample(i, i, i % 7));
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(bytes)) {
      out.write(String.join("\n", lines).getBytes(UTF_8));
    }
    Path from = directory.resolve("a.gz");
    Files.write(from, Arrays.copyOf(bytes.toByteArray(), (int) (bytes.size() * share)));

    report(from).found();

    assertThat(page()).content(UTF_8).contains("cut off: the program was killed");
    Matcher most =
        Pattern.compile("Connections by state: at most (\\d+)").matcher(Files.readString(page()));
    assertThat(most.find()).isTrue();
    assertThat(Integer.parseInt(most.group(1))).isGreaterThan((int) (980 * share) - 100);
  }

  @Test
  void aFolderOfEvidenceIsAReportWithItsSteps() throws IOException {
    Files.writeString(
        directory.resolve("diagnosis.json"), MadeUpRecording.diagnosis(0, "DOWN", "srv"));
    Files.writeString(
        directory.resolve("events.jsonl"),
        "{\"schema\":\"tcptable.guard/1\",\"event\":\"restarting\",\"message\":\"restart now\"}\n");

    report(directory).found();

    assertThat(page()).content(UTF_8).contains("DOWN", "restart now").doesNotContain("interrupted");
  }

  @Test
  void aFolderOfOtherThingsIsNone() {
    assertThat(report(directory).err())
        .isEqualTo(
            "tcptable: %s has no diagnosis.json and no events.jsonl and no watch.jsonl; name a recording%n"
                .formatted(directory));
    assertThat(report(directory.resolve("missing")).err())
        .isEqualTo(
            "tcptable: cannot read %s: no such file or directory%n"
                .formatted(directory.resolve("missing")));
  }

  @Test
  void aPageThatExistsIsKept() throws IOException {
    Files.writeString(page(), "precious");

    Answer answer = Answer.to("report", "3001", "--for=60m", "--html=" + page());

    assertThat(answer.code()).isEqualTo(ExitCode.REFUSED);
    assertThat(answer.err())
        .isEqualTo("tcptable: %s exists; name another file, or remove it%n".formatted(page()));
    assertThat(page()).hasContent("precious");
  }

  @Test
  void aPortIsReported() throws IOException {
    try (ServerSocket listener = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      Answer.to(
              "report",
              Integer.toString(listener.getLocalPort()),
              "--for=100ms",
              "--interval=100ms",
              "--no-probe",
              "--html=" + page())
          .found();
      assertThat(page())
          .content(UTF_8)
          .contains(
              "Port " + listener.getLocalPort(),
              "Accept queue of 127.0.0.1:" + listener.getLocalPort(),
              "at most 0, limit 5",
              "(" + ProcessHandle.current().pid() + ")");
    }
  }
}
