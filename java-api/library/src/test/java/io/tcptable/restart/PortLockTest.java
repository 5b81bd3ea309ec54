// SPDX-License-Identifier: Apache-2.0
package io.tcptable.restart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tcptable.OsProcess;
import io.tcptable.internal.Platforms;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import servers.Children;
import servers.FreePorts;

class PortLockTest {

  /** Prints which of some bytes of a file are locked by another process. */
  private static final String LOCKED =
      """
      import fcntl, sys
      file = open(sys.argv[1], "r+b")
      for position in sys.argv[2:]:
          try:
              fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, int(position))
          except OSError:
              print(position)
      """;

  @TempDir private Path directory;

  private int port;

  @BeforeEach
  void choosePort() throws IOException {
    port = FreePorts.next();
  }

  private static boolean isFree(int port) throws IOException {
    try {
      PortLock.take(port).close();
      return true;
    } catch (StepException e) {
      assertThat(e.refusal().kind()).isEqualTo(Refusal.Kind.BUSY);
      return false;
    }
  }

  @Test
  void whoIsSecondIsToldWhoIsFirst() throws Exception {
    OsProcess self = OsProcess.of(ProcessHandle.current().pid()).orElseThrow();
    try (PortLock first = PortLock.take(port)) {
      assertThat(first).isNotNull();
      assertThatThrownBy(() -> PortLock.take(port))
          .isInstanceOf(StepException.class)
          .hasMessage(
              "another restart of port %d is running: %s of %s",
              port, self, self.user().orElseThrow());
    }
    assertThat(isFree(port)).isTrue();
  }

  @Test
  void anotherThreadIsAnotherRestart() throws Exception {
    try (PortLock first = PortLock.take(port)) {
      assertThat(first).isNotNull();
      assertThat(inAnotherThread(port)).isFalse();
    }
    assertThat(inAnotherThread(port)).isTrue();
  }

  private static boolean inAnotherThread(int port) throws InterruptedException, ExecutionException {
    return CompletableFuture.supplyAsync(
            () -> {
              try {
                return isFree(port);
              } catch (IOException e) {
                throw new AssertionError(e);
              }
            })
        .get();
  }

  /** The system would let go of all locks of a file as soon as one of its channels is closed. */
  @Test
  void theLockOfOnePortOutlivesThatOfAnother() throws Exception {
    try (PortLock kept = PortLock.take(port)) {
      assertThat(kept).isNotNull();
      PortLock.take(port == 1 ? 2 : port - 1).close();
      assertThat(isFree(port)).isFalse();

      assertThat(lockedElsewhere(port)).isEqualTo(1);
    }
    assertThat(lockedElsewhere(port)).isZero();
  }

  /** How many of the bytes that stand for a port another process finds locked. */
  private static long lockedElsewhere(int port) throws IOException {
    long namespace =
        OsProcess.of(ProcessHandle.current().pid())
            .orElseThrow()
            .placement()
            .orElseThrow()
            .networkNamespace()
            .orElseThrow();
    Process process =
        new ProcessBuilder(
                Children.python(),
                "-c",
                LOCKED,
                Platforms.current().lockDirectory().resolve("lock").toString(),
                Long.toString((namespace << 16) + port),
                Long.toString((namespace << 16) + 70_000))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII)
        .lines()
        .count();
  }

  @Test
  void nobodyElseCanTakeTheLocksOfThisUser() throws IOException {
    assertThat(isFree(port)).isTrue();
    Path own = Platforms.current().lockDirectory();

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(own)))
        .matches("rwx(r-x){2}|rwx------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(own.resolve("lock"))))
        .isEqualTo("rw-------");
  }

  @Test
  void oneThatHasEndedHoldsNothing() throws Exception {
    LockHolder holder = new LockHolder(directory.resolve("3001.pid"));
    assertThat(holder.read()).isEmpty();

    holder.announce();
    assertThat(holder.read()).map(OsProcess::pid).hasValue(ProcessHandle.current().pid());

    // The PID is taken again, by a process that started later.
    Files.writeString(holder.file(), ProcessHandle.current().pid() + " 1000\n");
    assertThat(holder.read()).isEmpty();
    Files.writeString(holder.file(), "what is this\n");
    assertThat(holder.read()).isEmpty();

    holder.withdraw();
    assertThat(holder.file()).doesNotExist();
  }
}
