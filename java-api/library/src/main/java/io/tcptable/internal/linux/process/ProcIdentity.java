// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.linux.process;

import io.tcptable.internal.linux.kernel.ProcStat;
import io.tcptable.internal.linux.procfs.ProcDirectory;
import io.tcptable.internal.linux.procfs.ProcFile;
import io.tcptable.internal.table.ProcessIdentity;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Which process a PID means now, by its line in {@code /proc/PID/stat}, see {@code
 * proc_pid_stat(5)}: a PID may be given to another process at any time.
 */
public final class ProcIdentity {

  /** How often a PID may go to another process while one of them is looked at. */
  private static final int MOST_ATTEMPTS = 5;

  private ProcIdentity() {}

  /**
   * What the kernel says of a process; empty if it is gone.
   *
   * @throws IOException if it is there, but the system ran short while reading
   */
  public static Optional<ProcStat> stat(int pid) throws IOException {
    return stat(directory(pid));
  }

  /** The same of a process whose directory this is. */
  public static Optional<ProcStat> stat(Path process) throws IOException {
    for (int attempt = 1; ; attempt++) {
      try {
        byte[] line = ProcFile.bytes(process.resolve("stat"), ProcStat.CAPACITY);
        return Optional.of(new ProcStat(ByteBuffer.wrap(line), line.length))
            .filter(ProcStat::isComplete);
      } catch (NoSuchFileException e) {
        return Optional.empty();
      } catch (IOException e) {
        // If it is there again, it may be another.
        if (isGone(process)) {
          return Optional.empty();
        }
        if (attempt == MOST_ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  /** The same; empty, too, if it is hidden from this user. */
  static Optional<ProcStat> statIfShown(Path process) throws IOException {
    try {
      return stat(process);
    } catch (IOException e) {
      // Asked only now: few systems hide processes, and it takes a call for each.
      if (ProcDirectory.isHidden(process)) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** One that is hidden is not gone. */
  private static boolean isGone(Path process) {
    return Files.notExists(process);
  }

  /** Who has a PID now. */
  static Optional<ProcessIdentity> identify(int pid) throws IOException {
    return stat(pid).map(stat -> stat.identity(pid));
  }

  /** Whether the PID is still that of this very process. */
  static boolean isSame(ProcessIdentity process) throws IOException {
    return identify(process.pid()).filter(now -> now.start() == process.start()).isPresent();
  }

  /** Whether it is still there and has not ended: a zombie has. */
  static boolean isRunning(ProcessIdentity process) throws IOException {
    return stat(process.pid())
        .filter(now -> now.identity(process.pid()).start() == process.start())
        .filter(now -> !now.hasEnded())
        .isPresent();
  }

  /**
   * The parent of a process; empty if there is none, or if this user may not see it.
   *
   * @throws IOException if the system ran short while reading
   */
  static Optional<ProcessIdentity> parent(ProcessIdentity process) throws IOException {
    // A parent that dies in between leaves its child another one, and its PID to anybody.
    for (int tries = 0; tries < 3; tries++) {
      Optional<ProcessIdentity> parent = parentNow(process);
      if (parent.equals(parentNow(process))) {
        return parent;
      }
    }
    return Optional.empty();
  }

  private static Optional<ProcessIdentity> parentNow(ProcessIdentity process) throws IOException {
    Optional<Integer> parent = parentNumber(process);
    return parent.isEmpty()
        ? Optional.empty()
        : statIfShown(directory(parent.get())).map(stat -> stat.identity(parent.get()));
  }

  /** The PID of its parent, 0 for one that has no number here; empty if the process is gone. */
  static Optional<Integer> parentNumber(ProcessIdentity process) throws IOException {
    return stat(process.pid())
        .filter(stat -> stat.identity(process.pid()).start() == process.start())
        .map(ProcStat::parent);
  }

  /** The directory of a process. */
  static Path directory(int pid) {
    return Path.of("/proc", Integer.toString(pid));
  }
}
