// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.linux.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.tcptable.internal.platform.ProcessFigures;
import io.tcptable.internal.platform.ProcessFiles;
import io.tcptable.internal.platform.ProcessIdentity;
import io.tcptable.internal.platform.ProcessPlace;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

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

  private ProcessFigures awaitState(ProcessIdentity process, char state)
      throws InterruptedException {
    return await(
        Optional.empty(), figures -> figures.state() == state, () -> processes.figures(process));
  }

  @Test
  void aProcessWithoutArgumentsHasAnEmptyCommandLine() {
    ProcessIdentity kernelThread = identity(2);
    assumeThat(kernelThread.name()).as("PID 2 here").isEqualTo("kthreadd");

    assertThat(processes.commandLine(kernelThread)).hasValue(List.of());
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
      assertThat(processes.parent(shell).orElseThrow().pid()).isEqualTo(me.pid());
      assertThat(processes.descendants(me))
          .extracting(ProcessIdentity::pid)
          .containsSubsequence(shell.pid(), sleep.pid());
      assertThat(processes.descendants(sleep)).isEmpty();
      ProcessFigures ofShell = processes.figures(shell).orElseThrow();
      ProcessFigures ofSleep = processes.figures(sleep).orElseThrow();
      assertThat(ofSleep.group()).isEqualTo(ofShell.group());
      assertThat(ofSleep.session()).isEqualTo(ofShell.session());
      assertThat(ofSleep.image()).as("another program").isNotEqualTo(ofShell.image());
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
      long image = processes.figures(shell).orElseThrow().image();
      assertThat(image).isPositive();
      assertThat(processes.figures(fork).orElseThrow().image()).isEqualTo(image);
      assertThat(processes.figures(identity(second.pid())).orElseThrow().image())
          .isPositive()
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
      assertThat(processes.figures(identity(process.pid())).orElseThrow().image()).isNegative();
    } finally {
      stop(process);
    }
  }

  @Test
  void seesAProcessStopAndGoOn() throws Exception {
    Process process = start("echo ready");
    ProcessIdentity identity = identity(process.pid());
    try {
      awaitState(identity, 'S');
      signal("STOP", process);
      awaitState(identity, 'T');
      signal("CONT", process);
      assertThat(awaitState(identity, 'S').tracer()).isZero();
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
      ProcessFigures figures = processes.figures(identity(process.pid())).orElseThrow();
      assertThat(figures.descriptorLimit()).isEqualTo(77);
      assertThat(figures.openDescriptors()).isEqualTo(5);
      assertThat(figures.residentMemory()).isBetween(64L * 1024, 1L << 30);
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
      ProcessFiles files =
          await(
              Optional.empty(),
              now -> "/dev/null".equals(now.standardOutput()),
              () -> processes.files(identity));
      assertThat(files.standardError()).isEqualTo(other.toString());
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
      ProcessPlace place = processes.place(identity).orElseThrow();
      ProcessPlace mine = processes.place(identity(ProcessHandle.current().pid())).orElseThrow();
      assertThat(place.networkNamespace()).isPositive().isEqualTo(mine.networkNamespace());
      assertThat(place.pidNamespace()).isPositive().isEqualTo(mine.pidNamespace());
    } finally {
      stop(process);
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
    assertThat(processes.figures(process)).isEmpty();
    assertThat(processes.files(process)).isEmpty();
    assertThat(processes.place(process)).isEmpty();
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
    assertThat(ProcFigures.descriptorLimit(limits)).isEqualTo(1024);
    assertThat(ProcFigures.descriptorLimit(limits.replace("1024   ", "unlimited")))
        .isEqualTo(Long.MAX_VALUE);
    assertThat(ProcFigures.descriptorLimit("")).isNegative();
    String status = "Name:\tweb\nTracerPid:\t42\nVmRSS:\t    1740 kB\n";
    assertThat(ProcFigures.statusField(status, "TracerPid")).isEqualTo(42);
    assertThat(ProcFigures.statusField(status, "VmRSS")).isEqualTo(1740);
    assertThat(ProcFigures.statusField(status, "VmSwap")).isNegative();
  }
}
