// SPDX-License-Identifier: Apache-2.0
package io.tcptable.story;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.TcpTable;
import io.tcptable.agreement.NeedsRoot;
import io.tcptable.internal.json.JsonText;
import io.tcptable.program.ProgramJar;
import io.tcptable.program.Run;
import io.tcptable.program.RunningProgram;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import servers.Children;
import servers.FreePorts;

/** However a recording ends, what was recorded until then is there, and is a report. */
@Tag("once")
class CutOffRecordingIT {

  private static final String CUT_OFF = "cut off: the program was killed, or could not write on.";

  @RegisterExtension final Children children = new Children();

  @TempDir private Path directory;

  private int port;
  private Process server;

  @BeforeEach
  void aServerListens() throws IOException {
    port = FreePorts.next();
    server =
        children.launch(
            Backend.python(), "-m", "http.server", "--bind", "127.0.0.1", Integer.toString(port));
    Children.await("it listens", () -> !TcpTable.snapshot(port).listeners().isEmpty());
  }

  private Path recording() {
    return directory.resolve("cut.jsonl");
  }

  private List<String> record(String... options) {
    List<String> command =
        ProgramJar.command(
            "record", Integer.toString(port), "--for=60m", "--interval=100ms", "--no-probe");
    command.addAll(List.of(options));
    return command;
  }

  private static String text(Path file) {
    try {
      return Files.exists(file) ? Files.readString(file) : "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void awaitSamples(int number) {
    Children.await(
        "it has taken samples",
        () -> text(recording()).split("tcptable.sample/1", -1).length > number);
  }

  /** The page of the recording, of which each line but the last one has to be whole. */
  private String page() throws IOException {
    List<String> lines = Files.readAllLines(recording());
    assertThat(lines.subList(0, lines.size() - 1))
        .allSatisfy(line -> assertThat(JsonText.parse(line)).isInstanceOf(Map.class));
    Path page = directory.resolve("page.html");
    Run report = Run.of(ProgramJar.command("report", "--from=" + recording(), "--html=" + page));
    assertThat(report.code()).as(report.err()).isZero();
    return text(page);
  }

  @ParameterizedTest
  @CsvSource({"INT,130,interrupted at", "TERM,143,interrupted at", "HUP,129,interrupted at"})
  void aSignalEndsItInOrder(String signal, int code, String told) throws IOException {
    try (RunningProgram recorder = RunningProgram.start(record("--to=" + recording()))) {
      awaitSamples(2);

      recorder.signal(signal);

      Run run = recorder.end();
      assertThat(run.code()).isEqualTo(code);
      assertThat(run.out()).contains(", then interrupted");
    }
    assertThat(text(recording())).endsWith("\"reason\":\"interrupted\"}\n");
    assertThat(page()).contains(told, "The verdict is the one from before it.");
  }

  @Test
  void whatWasSeenIsThereThoughItIsKilled() throws IOException {
    List<String> command = record("--to=" + recording());
    // No sample would pass the events on.
    command.set(command.indexOf("--interval=100ms"), "--interval=1m");
    try (RunningProgram recorder = RunningProgram.start(command)) {
      awaitSamples(1);
      new Socket(InetAddress.getLoopbackAddress(), port).close();
      Children.await("an event is in the file", () -> text(recording()).contains("\"closed\""));

      recorder.signal("KILL");

      assertThat(recorder.end().code()).isEqualTo(137);
    }
    assertThat(page()).contains(CUT_OFF);
  }

  @Test
  void aServerThatEndsIsRecordedOn() throws IOException {
    try (RunningProgram recorder = RunningProgram.start(record("--to=" + recording()))) {
      awaitSamples(2);
      server.destroyForcibly();
      Children.await("its end is told", () -> text(recording()).contains("listener_closed"));
      awaitSamples(text(recording()).split("tcptable.sample/1", -1).length + 2);
      recorder.signal("INT");
      assertThat(recorder.end().code()).isEqualTo(130);
    }
    assertThat(page()).contains("a listener closed");
  }

  private static List<String> shell(String script, String... more) {
    List<String> command = new ArrayList<>(List.of("timeout", "60", "sh", "-c", script, "sh"));
    command.addAll(List.of(more));
    return command;
  }

  private static String quoted(List<String> command) {
    return command.stream().map(word -> "'" + word + "'").collect(Collectors.joining(" "));
  }

  @Test
  void aReaderThatLeavesEndsIt() throws IOException {
    Run run = Run.of(shell(quoted(record()) + " | head -n 4 > \"$1\"", recording().toString()));

    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.complaints()).isEmpty();
    assertThat(Files.readAllLines(recording())).hasSize(4);
    assertThat(page()).contains(CUT_OFF);
  }

  /** On a disk of its own, in a mount namespace of its own. */
  @NeedsRoot
  @ParameterizedTest
  @CsvSource({"true", "false"})
  void aFullDiskEndsIt(boolean isByOption) throws IOException {
    Path disk = Files.createDirectory(directory.resolve("disk"));
    String to = isByOption ? " '--to=" + disk.resolve("a") + "'" : " > '" + disk.resolve("a") + "'";
    Run run =
        Run.of(
            List.of(
                "timeout",
                "120",
                "unshare",
                "-m",
                "sh",
                "-c",
                "mount -t tmpfs -o size=16k tcptable '"
                    + disk
                    + "'; "
                    + quoted(record())
                    + to
                    + "; code=$?; cp '"
                    + disk.resolve("a")
                    + "' '"
                    + recording()
                    + "'; exit $code"));

    assertThat(run.code()).as(run.err()).isEqualTo(6);
    assertThat(run.err()).contains("No space left on device");
    assertThat(Files.size(recording())).isEqualTo(16 * 1024);
    assertThat(page()).contains(CUT_OFF);
  }
}
