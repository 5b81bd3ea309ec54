// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.linux.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.tcptable.internal.linux.procfs.ProcText;
import io.tcptable.internal.platform.ProcessLineage;
import io.tcptable.internal.platform.ProcessProfile;
import io.tcptable.internal.table.ProcessIdentity;
import io.tcptable.process.ProcessArguments;
import io.tcptable.process.ProcessOutput;
import io.tcptable.process.ProcessPlacement;
import io.tcptable.process.ProcessStatus;
import io.tcptable.process.ProcessStatus.State;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Real processes, each started and ended by its test. */
@Timeout(60)
class LinuxProcessesTest {

  private final LinuxProcesses processes = new LinuxProcesses(null);

  /** Prints a line when it is ready, then runs until its input ends. */
  private static Process start(String script, String... arguments) throws IOException {
    ProcessBuilder builder = new ProcessBuilder("sh", "-c", script + "; read end", "sh");
    builder.command().addAll(List.of(arguments));
    Process process = builder.start();
    BufferedReader output = process.inputReader();
    assertThat(output.readLine()).isEqualTo("ready");
    return process;
  }

  private static void stop(Process process) throws IOException, InterruptedException {
    process.getOutputStream().close();
    process.waitFor();
  }

  private ProcessIdentity identity(long pid) {
    return processes.find((int) pid).orElseThrow();
  }

  private static <T> T await(Optional<T> now, Predicate<T> wanted, Source<T> again)
      throws InterruptedException {
    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    Optional<T> value = now;
    while (value.filter(wanted).isEmpty()) {
      assertThat(System.nanoTime()).as("in time, last seen: %s", value).isLessThan(end);
      Thread.sleep(5);
      value = again.read();
    }
    return value.orElseThrow();
  }

  private interface Source<T> {
    Optional<T> read();
  }

  private ProcessStatus awaitState(ProcessIdentity process, State state)
      throws InterruptedException {
    return await(
        Optional.empty(), status -> status.state() == state, () -> processes.status(process));
  }

  @Test
  void aProcessWithoutArgumentsHasAnEmptyCommandLine() {
    ProcessIdentity kernelThread = identity(2);
    assumeThat(kernelThread.name()).as("PID 2 here").isEqualTo("kthreadd");

    assertThat(processes.commandLine(kernelThread)).hasValue(new ProcessArguments(List.of(), 0));
  }

  @Test
  void knowsTheFamilyOfAProcess() throws Exception {
    Process parent = start("sleep 60 & echo ready; trap 'kill $!' EXIT");
    try {
      ProcessIdentity me = identity(ProcessHandle.current().pid());
      ProcessIdentity shell = identity(parent.pid());
      ProcessIdentity sleep =
          await(
                  Optional.<List<ProcessIdentity>>empty(),
                  below -> below.size() == 1 && below.get(0).name().equals("sleep"),
                  () -> Optional.of(processes.descendants(shell)))
              .get(0);

      assertThat(processes.parent(sleep)).hasValue(shell);
      assertThat(processes.parentPid(sleep)).hasValue(shell.pid());
      assertThat(processes.all()).contains(me, shell, sleep);
      assertThat(processes.parent(shell).orElseThrow().pid()).isEqualTo(me.pid());
      assertThat(processes.descendants(me))
          .extracting(ProcessIdentity::pid)
          .containsSubsequence(shell.pid(), sleep.pid());
      assertThat(processes.descendants(sleep)).isEmpty();
      ProcessStatus ofShell = processes.status(shell).orElseThrow();
      ProcessStatus ofSleep = processes.status(sleep).orElseThrow();
      assertThat(ofSleep.processGroup()).isEqualTo(ofShell.processGroup());
      assertThat(ofSleep.session()).isEqualTo(ofShell.session());
      assertThat(ofSleep.programImage()).as("another program").isNotEqualTo(ofShell.programImage());
    } finally {
      stop(parent);
    }
  }

  @Test
  void aForkSharesTheProgramImageAndASecondStartDoesNot() throws Exception {
    Process first = start("exec 9<&0; (read end <&9) & echo ready");
    Process second = start("echo ready");
    try {
      ProcessIdentity shell = identity(first.pid());
      ProcessIdentity fork =
          await(
                  Optional.<List<ProcessIdentity>>empty(),
                  below -> below.size() == 1,
                  () -> Optional.of(processes.descendants(shell)))
              .get(0);
      OptionalLong image = processes.status(shell).orElseThrow().programImage();
      assertThat(image).isPresent();
      assertThat(processes.status(fork).orElseThrow().programImage()).isEqualTo(image);
      assertThat(processes.status(identity(second.pid())).orElseThrow().programImage())
          .isPresent()
          .isNotEqualTo(image);
    } finally {
      stop(first);
      stop(second);
    }
  }

