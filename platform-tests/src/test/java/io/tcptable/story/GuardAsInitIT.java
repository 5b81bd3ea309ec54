// SPDX-License-Identifier: Apache-2.0
package io.tcptable.story;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.agreement.NeedsRoot;
import io.tcptable.program.ProgramJar;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import servers.Children;
import servers.FreePorts;

/** The guard as PID 1, as in a container, of a server that leaves 500 orphans behind. */
@NeedsRoot
@Tag("once")
class GuardAsInitIT {

  private static final long LONGEST_SECONDS = 60;
  private static final String ORPHANS = "500";

  @RegisterExtension final Children children = new Children();

  @TempDir private Path directory;

  private final List<String> lines = new ArrayList<>();
  private int port;

  @BeforeEach
  void choosePort() throws IOException {
    port = FreePorts.next();
  }

  private Process guard(String... javaOptions) throws IOException {
    List<String> command =
        new ArrayList<>(List.of("unshare", "--pid", "--fork", "--kill-child", "--mount-proc"));
    // In a PID namespace it warns that another JVM has its PID too.
    List<String> options = new ArrayList<>(List.of("-XX:-UsePerfData"));
    options.addAll(List.of(javaOptions));
    command.addAll(
        ProgramJar.command(
            options,
            "guard",
            Integer.toString(port),
            "--interval=200ms",
            "--grace=500ms",
            "--json",
            "--evidence=" + directory.resolve("evidence"),
            "--log=" + directory.resolve("server.log"),
            "--",
            Backend.python(),
            Backend.script("orphans.py").toString(),
            Integer.toString(port),
            ORPHANS));
    return children.launch(command.toArray(String[]::new));
  }

  private String line(BufferedReader output, String part) throws IOException {
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      lines.add(line);
      if (line.contains(part)) {
        return line;
      }
    }
    throw new AssertionError("no " + part + " in " + lines);
  }

  private String event(BufferedReader output, String name) throws IOException {
    return line(output, "\"event\":\"" + name + "\"");
  }

  private String get(String path) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket
          .getOutputStream()
          .write(("GET " + path + " HTTP/1.1\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    }
  }

  private static long init(Process unshare) {
    return unshare.children().findFirst().orElseThrow().pid();
  }

  /** The children of a process that have ended and that it has not waited for. */
  private static List<String> zombies(long parent) {
    List<String> found = new ArrayList<>();
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
      for (Path process : processes) {
        String stat = stat(process);
        if (stat.startsWith(") Z " + parent + " ", stat.lastIndexOf(')'))) {
          found.add(stat);
        }
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return found;
  }

  private static String stat(Path process) throws IOException {
    try {
      return Files.readString(process.resolve("stat"));
    } catch (NoSuchFileException e) {
      return "";
    } catch (IOException e) {
      if (Files.notExists(process)) {
        return "";
      }
      throw e;
    }
  }

  private void assertReaped(long init) throws IOException {
    assertThat(get("/health")).endsWith("\r\n\r\n" + ORPHANS + " of PID 1");
    Children.await("no zombies of " + init, () -> zombies(init).isEmpty());
  }

  private static int end(Process guard) throws InterruptedException {
    assertThat(guard.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)).isTrue();
    return guard.exitValue();
  }

  @Test
  void itReapsAndStillGetsTheExitCodesOfItsServer() throws Exception {
    Process guard = guard();
    BufferedReader output = guard.inputReader();
    event(output, "started");
    long init = init(guard);
    assertReaped(init);

    get("/exit/3");
    assertThat(event(output, "ended")).contains("\"exitCode\":3");
    event(output, "started");
    assertReaped(init);

    assertThat(ProcessHandle.of(init).orElseThrow().destroy()).isTrue();
    assertThat(event(output, "stopped")).contains("the server was stopped");
    assertThat(end(guard)).isEqualTo(143);
  }

  @Test
  void itEndsWithAServerThatEndsWell() throws Exception {
    Process guard = guard();
    BufferedReader output = guard.inputReader();
    event(output, "started");
    assertReaped(init(guard));

    get("/exit/0");

    assertThat(event(output, "ended")).contains("\"exitCode\":0");
    assertThat(end(guard)).isZero();
  }

  @Test
  void withoutSystemCallsItSaysThatItCannot() throws Exception {
    Process guard = guard("-Dtcptable.binding=java");
    BufferedReader output = guard.inputReader();

    assertThat(line(output, "zombies"))
        .isEqualTo(
            "tcptable: orphans stay zombies: the binding java makes no system calls; run the"
                + " container with an init, such as docker run --init");
    event(output, "started");
    assertThat(zombies(init(guard))).hasSize(Integer.parseInt(ORPHANS));
  }
}
