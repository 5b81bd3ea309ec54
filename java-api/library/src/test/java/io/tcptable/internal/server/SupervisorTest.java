// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.Advice;
import io.tcptable.restart.Outcome;
import io.tcptable.restart.PortRestart;
import io.tcptable.restart.Refusal;
import io.tcptable.restart.RestartReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import servers.Children;
import servers.FreePorts;

/** Supervisors are known by their names, so these are scripts under such names. */
class SupervisorTest {

  @RegisterExtension final Children children = new Children();

  @TempDir private Path directory;

  private int port;

  @BeforeEach
  void choosePort() throws IOException {
    port = FreePorts.next();
  }

  @AfterEach
  void removeNames() throws IOException {
    try (Stream<Path> links = Files.list(directory)) {
      for (Path link : links.toList()) {
        Files.delete(link);
      }
    }
  }

  /** Python under another name. */
  private String pythonAs(String name) throws IOException {
    Path link = directory.resolve(name);
    Files.createSymbolicLink(link, Path.of(Children.python()).toRealPath());
    return link.toString();
  }

  private Process supervised(String supervisor, String... last) throws IOException {
    List<String> words = new ArrayList<>(List.of(pythonAs(supervisor), "-c"));
    words.add("import subprocess, sys; subprocess.call(" + python(Children.server(port)) + ")");
    words.addAll(List.of(last));
    return children.start(words.toArray(String[]::new));
  }

  private static String python(String... words) {
    return "['" + String.join("', '", words) + "']";
  }

  @ParameterizedTest
  @CsvSource({
    "supervisord, Run 'supervisorctl restart NAME'; 'supervisorctl status' shows the name.",
    "runsv, sv restart web",
    "s6-supervise, s6-svc -r web",
    "containerd-shim, Restart the container: docker restart NAME."
  })
  void aSupervisorIsLeftToDoIt(String supervisor, String command) throws IOException {
    Process process = supervised(supervisor, "web");

    RestartReport report =
        PortRestart.restart(port, Children.server(port)).log(directory.resolve("log")).run();

    assertThat(report.outcome()).as("%s", report).isEqualTo(Outcome.REFUSED);
    assertThat(report.refusal().orElseThrow().kind()).isEqualTo(Refusal.Kind.SUPERVISED);
    assertThat(report.refusal().orElseThrow().advice())
        .extracting(Advice::text)
        .containsExactly(command);
    assertThat(process.descendants()).allMatch(ProcessHandle::isAlive).hasSize(1);
  }

  @Test
  void aProxyOfAContainerIsNotStopped() throws IOException {
    String[] words = Children.server(port);
    words[0] = pythonAs("docker-proxy");
    Process proxy = children.start(words);

    RestartReport report = PortRestart.free(port).run();

    assertThat(report.outcome()).as("%s", report).isEqualTo(Outcome.REFUSED);
    assertThat(report.refusal().orElseThrow().advice())
        .containsExactly(
            new Advice.Command("docker restart $(docker ps -q --filter publish=" + port + ")"));
    assertThat(proxy.isAlive()).isTrue();
  }

  @Test
  void oneThatOnlyStartedItFromAShellDoesNotCount() throws IOException {
    List<String> words = new ArrayList<>(List.of(pythonAs("sshd"), "-c"));
    words.add("import subprocess; subprocess.call(" + python(Children.server(port)) + ")");
    children.start(words.toArray(String[]::new));

    RestartReport report = PortRestart.free(port).settle(Duration.ZERO).run();

    assertThat(report.outcome()).as("%s", report).isEqualTo(Outcome.DONE);
  }
}
