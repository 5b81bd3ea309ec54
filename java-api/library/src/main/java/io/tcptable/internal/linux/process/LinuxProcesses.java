// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.linux.process;

import io.tcptable.internal.binding.LinuxCalls;
import io.tcptable.internal.linux.kernel.ProcStat;
import io.tcptable.internal.linux.procfs.ProcDirectory;
import io.tcptable.internal.linux.procfs.ProcFile;
import io.tcptable.internal.linux.procfs.ProcLink;
import io.tcptable.internal.linux.procfs.ProcText;
import io.tcptable.internal.platform.PinnedHandle;
import io.tcptable.internal.platform.ProcessProfile;
import io.tcptable.internal.platform.ProcessSource;
import io.tcptable.internal.platform.SourceException;
import io.tcptable.internal.table.ProcessIdentity;
import io.tcptable.process.ProcessArguments;
import io.tcptable.process.ProcessLaunch;
import io.tcptable.process.ProcessOutput;
import io.tcptable.process.ProcessPlacement;
import io.tcptable.process.ProcessStatus;
import io.tcptable.process.ProcessThread;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** More about one process, by plain reads of {@code /proc/PID}, see {@code proc_pid(5)}. */
public final class LinuxProcesses implements ProcessSource {

  /** How often a PID may go to another process while one of them is looked at. */
  private static final int MOST_ATTEMPTS = 5;

  private final @Nullable LinuxCalls calls;

  /**
   * @param calls the seam, or null to do without
   */
  public LinuxProcesses(@Nullable LinuxCalls calls) {
    this.calls = calls;
  }

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

  static Optional<ProcessIdentity> identify(int pid) throws IOException {
    return stat(pid).map(stat -> stat.identity(pid));
  }

  /** One that is hidden is not gone. */
  private static boolean isGone(Path process) {
    return Files.notExists(process);
  }

  static boolean isSame(ProcessIdentity process) throws IOException {
    return identify(process.pid()).filter(now -> now.start() == process.start()).isPresent();
  }

  /** As {@link #isRunning}, for callers that handle what goes wrong. */
  static boolean isRunningNow(ProcessIdentity process) throws IOException {
    return stat(process.pid())
        .filter(now -> now.identity(process.pid()).start() == process.start())
        .filter(now -> !now.hasEnded())
        .isPresent();
  }

  @Override
  public void requireOwnNumbers() {
    try {
      ProcessHandles.requireOwnNumbers();
    } catch (IOException e) {
      throw failure(e);
    }
  }

  @Override
  public boolean isAlive(ProcessIdentity process) {
    try {
      return isSame(process);
    } catch (IOException e) {
      throw failure(e);
    }
  }

  @Override
  public boolean isRunning(ProcessIdentity process) {
    try {
      return isRunningNow(process);
    } catch (IOException e) {
      throw failure(e);
    }
  }

  @Override
  public Optional<ProcessIdentity> find(int pid) {
    try {
      return statIfShown(directory(pid)).map(stat -> stat.identity(pid));
    } catch (IOException e) {
      throw failure(e);
    }
  }

  @Override
  public Optional<ProcessIdentity> parent(ProcessIdentity process) {
    try {
      // A parent that dies in between leaves its child another one, and its PID to anybody.
      for (int tries = 0; tries < 3; tries++) {
        Optional<ProcessIdentity> parent = parentNow(process);
        if (parent.equals(parentNow(process))) {
          return parent;
        }
      }
      return Optional.empty();
    } catch (IOException e) {
      throw failure(e);
    }
  }

  private static Optional<ProcessIdentity> parentNow(ProcessIdentity process) throws IOException {
    Optional<Integer> parent = parentNumber(process);
    return parent.isEmpty()
        ? Optional.empty()
        : statIfShown(directory(parent.get())).map(stat -> stat.identity(parent.get()));
  }

  private static Optional<Integer> parentNumber(ProcessIdentity process) throws IOException {
    return stat(process.pid())
        .filter(stat -> stat.identity(process.pid()).start() == process.start())
        .map(ProcStat::parent);
  }