  @Test
  void withoutAddressesDrawnByLotNobodyIsTakenForAFork() throws Exception {
    Process process = start("exec setarch -R sh -c 'echo ready; read end'");
    try {
      assertThat(processes.status(identity(process.pid())).orElseThrow().programImage()).isEmpty();
    } finally {
      stop(process);
    }
  }

  @Test
  void seesAProcessStopAndGoOn() throws Exception {
    Process process = start("echo ready");
    ProcessIdentity identity = identity(process.pid());
    try {
      awaitState(identity, State.SLEEPING);
      signal("STOP", process);
      awaitState(identity, State.STOPPED);
      signal("CONT", process);
      assertThat(awaitState(identity, State.SLEEPING).tracer()).isEmpty();
    } finally {
      stop(process);
    }
  }

  private static void signal(String name, Process process) throws Exception {
    assertThat(new ProcessBuilder("kill", "-" + name, "" + process.pid()).start().waitFor())
        .isZero();
  }

  @Test
  void countsDescriptorsAgainstTheLimit() throws Exception {
    Process process = start("ulimit -S -n 77; exec 5< /dev/null 6< /dev/null; echo ready");
    try {
      ProcessStatus status = processes.status(identity(process.pid())).orElseThrow();
      assertThat(status.descriptorLimit()).hasValue(77);
      assertThat(status.openDescriptors()).hasValue(5);
      assertThat(status.residentMemory().orElseThrow()).isBetween(64L * 1024, 1L << 30);
    } finally {
      stop(process);
    }
  }

  @Test
  void knowsWhereAProcessWrites(@TempDir Path directory) throws Exception {
    Path log = Files.createFile(directory.resolve("web.log"));
    Path other = Files.createFile(directory.resolve("web.txt"));
    Process process =
        start(
            "echo ready; exec 7>> \"$1\" 8>> \"$2\" 2> \"$2\"; exec > /dev/null",
            "" + log,
            "" + other);
    try {
      ProcessIdentity identity = identity(process.pid());
      ProcessOutput files =
          await(
              Optional.empty(),
              now -> now.standardOutput().equals(Optional.of("/dev/null")),
              () -> processes.output(identity));
      assertThat(files.standardError()).hasValue(other.toString());
      assertThat(files.logs()).containsExactly(log);
    } finally {
      stop(process);
    }
  }

  @Test
  void knowsTheProgramAndTheNamespaces() throws Exception {
    Process process = start("echo ready");
    try {
      ProcessIdentity identity = identity(process.pid());
      assertThat(processes.executable(identity)).hasValue(Path.of("/bin/sh").toRealPath());
      ProcessPlacement place = processes.placement(identity).orElseThrow();
      ProcessPlacement mine =
          processes.placement(identity(ProcessHandle.current().pid())).orElseThrow();
      assertThat(place.networkNamespace()).isPresent().isEqualTo(mine.networkNamespace());
      assertThat(place.pidNamespace()).isPresent().isEqualTo(mine.pidNamespace());
    } finally {
      stop(process);
    }
  }

