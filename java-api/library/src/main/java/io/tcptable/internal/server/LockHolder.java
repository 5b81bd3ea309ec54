// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.server;

import io.tcptable.OsProcess;
import io.tcptable.internal.Platforms;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;

/**
 * A file in which the holder of a lock says who it is, by PID and start time: others may read it,
 * and see whether the process is there still. A lock that they could read they could hold.
 */
record LockHolder(Path file) {

  /** How far the clock by which the system tells start times may be set forth or back meanwhile. */
  private static final Duration TOLERANCE = Duration.ofSeconds(2);

  private static final Duration ANNOUNCED_WITHIN = Duration.ofMillis(300);
  private static final long POLL_MILLIS = 50;

  /** Says that it is this process. */
  void announce() throws IOException {
    OsProcess self = LiveProcess.self();
    Files.deleteIfExists(file);
    Files.writeString(
        file,
        self.pid() + " " + self.startedAt().toEpochMilli() + "\n",
        StandardOpenOption.CREATE_NEW,
        StandardOpenOption.WRITE);
    PosixFileAttributeView view =
        Files.getFileAttributeView(file, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    if (view != null) {
      view.setPermissions(PosixFilePermissions.fromString("rw-r--r--"));
    }
  }

  /** In words, the process that announced itself, if it runs still or that cannot be seen. */
  Optional<String> read() {
    try {
      String[] words = Files.readString(file).strip().split(" ", -1);
      long pid = Long.parseLong(words[0]);
      long startedAt = Long.parseLong(words[1]);
      Optional<OsProcess> process = OsProcess.of(pid);
      if (process.isEmpty() && Platforms.current().mayHide(pid)) {
        return Optional.of("PID " + pid + ", which is hidden from this user (" + file + ")");
      }
      return process
          .filter(
              owner ->
                  Math.abs(owner.startedAt().toEpochMilli() - startedAt) < TOLERANCE.toMillis())
          .map(owner -> owner + owner.user().map(user -> " of " + user).orElse(""));
    } catch (IOException | NumberFormatException | ArrayIndexOutOfBoundsException e) {
      // Nobody has, or is just about to.
      return Optional.empty();
    }
  }

  /** The same, if need be a moment later: the holder of the lock is about to announce itself. */
  Optional<String> await() {
    long end = System.nanoTime() + ANNOUNCED_WITHIN.toNanos();
    Optional<String> holder = read();
    try {
      while (holder.isEmpty() && System.nanoTime() - end < 0) {
        Thread.sleep(POLL_MILLIS);
        holder = read();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return holder;
  }

  void withdraw() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      // A reader sees that the process has ended.
    }
  }
}
