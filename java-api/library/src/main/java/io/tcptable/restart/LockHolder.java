// SPDX-License-Identifier: Apache-2.0
package io.tcptable.restart;

import io.tcptable.OsProcess;
import io.tcptable.internal.server.LiveProcess;
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

  /** The process that announced itself, if it runs still. */
  Optional<OsProcess> read() {
    try {
      String[] words = Files.readString(file).strip().split(" ", -1);
      long startedAt = Long.parseLong(words[1]);
      return OsProcess.of(Long.parseLong(words[0]))
          .filter(
              owner ->
                  Math.abs(owner.startedAt().toEpochMilli() - startedAt) < TOLERANCE.toMillis());
    } catch (IOException | NumberFormatException | ArrayIndexOutOfBoundsException e) {
      // Nobody has, or is just about to.
      return Optional.empty();
    }
  }

  /** The same, if need be a moment later: the holder of the lock is about to announce itself. */
  Optional<OsProcess> await() {
    Deadline deadline = Deadline.after(ANNOUNCED_WITHIN);
    Optional<OsProcess> holder = read();
    try {
      while (holder.isEmpty() && !deadline.isOver()) {
        deadline.pause();
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
