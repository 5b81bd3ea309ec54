// SPDX-License-Identifier: Apache-2.0
package io.tcptable.windows;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.OsProcess;
import io.tcptable.health.HealthProbe;
import io.tcptable.internal.Platforms;
import io.tcptable.internal.binding.BindingSelection;
import io.tcptable.internal.windows.WindowsAccess;
import io.tcptable.process.ProcessLaunch;
import io.tcptable.restart.Outcome;
import io.tcptable.restart.PlannedLaunch;
import io.tcptable.restart.PortRestart;
import io.tcptable.restart.RestartPlan;
import io.tcptable.restart.RestartReport;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import servers.FreePorts;

/**
 * A server on Windows comes back as it was: what its memory tells of it, and of the one that is
 * started of that.
 */
@Tag("once")
class WindowsAsItWasIT {

  private static final Path PEER = Wine.program("peer.exe");

  private static BridgeWindowsCalls calls;

  @TempDir private Path folder;

  /** So that this JVM, which is none for Windows, finds files by the names that Windows tells. */
  private final List<Path> links = new ArrayList<>();

  private final List<ProcessHandle> started = new ArrayList<>();

  private final int port = FreePorts.next();

  @BeforeAll
  static void pretend() {
    calls = new BridgeWindowsCalls();
    Platforms.use(
        ThroughWine.platform(),
        ThroughWine.startedHere(
            WindowsAccess.of(new BindingSelection<>("bridge", calls, Map.of()))));
  }

  @AfterAll
  static void end() {
    Platforms.use(null, null);
    calls.close();
  }

  @BeforeEach
  void link() throws IOException {
    link(Path.of(Wine.path(folder) + "\\"), folder);
    link(Path.of(Wine.path(PEER)), PEER);
    link(folder.resolve(Wine.path(PEER)), PEER);
  }

  private void link(Path name, Path to) throws IOException {
    Files.deleteIfExists(name);
    links.add(Files.createSymbolicLink(name, to));
  }

  @AfterEach
  void clear() throws IOException {
    started.forEach(Introduction::end);
    for (Path link : links) {
      Files.delete(link);
    }
  }

  private OsProcess start() throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder("wine", PEER.toString(), "healthy", "4", "" + port, "stay", "a b\\")
            .directory(folder.toFile())
            .redirectError(Redirect.DISCARD);
    builder.environment().clear();
    builder.environment().putAll(ThroughWine.variables());
    builder.environment().put("SECRET", "s3cret = or not");
    builder.environment().put("EMPTY", "");
    Process process = builder.start();
    started.add(process.toHandle());
    try (BufferedReader output = process.inputReader(StandardCharsets.US_ASCII)) {
      return OsProcess.of(Long.parseLong(output.readLine().strip())).orElseThrow();
    }
  }

  private PortRestart asItWas() {
    Path log = folder.resolve("server.log");
    return PortRestart.asItWas(port)
        .health(
            HealthProbe.of(URI.create("http://127.0.0.1:" + port + "/health"))
                .expectJson("{\"status\": \"healthy\"}"))
        .log(log)
        .settle(Duration.ofMillis(200))
        .listener(new Introduction(calls, log));
  }

  @Test
  void commandLineDirectoryAndEnvironment() throws Exception {
    OsProcess was = start();
    ProcessLaunch before = was.launch().orElseThrow();
    assertThat(before.obstacles()).isEmpty();
    assertThat(before.arguments())
        .containsExactly(Wine.path(PEER), "healthy", "4", "" + port, "stay", "a b\\");
    assertThat(before.directory()).contains(Path.of(Wine.path(folder) + "\\"));
    assertThat(before.environment()).containsEntry("SECRET", "s3cret = or not");

    RestartPlan plan = asItWas().environment("secret", "another").plan();
    assertThat(plan.refusal()).isEmpty();
    PlannedLaunch planned = plan.launch().orElseThrow();
    assertThat(planned.command()).isEqualTo(before.arguments());
    assertThat(planned.variables()).contains("secret").doesNotContain("SECRET");
    assertThat(plan + planned.toString()).doesNotContain("s3cret", "another");

    RestartReport report = asItWas().run();
    report.started().flatMap(it -> ProcessHandle.of(it.pid())).ifPresent(started::add);
    assertThat(report.outcome()).as("%s", report).isEqualTo(Outcome.DONE);
    assertThat(report.stopped()).containsExactly(was);
    OsProcess now = OsProcess.of(report.started().orElseThrow().pid()).orElseThrow();
    assertThat(now).isNotEqualTo(was);
    assertThat(now.launch()).contains(before);
  }

  @Test
  void aServerWhoseDirectoryIsGoneIsLeftAlone() throws Exception {
    OsProcess was = start();
    Files.delete(links.remove(0));

    RestartReport report = asItWas().run();

    assertThat(report.outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(report.refusal().orElseThrow().message())
        .startsWith(was + " cannot be started again as it was: its working directory has been");
    assertThat(was.exists()).isTrue();
  }
}