  /** One outside of this PID namespace has the number 0 here, see {@code pid_namespaces(7)}. */
  @Override
  public OptionalLong parentPid(ProcessIdentity process) {
    try {
      return parentNumber(process)
          .filter(pid -> pid > 0)
          .map(OptionalLong::of)
          .orElse(OptionalLong.empty());
    } catch (IOException e) {
      throw failure(e);
    }
  }

  @Override
  public List<ProcessIdentity> all() {
    try {
      return ProcessTree.read().all();
    } catch (IOException e) {
      throw failure(e);
    }
  }

  @Override
  public Map<ProcessIdentity, ProcessIdentity> parents() {
    try {
      return ProcessTree.read().parents();
    } catch (IOException e) {
      throw failure(e);
    }
  }

  @Override
  public List<ProcessIdentity> descendants(ProcessIdentity process) {
    try {
      return ProcessTree.read().below(process);
    } catch (IOException e) {
      throw failure(e);
    }
  }

  private static SourceException failure(IOException e) {
    return new SourceException("/proc", "looking at processes: " + e.getMessage(), e);
  }

  @Override
  public Optional<PinnedHandle> hold(ProcessIdentity process) {
    try {
      return ProcessHandles.hold(calls, process);
    } catch (IOException e) {
      throw failure(e);
    }
  }

  @Override
  public int reapOrphans(int most) {
    if (calls == null) {
      throw new SourceException(
          SourceException.Kind.UNSUPPORTED, "waitid", "", "the binding java makes no system calls");
    }
    return new OrphanReaper(calls).reap(most);
  }

  @Override
  public Optional<ProcessArguments> commandLine(ProcessIdentity process) {
    return read(process, directory -> ProcCommandLine.of(directory, ProcCommandLine.MOST_BYTES));
  }

  @Override
  public Optional<String> user(ProcessIdentity process) {
    return read(process, new UserNames()::of);
  }

  @Override
  public List<Long> userIds(ProcessIdentity process) {
    return read(process, LinuxProcesses::userIds).orElse(List.of());
  }

  static List<Long> userIds(Path process) throws IOException {
    return userIds(ProcFile.text(process.resolve("status"))).stream()
        .filter(number -> number != ProcText.NO_NUMBER)
        .distinct()
        .toList();
  }

  /**
   * The line {@code Uid:} of {@code proc_pid_status(5)}: the real, effective, saved and file system
   * user ID; empty if it is not known.
   */
  static List<Long> userIds(ProcText status) {
    return status.numbersAfter("Uid:");
  }

  @Override
  public Optional<Path> workingDirectory(ProcessIdentity process) {
    return read(process, directory -> ProcLink.target(directory.resolve("cwd")));
  }

  @Override
  public Optional<Path> executable(ProcessIdentity process) {
    return read(process, ProcProfiles::executable);
  }

  @Override
  public Optional<ProcessStatus> status(ProcessIdentity process) {
    return read(process, ProcStatus::of);
  }

  @Override
  public Map<Integer, ProcessProfile> profiles(Map<Integer, Instant> startedAt) {
    try {
      return new ProcProfiles().of(startedAt);
    } catch (IOException e) {
      throw failure(e);
    }
  }

  @Override
  public List<ProcessThread> threads(ProcessIdentity process) {
    return read(process, ProcThreads::of).orElse(List.of());
  }

  @Override
  public Optional<ProcessPlacement> placement(ProcessIdentity process) {
    return read(process, new ProcPlacement()::of);
  }

  @Override
  public Optional<ProcessOutput> output(ProcessIdentity process) {
    return read(process, ProcOutput::of);
  }

  @Override
  public Optional<ProcessLaunch> launch(ProcessIdentity process) {
    return read(process, ProcLaunch::of);
  }

  @Override
  public boolean isJvm(ProcessIdentity process) {
    return read(process, ProcJvm::of).orElse(false);
  }

  private interface Reading<T> {
    T of(Path directory) throws IOException;
  }

  /** Trusts what it read only if the PID still belongs to the same process afterwards. */
  private <T> Optional<T> read(ProcessIdentity process, Reading<T> reading) {
    try {
      T value = reading.of(directory(process.pid()));
      return isAlive(process) ? Optional.of(value) : Optional.empty();
    } catch (IOException e) {
      // Gone, or not for this user to know.
      return Optional.empty();
    }
  }

  static Path directory(int pid) {
    return Path.of("/proc", Integer.toString(pid));
  }
}
