// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.Advice;
import io.tcptable.restart.Outcome;
import io.tcptable.restart.PortRestart;
import io.tcptable.restart.Refusal;
import io.tcptable.restart.RestartPlan;
import io.tcptable.restart.RestartReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import servers.Children;
import servers.FreePorts;

/** Supervisors are known by their program files, so these are files of such names. */
class SupervisorTest {

  @RegisterExtension final Children children = new Children();

  @TempDir private Path directory;

  private final int port = FreePorts.next();

  /** Python as a program of another name. */
  private String pythonAs(String name) throws IOException {
    Path file = directory.resolve(name);
    Files.copy(Path.of(Children.python()).toRealPath(), file, StandardCopyOption.COPY_ATTRIBUTES);
    return file.toString();
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
    "containerd-shim, Restart the container."
  })
  void aSupervisorIsLeftToDoIt(String supervisor, String command) throws IOException {
    Process process = supervised(supervisor, "web");

    RestartReport report =
        PortRestart.restart(port, Children.server(port)).log(directory.resolve("log")).run();

    assertThat(report.outcome()).as("%s", report).isEqualTo(Outcome.REFUSED);
    assertThat(report.refusal().orElseThrow().kind()).isEqualTo(Refusal.Kind.SUPERVISED);
    assertThat(report.refusal().orElseThrow().advice())
        .extracting(Advice::text)
        .containsExactly(command, new Advice.IgnoreSupervisor().text());
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
            new Advice.Command("docker restart $(docker ps -q --filter publish=" + port + ")"),
            new Advice.IgnoreSupervisor());
    assertThat(proxy.isAlive()).isTrue();
  }

  @Test
  void aSupervisorIsIgnoredIfAsked() throws IOException {
    supervised("runsv", "web");

    PortRestart free = PortRestart.free(port).settle(Duration.ZERO).ignoreSupervisor();
    RestartReport report = free.run();

    assertThat(report.outcome()).as("%s", report).isEqualTo(Outcome.DONE);
    assertThat(report.stopped()).hasSize(1);
  }

  @Test
  void thePlanSaysThatItIsIgnored() throws Exception {
    supervised("runsv", "web");

    RestartPlan plan = PortRestart.free(port).ignoreSupervisor().plan();

    assertThat(plan.refusal()).isEmpty();
    assertThat(plan.notes())
        .filteredOn(note -> note.endsWith("is managed by runsv, which is ignored as asked"))
        .hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"runsv", "supervisord", "docker-proxy", "sshd", "inetd", "PM2 v5"})
  void oneThatOnlyCallsItselfSoDoesNotCount(String name) throws IOException {
    List<String> words = new ArrayList<>(List.of(Children.python(), "-c"));
    words.add(
        "import ctypes, subprocess, sys; ctypes.CDLL(None).prctl(15, b'"
            + name
            + "'); subprocess.call("
            + python(Children.server(port))
            + ")");
    words.add("web");
    children.start(words.toArray(String[]::new));

    RestartReport report = PortRestart.free(port).settle(Duration.ZERO).run();

    assertThat(report.outcome()).as("%s", report).isEqualTo(Outcome.DONE);
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
