// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.linux.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tcptable.internal.binding.LinuxCalls;
import io.tcptable.internal.linux.kernel.Errno;
import io.tcptable.internal.platform.ChildProcesses;
import io.tcptable.internal.platform.SourceException;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** By a kernel that is made up: the JVM of the tests has children of its own. */
class OrphanReaperTest {

  private static final long LONGEST_SECONDS = 60;

  private static final int P_ALL = 0;
  private static final int P_PID = 1;
  private static final int WNOHANG = 1;
  private static final int WEXITED = 4;
  private static final int WNOWAIT = 0x0100_0000;
  private static final int PID = 16;

  /** Beyond the greatest PID of a real process, so that it is none of the JVM's. */
  private static final int STRANGER = 1 << 23;

  private final List<Integer> zombies = new ArrayList<>();
  private int error;
  private int calls;

  private final OrphanReaper reaper =
      new OrphanReaper(
          (LinuxCalls)
              Proxy.newProxyInstance(
                  LinuxCalls.class.getClassLoader(),
                  new Class<?>[] {LinuxCalls.class},
                  (proxy, method, arguments) -> {
                    assertThat(method.getName()).isEqualTo("waitid");
                    return waitid(
                        (int) arguments[0],
                        (int) arguments[1],
                        (ByteBuffer) arguments[2],
                        (int) arguments[3]);
                  }));

  /** See {@code waitid(2)}. */
  private int waitid(int kind, int id, ByteBuffer information, int options) {
    calls++;
    assertThat(information.isDirect()).isTrue();
    assertThat(information.limit()).isEqualTo(128);
    if (error != 0) {
      return -error;
    }
    if (kind == P_ALL) {
      assertThat(options).as("none is taken yet").isEqualTo(WEXITED | WNOHANG | WNOWAIT);
      information.putInt(PID, zombies.isEmpty() ? 0 : zombies.get(0));
      return 0;
    }
    assertThat(kind).isEqualTo(P_PID);
    assertThat(options).isEqualTo(WEXITED | WNOHANG);
    information.putInt(PID, zombies.remove(Integer.valueOf(id)) ? id : 0);
    return 0;
  }

  @Test
  void orphansAreReapedAsManyAsAsked() {
    IntStream.range(0, 500).forEach(i -> zombies.add(STRANGER + i));

    assertThat(reaper.reap(256)).isEqualTo(256);
    assertThat(zombies).hasSize(244).first().isEqualTo(STRANGER + 256);
    assertThat(reaper.reap(256)).isEqualTo(244);
    assertThat(zombies).isEmpty();
    assertThat(reaper.reap(256)).isZero();
  }

  /** Its exit code belongs to the JVM, which is about to wait for it. */
  @Test
  void aChildOfThisProgramIsLeftToTheJvm() throws Exception {
    Process child = ChildProcesses.start(new ProcessBuilder("sleep", "60"));
    zombies.addAll(List.of(STRANGER, (int) child.pid(), STRANGER + 1));

    assertThat(reaper.reap(10)).isEqualTo(1);
    assertThat(reaper.reap(10)).isZero();
    assertThat(zombies).containsExactly((int) child.pid(), STRANGER + 1);

    child.destroyForcibly();
    assertThat(child.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)).isTrue();
    // The JVM has waited for it: what has this PID now is another process.
    assertThat(reaper.reap(10)).isEqualTo(2);
  }

  /** A child that has ended before {@code start} returns is not known by its PID yet. */
  @Test
  void whileAProgramIsBeingStartedNobodyIsReaped(@TempDir Path directory) throws Exception {
    Path pipe = directory.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).inheritIO().start().waitFor())
        .isZero();
    zombies.add(STRANGER);
    CompletableFuture<Process> start =
        CompletableFuture.supplyAsync(
            () -> startReading(pipe), command -> new Thread(command).start());
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LONGEST_SECONDS);
    while (!isStarting() && System.nanoTime() < end) {
      Thread.onSpinWait();
    }

    calls = 0;
    assertThat(reaper.reap(10)).isZero();
    assertThat(calls).as("not even a look").isZero();

    try (OutputStream writer = Files.newOutputStream(pipe)) {
      assertThat(writer).isNotNull();
      assertThat(start.get(LONGEST_SECONDS, TimeUnit.SECONDS).waitFor()).isZero();
    }
    assertThat(reaper.reap(10)).isEqualTo(1);
  }

  /** It opens the pipe before it makes the process, and waits until somebody writes there. */
  private static Process startReading(Path pipe) {
    try {
      return ChildProcesses.start(new ProcessBuilder("true").redirectInput(pipe.toFile()));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static boolean isStarting() {
    return ChildProcesses.betweenStarts(awaited -> 1) == 0;
  }

  @ParameterizedTest
  @ValueSource(ints = {Errno.ECHILD, Errno.EINTR})
  void withoutChildrenThereIsNothingToReap(int none) {
    error = none;

    assertThat(reaper.reap(10)).isZero();
    assertThat(calls).isEqualTo(1);
  }

  @Test
  void whatTheKernelRefusesIsAnError() {
    error = Errno.EPERM;

    assertThatThrownBy(() -> reaper.reap(10))
        .isInstanceOf(SourceException.class)
        .hasMessageStartingWith("waiting for orphans: waitid failed with EPERM");
  }
}
