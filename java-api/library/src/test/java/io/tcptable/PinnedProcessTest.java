// SPDX-License-Identifier: Apache-2.0
package io.tcptable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tcptable.internal.linux.LinuxAccess;
import io.tcptable.internal.platform.ProcessSource;
import io.tcptable.internal.table.ProcessIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import servers.DefaultSignals;

@ExtendWith(DefaultSignals.class)
class PinnedProcessTest {

  private static final Duration LONG = Duration.ofSeconds(60);
  private static final int SIGTERM = 15;
  private static final int SIGKILL = 9;

  private final List<Process> children = new ArrayList<>();

  @AfterEach
  void endChildren() throws InterruptedException {
    for (Process child : children) {
      child.destroyForcibly().waitFor();
    }
  }

  private Process start(String... command) throws IOException {
    Process child = new ProcessBuilder(command).start();
    children.add(child);
    return child;
  }

  private Process sleeper() throws IOException {
    return start("sleep", "60");
  }

  /** A shell that says so when it ignores SIGTERM. */
  private Process stubborn() throws IOException {
    Process shell = start("sh", "-c", "trap '' TERM; echo; while :; do sleep 0.1; done");
    assertThat(shell.getInputStream().read()).isEqualTo('\n');
    return shell;
  }

  private static ProcessSource processes(String binding) {
    return LinuxAccess.open(binding).processes();
  }

  private static OsProcess owner(Process child, String binding) {
    ProcessSource processes = processes(binding);
    return new OsProcess(processes.find((int) child.pid()).orElseThrow(), processes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"jna", "java"})
  void aProcessThatIsAskedEnds(String binding) throws Exception {
    Process child = sleeper();
    try (PinnedProcess held = owner(child, binding).hold().orElseThrow()) {
      assertThat(held.isPinned()).isEqualTo(!binding.equals("java"));
      assertThat(held.maySignal()).isTrue();
      assertThat(held.hasEnded()).isFalse();
      assertThat(held.awaitEnd(Duration.ofMillis(50))).isFalse();

      assertThat(held.terminate()).isTrue();

      assertThat(held.awaitEnd(LONG)).isTrue();
      assertThat(held.hasEnded()).isTrue();
      assertThat(held.terminate()).as("nobody left to ask").isFalse();
      assertThat(held.kill()).isFalse();
      assertThat(held.maySignal()).isTrue();
    }
    assertThat(child.waitFor()).isEqualTo(128 + SIGTERM);
  }

  @ParameterizedTest
  @ValueSource(strings = {"jna", "java"})
  void aProcessThatIgnoresItIsKilled(String binding) throws Exception {
    Process child = stubborn();
    try (PinnedProcess held = owner(child, binding).hold().orElseThrow()) {
      assertThat(held.terminate()).isTrue();
      assertThat(held.awaitEnd(Duration.ofMillis(300))).isFalse();
      assertThat(held.kill()).isTrue();
      assertThat(held.awaitEnd(LONG)).isTrue();
    }
    assertThat(child.waitFor()).isEqualTo(128 + SIGKILL);
  }

  /** The shell never waits for its child, which stays a zombie as long as the shell lives. */
  @ParameterizedTest
  @ValueSource(strings = {"jna", "java"})
  void aZombieHasEnded(String binding) throws Exception {
    Process parent = start("sh", "-c", "sleep 60 & echo $!; exec sleep 60");
    long pid = Long.parseLong(parent.inputReader().readLine());
    ProcessSource processes = processes(binding);
    OsProcess child = new OsProcess(processes.find((int) pid).orElseThrow(), processes);
    // Until exec, the shell would wait for it.
    awaitName(parent.pid(), "sleep");
    try (PinnedProcess held = child.hold().orElseThrow()) {
      assertThat(held.kill()).isTrue();

      assertThat(held.awaitEnd(LONG)).isTrue();

      assertThat(child.exists()).as("still in the table of processes").isTrue();
      assertThat(held.terminate()).isFalse();
    }
    assertThat(child.hold()).isEmpty();
  }

  private static void awaitName(long pid, String name) throws Exception {
    long end = System.nanoTime() + LONG.toNanos();
    while (!Files.readString(Path.of("/proc/" + pid + "/comm")).strip().equals(name)) {
      assertThat(System.nanoTime()).isLessThan(end);
      TimeUnit.MILLISECONDS.sleep(5);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"jna", "java"})
  void anotherProcessWithTheSamePidIsNotHeld(String binding) throws Exception {
    Process child = sleeper();
    ProcessSource processes = processes(binding);
    ProcessIdentity now = processes.find((int) child.pid()).orElseThrow();
    ProcessIdentity before =
        new ProcessIdentity(now.pid(), now.start() - 1, now.startedAt(), now.name());

    assertThat(new OsProcess(before, processes).hold()).isEmpty();
    assertThat(child.isAlive()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"jna", "java"})
  void oneThatHasEndedIsNotHeld(String binding) throws Exception {
    Process child = sleeper();
    OsProcess owner = owner(child, binding);
    child.destroyForcibly().waitFor();

    assertThat(owner.hold()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"jna", "java"})
  void waitingCanBeInterrupted(String binding) throws Exception {
    try (PinnedProcess held = owner(sleeper(), binding).hold().orElseThrow()) {
      Thread.currentThread().interrupt();

      assertThatThrownBy(() -> held.awaitEnd(LONG)).isInstanceOf(InterruptedException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"jna", "java"})
  void holdingKeepsNoDescriptorOpen(String binding) throws Exception {
    OsProcess owner = owner(sleeper(), binding);
    owner.hold().orElseThrow().close();
    long before = openDescriptors();
    for (int i = 0; i < 100; i++) {
      PinnedProcess held = owner.hold().orElseThrow();
      held.close();
      held.close();
    }
    assertThat(openDescriptors()).isLessThan(before + 50);
  }

  private static long openDescriptors() throws IOException {
    try (var descriptors = Files.list(Path.of("/proc/self/fd"))) {
      return descriptors.count();
    }
  }

  /** Its number may be that of another descriptor by now. */
  @ParameterizedTest
  @ValueSource(strings = {"jna"})
  void oneThatIsNoLongerHeldIsNotSignalled(String binding) throws Exception {
    Process child = sleeper();
    PinnedProcess held = owner(child, binding).hold().orElseThrow();
    held.close();

    assertThatThrownBy(held::kill).isInstanceOf(IllegalStateException.class);
    assertThat(child.isAlive()).isTrue();
  }
}
