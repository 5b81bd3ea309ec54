// SPDX-License-Identifier: Apache-2.0
package io.tcptable.story;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.OsProcess;
import io.tcptable.TcpTable;
import io.tcptable.program.ProgramJar;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import servers.Children;
import servers.FreePorts;

/** The guard of a real server that is stopped by a signal, and so hangs. */
@Tag("once")
class GuardIT {

  private static final long LONGEST_SECONDS = 60;
  private static final Pattern PID = Pattern.compile("\"pid\":([0-9]+)");
  private static final Pattern EVIDENCE = Pattern.compile("\"evidence\":\"([^\"]+)\"");

  @RegisterExtension final Children children = new Children();

  @TempDir private Path directory;

  private final List<String> lines = new ArrayList<>();
  private int port;

  @BeforeEach
  void choosePort() throws IOException {
    port = FreePorts.next();
  }

  private Process guard() throws IOException {
    List<String> command =
        ProgramJar.command(
            "guard",
            Integer.toString(port),
            "--interval=200ms",
            "--bad-for=400ms",
            "--deadline=1s",
            "--grace=500ms",
            "--json",
            "--evidence=" + directory.resolve("evidence"),
            "--log=" + directory.resolve("server.log"),
            "--");
    command.addAll(List.of(Backend.python(), "-m", "http.server", "--bind", "127.0.0.1"));
    command.add(Integer.toString(port));
    return children.launch(command.toArray(String[]::new));
  }

  /** Reads what the guard prints until this event. */
  private String event(BufferedReader output, String name) throws IOException {
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      lines.add(line);
      Matcher pid = PID.matcher(line);
      if (pid.find()) {
        children.adopt(Long.parseLong(pid.group(1)));
      }
      if (line.contains("\"event\":\"" + name + "\"")) {
        return line;
      }
    }
    throw new AssertionError("no " + name + " in " + lines);
  }

  private static long pid(String line) {
    return Long.parseLong(found(PID, line));
  }

  private static String found(Pattern pattern, String line) {
    Matcher matcher = pattern.matcher(line);
    assertThat(matcher.find()).as(line).isTrue();
    return matcher.group(1);
  }

  private static void signal(String name, long pid) throws IOException, InterruptedException {
    Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(pid)).inheritIO().start();
    assertThat(kill.waitFor()).isZero();
  }

  private static int end(Process guard) throws InterruptedException {
    assertThat(guard.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)).isTrue();
    return guard.exitValue();
  }

  private List<OsProcess> listening() {
    return TcpTable.snapshot(port).owners();
  }

  @Test
  void aServerThatHangsIsRestartedAfterTheEvidenceIsSaved() throws Exception {
    Process guard = guard();
    BufferedReader output = guard.inputReader();
    long first = pid(event(output, "started"));

    signal("STOP", first);
    assertThat(event(output, "bad")).contains("\"verdict\":\"HANGING\"");
    Path folder = Path.of(found(EVIDENCE, event(output, "evidence_saved")));
    long second = pid(event(output, "started"));

    assertThat(second).isNotEqualTo(first);
    assertThat(listening()).extracting(OsProcess::pid).containsExactly(second);
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.map(it -> it.getFileName().toString()))
          .containsExactlyInAnyOrder(
              "diagnosis.json",
              "diagnosis.md",
              "events.jsonl",
              "report.html",
              "server.log",
              "sockets.json",
              "watch.jsonl");
    }
    assertThat(folder.resolve("diagnosis.json"))
        .content()
        .contains("\"verdict\":\"HANGING\"", "PROCESS_STOPPED", "\"pid\":" + first);
    assertThat(folder.resolve("watch.jsonl"))
        .content()
        .contains("\"event\":\"listener_opened\"", "\"pid\":" + first);
    assertThat(folder.resolve("diagnosis.md")).content().contains("HANGING");
    assertThat(folder.resolve("report.html")).content().contains("HANGING", "</html>");
    assertThat(folder.resolve("events.jsonl")).content().contains("\"event\":\"bad\"");

    // The next one crashes: no look is waited for.
    signal("KILL", second);
    assertThat(event(output, "ended")).contains("\"exitCode\":137");
    long third = pid(event(output, "started"));

    signal("TERM", guard.pid());
    assertThat(event(output, "stopped")).contains("the server was stopped");
    assertThat(end(guard)).isEqualTo(143);
    assertThat(listening()).isEmpty();
    assertThat(OsProcess.of(third)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"INT, 130", "HUP, 129"})
  void everySignalStopsTheServer(String signal, int code) throws Exception {
    Process guard = guard();
    BufferedReader output = guard.inputReader();
    event(output, "started");

    signal(signal, guard.pid());

    event(output, "stopped");
    assertThat(end(guard)).isEqualTo(code);
    assertThat(listening()).isEmpty();
  }
}
