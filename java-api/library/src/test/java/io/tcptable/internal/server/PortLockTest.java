// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tcptable.Advice;
import io.tcptable.OsProcess;
import io.tcptable.internal.Platforms;
import io.tcptable.internal.platform.NoPlatform;
import io.tcptable.internal.platform.Platform;
import io.tcptable.internal.server.PortLock.Purpose;
import io.tcptable.restart.Outcome;
import io.tcptable.restart.PortRestart;
import io.tcptable.restart.Refusal;
import io.tcptable.restart.RestartReport;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import servers.Children;
import servers.FreePorts;

class PortLockTest {

  /** Prints a line if a file is locked by another process. */
  private static final String LOCKED =
      """
      import fcntl, sys
      file = open(sys.argv[1], "r+b")
      try:
          fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
      except OSError:
          print("locked")
      """;

  @TempDir private Path directory;

  private final int port = FreePorts.next();

  private static boolean isFree(int port) throws IOException {
    try {
      PortLock.take(Purpose.RESTART, port).close();
      return true;
    } catch (PortLockException e) {
      assertThat(e.isBusy()).isTrue();
      return false;
    }
  }

  @Test
  void whoIsSecondIsToldWhoIsFirst() throws Exception {
    OsProcess self = OsProcess.of(ProcessHandle.current().pid()).orElseThrow();
    try (PortLock first = PortLock.take(Purpose.RESTART, port)) {
      assertThat(first).isNotNull();
      assertThatThrownBy(() -> PortLock.take(Purpose.RESTART, port))
          .isInstanceOf(PortLockException.class)
          .hasMessage(
              "another restart of port %d is running: %s of %s",
              port, self, self.user().orElseThrow());
    }
    assertThat(isFree(port)).isTrue();
  }

  /** A guard lets others restart the port. */
  @Test
  void aGuardKeepsOutGuardsOnly() throws Exception {
    OsProcess self = OsProcess.of(ProcessHandle.current().pid()).orElseThrow();
    assertThat(PortLock.holder(Purpose.GUARD, port)).isEmpty();
    try (PortLock guard = PortLock.take(Purpose.GUARD, port)) {
      assertThat(guard).isNotNull();
      assertThat(isFree(port)).isTrue();
      assertThat(PortLock.holder(Purpose.GUARD, port).orElseThrow()).startsWith(self.toString());
      assertThat(PortLock.holder(Purpose.RESTART, port)).isEmpty();
      assertThatThrownBy(() -> PortLock.take(Purpose.GUARD, port))
          .isInstanceOf(PortLockException.class)
          .hasMessage(
              "another guard of port %d is running: %s of %s",
              port, self, self.user().orElseThrow());
    }
    PortLock.take(Purpose.GUARD, port).close();
  }

  @Test
  void anotherThreadIsAnotherRestart() throws Exception {
    try (PortLock first = PortLock.take(Purpose.RESTART, port)) {
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
    try (PortLock kept = PortLock.take(Purpose.RESTART, port)) {
      assertThat(kept).isNotNull();
      PortLock.take(Purpose.RESTART, port == 1 ? 2 : port - 1).close();
      assertThat(isFree(port)).isFalse();

      assertThat(lockedElsewhere(port)).isEqualTo(1);
    }
    assertThat(lockedElsewhere(port)).isZero();
  }

  /** How many of the lock files of a port another process finds locked. */
  private static long lockedElsewhere(int port) throws IOException {
    Process process =
        new ProcessBuilder(Children.python(), "-c", LOCKED, lockFile(port).toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII)
        .lines()
        .count();
  }

  private static Path lockFile(int port) throws IOException {
    return Platforms.current().lockDirectory().resolve("lock-" + name(port));
  }

  private static String name(int port) {
    return port
        + "-"
        + OsProcess.of(ProcessHandle.current().pid())
            .orElseThrow()
            .placement()
            .orElseThrow()
            .networkNamespace()
            .orElseThrow();
  }

  @Test
  void nobodyElseCanTakeTheLocksOfThisUser() throws IOException {
    assertThat(isFree(port)).isTrue();
    Path own = Platforms.current().lockDirectory();

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(own)))
        .matches("rwx(r-x){2}|rwx------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(lockFile(port))))
        .isEqualTo("rw-------");
  }

  @Test
  void oneThatHasEndedHoldsNothing() throws Exception {
    LockHolder holder = new LockHolder(directory.resolve("3001.pid"));
    assertThat(holder.read()).isEmpty();

    holder.announce();
    assertThat(holder.read().orElseThrow()).contains("(" + ProcessHandle.current().pid() + ")");

    // The PID is taken again, by a process that started later.
    Files.writeString(holder.file(), ProcessHandle.current().pid() + " 1000\n");
    assertThat(holder.read()).isEmpty();
    Files.writeString(holder.file(), "what is this\n");
    assertThat(holder.read()).isEmpty();

    holder.withdraw();
    assertThat(holder.file()).doesNotExist();
  }

  /** Lets locks lie elsewhere. */
  private void locksIn(Path place) {
    Platform real = Platforms.current();
    Platforms.use(
        (Platform)
            Proxy.newProxyInstance(
                Platform.class.getClassLoader(),
                new Class<?>[] {Platform.class},
                (proxy, method, arguments) ->
                    method.getName().equals("lockDirectory")
                        ? place
                        : method.invoke(real, arguments)),
        null);
  }

  @AfterEach
  void restore() {
    Platforms.use(null, null);
  }

  /** What may be wrong with a lock file, and what is said of it. */
  static Stream<Arguments> failures() {
    return Stream.of(
        Arguments.of("lock-%s", true, "opened: Is a directory"),
        Arguments.of(
            "lock-%s",
            false, "opened: Too many levels of symbolic links (NOFOLLOW_LINKS specified)"),
        Arguments.of("%s.pid", true, "written: a directory is there"));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void anErrorSaysThatItIsTheLock(String pattern, boolean isDirectory, String reason)
      throws Exception {
    locksIn(directory);
    Path file = directory.resolve(pattern.formatted(name(port)));
    if (isDirectory) {
      Files.createDirectories(file.resolve("below"));
    } else {
      Files.createSymbolicLink(file, directory.resolve("elsewhere"));
    }

    RestartReport report = PortRestart.free(port).run();

    assertThat(report.outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(report.refusal())
        .hasValue(
            new Refusal(
                Refusal.Kind.SYSTEM_ERROR,
                "the lock file %s of port %d cannot be %s".formatted(file, port, reason),
                List.of(new Advice.Hint("Let this user write to " + directory + "."))));

    Files.deleteIfExists(file.resolve("below"));
    Files.delete(file);
    assertThat(isFree(port)).as("nothing is left of the failure").isTrue();
    assertThat(directory.resolve("elsewhere")).doesNotExist();
  }

  @Test
  void soDoesOneOfTheirDirectory(@TempDir Path home) {
    Platforms.use(new NoPlatform(home), Platforms.access());

    assertThatThrownBy(() -> PortLock.take(Purpose.RESTART, port))
        .isInstanceOf(PortLockException.class)
        .hasMessage("the lock of port %d cannot be taken: Nothing has no locks", port);
  }
}