  /** The kernel cuts a name after 15 bytes, here in the middle of the eighth letter. */
  @ParameterizedTest
  @ValueSource(strings = {"\\321\\201", "\\320", "\\377\\376", "\\rUid:\\t7", "a b) R 1 1"})
  void aNameLosesNothingOfAProcess(String octal, @TempDir Path directory) throws Exception {
    String name = octal.repeat(8);
    Process process =
        new ProcessBuilder(
                "sh",
                "-c",
                "file=\"$1/$(printf '%b' \"$2\")\"; cp /bin/sleep \"$file\"; exec \"$file\" 60",
                "sh",
                directory.toString(),
                name)
            .start();
    try {
      ProcessIdentity sleep =
          await(
              Optional.empty(),
              now -> !now.name().equals("sh"),
              () -> processes.find((int) process.pid()));
      ProcessStatus status = processes.status(sleep).orElseThrow();
      ProcessIdentity me = identity(ProcessHandle.current().pid());
      assertThat(status.residentMemory()).isPresent();
      assertThat(status.tracer()).isEmpty();
      assertThat(processes.userIds(sleep)).isEqualTo(processes.userIds(me));
      assertThat(processes.parent(sleep)).hasValue(me);
      assertThat(processes.executable(sleep)).isPresent();
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void ofOneThatIsGoneNothingIsKnown() throws Exception {
    Process process = start("echo ready");
    ProcessIdentity identity = identity(process.pid());
    stop(process);
    assertNothingKnown(identity);
  }

  @Test
  void ofALaterProcessWithTheSamePidNothingIsTold() throws Exception {
    Process process = start("echo ready");
    try {
      ProcessIdentity now = identity(process.pid());
      assertNothingKnown(
          new ProcessIdentity(now.pid(), now.start() - 1, now.startedAt(), now.name()));
    } finally {
      stop(process);
    }
  }

  private void assertNothingKnown(ProcessIdentity process) {
    assertThat(processes.isAlive(process)).isFalse();
    assertThat(processes.parent(process)).isEmpty();
    assertThat(processes.descendants(process)).isEmpty();
    assertThat(processes.status(process)).isEmpty();
    assertThat(processes.output(process)).isEmpty();
    assertThat(processes.placement(process)).isEmpty();
    assertThat(processes.executable(process)).isEmpty();
    assertThat(processes.commandLine(process)).isEmpty();
    assertThat(processes.user(process)).isEmpty();
  }

  @Test
  void readsLimitsAndStatus() {
    String limits =
        """
        Limit                     Soft Limit           Hard Limit           Units
        Max processes             96364                96364                processes
        Max open files            1024                 524288               files
        """;
    assertThat(ProcStatus.descriptorLimit(new ProcText(limits))).isEqualTo(1024);
    assertThat(ProcStatus.descriptorLimit(new ProcText(limits.replace("1024   ", "unlimited"))))
        .isEqualTo(Long.MAX_VALUE);
    assertThat(ProcStatus.descriptorLimit(ProcText.UNKNOWN)).isNegative();
    ProcText status = new ProcText("Name:\tweb\nTracerPid:\t42\nVmRSS:\t    1740 kB\n");
    assertThat(status.numberAfter("TracerPid:")).isEqualTo(42);
    assertThat(status.numberAfter("VmRSS:")).isEqualTo(1740);
    assertThat(status.numberAfter("VmSwap:")).isNegative();
  }

  /** All in one look, the same as one question after the other; nothing of one that is gone. */
  @Test
  void profilesTellTheSameAsTheQuestions() throws Exception {
    Process one = start("echo ready");
    Process gone = start("echo ready");
    ProcessIdentity ended = identity(gone.pid());
    stop(gone);
    try {
      ProcessIdentity shell = identity(one.pid());
      ProcessIdentity me = identity(ProcessHandle.current().pid());

      Map<Integer, ProcessProfile> profiles =
          processes.profiles(
              Map.of(
                  shell.pid(), shell.startedAt(),
                  me.pid(), me.startedAt(),
                  ended.pid(), ended.startedAt()));

      assertThat(profiles).containsOnlyKeys(shell.pid(), me.pid());
      assertThat(profiles.get(shell.pid()))
          .hasToString(
              new ProcessProfile(
                      processes.commandLine(shell),
                      processes.executable(shell),
                      processes.user(shell),
                      processes.status(shell).map(ProcessLineage::of),
                      processes.placement(shell))
                  .toString());
      ProcessProfile known = profiles.getOrDefault(shell.pid(), ProcessProfile.UNKNOWN);
      assertThat(known.executable()).isPresent();
      assertThat(known.user()).isPresent();
    } finally {
      stop(one);
    }
  }

  @Test
  void aLaterProcessWithThePidHasNoProfile() {
    ProcessIdentity me = identity(ProcessHandle.current().pid());

    assertThat(processes.profiles(Map.of(me.pid(), me.startedAt().minusMillis(10)))).isEmpty();
  }

  /** What is kept of thousands is bounded: of a long command line, the rest is left to be asked. */
  @Test
  void aProfileKeepsTheFirstWordsOfALongCommandLine() throws Exception {
    Process one = start("echo ready", "first", "x".repeat(5_000), "last");
    try {
      ProcessIdentity shell = identity(one.pid());

      ProcessArguments kept =
          processes
              .profiles(Map.of(shell.pid(), shell.startedAt()))
              .getOrDefault(shell.pid(), ProcessProfile.UNKNOWN)
              .commandLine()
              .orElseThrow();

      assertThat(kept.words()).endsWith("first");
      assertThat(kept.omitted()).isEqualTo(2);
    } finally {
      stop(one);
    }
  }
}
