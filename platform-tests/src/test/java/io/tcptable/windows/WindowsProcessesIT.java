// SPDX-License-Identifier: Apache-2.0
package io.tcptable.windows;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.internal.binding.BindingSelection;
import io.tcptable.internal.platform.PinnedHandle;
import io.tcptable.internal.platform.ProcessSource;
import io.tcptable.internal.table.ProcessIdentity;
import io.tcptable.internal.windows.WindowsAccess;
import io.tcptable.process.ProcessArguments;
import io.tcptable.process.ProcessStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import servers.FreePorts;

/** What is told of Windows processes, and how they are ended. */
@Tag("once")
class WindowsProcessesIT {

  private static final Duration LONG = Duration.ofSeconds(60);

  private static BridgeWindowsCalls calls;
  private static ProcessSource processes;

  @BeforeAll
  static void build() {
    calls = new BridgeWindowsCalls();
    processes = WindowsAccess.of(new BindingSelection<>("bridge", calls, Map.of())).processes();
  }

  @AfterAll
  static void end() {
    calls.close();
  }

  @Test
  void identity() throws Exception {
    Instant before = Instant.now();
    try (Peer peer = Peer.hung(4, FreePorts.next())) {
      ProcessIdentity process = find(peer);
      assertThat(process.name()).isEqualTo("peer.exe");
      assertThat(process.startedAt())
          .isBetween(before.minusSeconds(2), Instant.now().plusSeconds(2));
      assertThat(processes.isAlive(process)).isTrue();
      ProcessIdentity older =
          new ProcessIdentity(
              process.pid(), process.start() - 1, process.startedAt(), process.name());
      assertThat(processes.isAlive(older)).isFalse();
      assertThat(processes.hold(older)).isEmpty();
      assertThat(processes.commandLine(older)).isEmpty();
    }
  }

  @Test
  void whatItRuns() throws Exception {
    int port = FreePorts.next();
    try (Peer peer = Peer.hung(4, port)) {
      ProcessIdentity process = find(peer);
      Path program = Wine.program("peer.exe");
      String windowsPath = Wine.path(program);
      assertThat(processes.commandLine(process))
          .contains(
              new ProcessArguments(List.of(windowsPath, "hung", "4", Integer.toString(port)), 0));
      assertThat(processes.executable(process)).contains(Path.of(windowsPath));
      String here = Wine.path(Path.of("").toAbsolutePath()) + "\\";
      assertThat(processes.workingDirectory(process)).contains(Path.of(here));
    }
  }

  /** Wine runs everything as the user who runs it, on a computer of the same name. */
  @Test
  void user() throws Exception {
    try (Peer peer = Peer.hung(4, FreePorts.next())) {
      assertThat(processes.user(find(peer)).orElseThrow())
          .endsWith("\\" + System.getProperty("user.name"));
    }
  }

  @Test
  void figures() throws Exception {
    try (Peer peer = Peer.hung(4, FreePorts.next())) {
      ProcessStatus status = processes.status(find(peer)).orElseThrow();
      assertThat(status.residentMemory().orElseThrow()).isPositive();
      assertThat(status.processGroup()).isEmpty();
      assertThat(status.session()).hasValue(1);
      assertThat(status.descriptorLimit()).isEmpty();
    }
  }

  @Test
  void family() {
    // Wine's services: one process that starts others.
    ProcessIdentity services = named("services.exe");
    List<ProcessIdentity> children = processes.descendants(services);
    assertThat(children).extracting(ProcessIdentity::name).contains("svchost.exe");
    assertThat(children).allMatch(child -> processes.parent(child).equals(find(services.pid())));
    assertThat(processes.find(0x7ffffffc)).isEmpty();
  }

  private static Optional<ProcessIdentity> find(int pid) {
    return processes.find(pid);
  }

  private static ProcessIdentity named(String name) {
    for (int pid = 0; pid < 4096; pid += 4) {
      Optional<ProcessIdentity> process = find(pid);
      if (process.filter(found -> found.name().equals(name)).isPresent()) {
        return process.get();
      }
    }
    throw new AssertionError("no process " + name);
  }

  @Test
  void killing() throws Exception {
    try (Peer peer = Peer.hung(4, FreePorts.next())) {
      ProcessIdentity process = find(peer);
      try (PinnedHandle hold = processes.hold(process).orElseThrow()) {
        assertThat(hold.isPinned()).isTrue();
        assertThat(hold.maySignal()).isTrue();
        assertThat(hold.hasEnded()).isFalse();
        assertThat(hold.awaitEnd(Duration.ofMillis(50))).isFalse();
        assertThat(hold.kill()).isTrue();
        assertThat(hold.awaitEnd(LONG)).isTrue();
        assertThat(hold.hasEnded()).isTrue();
        assertThat(hold.kill()).isFalse();
        assertThat(hold.terminate()).isFalse();
      }
      assertThat(processes.hold(process)).isEmpty();
      assertThat(processes.isAlive(process)).isFalse();
    }
  }

  /** And ends by itself, in its own way. */
  @Test
  void aProgramWithAWindowIsAskedToCloseIt() throws Exception {
    try (Peer peer = Peer.withWindow(4, FreePorts.next());
        PinnedHandle hold = processes.hold(find(peer)).orElseThrow()) {
      assertThat(hold.canBeAsked()).isTrue();
      assertThat(hold.terminate()).isTrue();
      assertThat(hold.awaitEnd(LONG)).isTrue();
      assertThat(peer.exitCode()).isEqualTo(Peer.CLOSED);
      assertThat(hold.terminate()).isFalse();
    }
  }

  /** It has a console, but there is no JVM for Windows here that could send Ctrl-C. */
  @Test
  void aProgramWithoutAWindowIsNotAsked() throws Exception {
    try (Peer peer = Peer.hung(4, FreePorts.next());
        PinnedHandle hold = processes.hold(find(peer)).orElseThrow()) {
      assertThat(hold.canBeAsked()).isTrue();
      assertThat(hold.terminate()).isFalse();
      assertThat(hold.hasEnded()).isFalse();
    }
  }

  private static ProcessIdentity find(Peer peer) {
    return processes.find((int) peer.pid()).orElseThrow();
  }
}
