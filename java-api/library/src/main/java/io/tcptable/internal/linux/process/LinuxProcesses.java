// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.linux.process;

import io.tcptable.internal.binding.LinuxCalls;
import io.tcptable.internal.linux.procfs.ProcLink;
import io.tcptable.internal.platform.BindObstacle;
import io.tcptable.internal.platform.LaunchRequest;
import io.tcptable.internal.platform.PinnedHandle;
import io.tcptable.internal.platform.ProcessProfile;
import io.tcptable.internal.platform.ProcessSource;
import io.tcptable.internal.platform.SourceException;
import io.tcptable.internal.table.ProcessIdentity;
import io.tcptable.process.PortPolicy;
import io.tcptable.process.ProcessArguments;
import io.tcptable.process.ProcessLaunch;
import io.tcptable.process.ProcessOutput;
import io.tcptable.process.ProcessPlacement;
import io.tcptable.process.ProcessStatus;
import io.tcptable.process.ProcessThread;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** More about one process, by plain reads of {@code /proc/PID}, see {@code proc_pid(5)}. */
public final class LinuxProcesses implements ProcessSource {

  private final @Nullable LinuxCalls calls;

  /**
   * @param calls the seam, or null to do without
   */
  public LinuxProcesses(@Nullable LinuxCalls calls) {
    this.calls = calls;
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
  public Optional<BindObstacle> bindObstacle(
      InetSocketAddress address, PortPolicy policy, Path image, LaunchRequest start) {
    return BindRights.current(new FileRights(calls)).obstacle(address, policy, image, start);
  }

  @Override
  public boolean isAlive(ProcessIdentity process) {
    try {
      return ProcIdentity.isSame(process);
    } catch (IOException e) {
      throw failure(e);
    }
  }

  @Override
  public boolean isRunning(ProcessIdentity process) {
    try {
      return ProcIdentity.isRunning(process);
    } catch (IOException e) {
      throw failure(e);
    }
  }

  @Override
  public Optional<ProcessIdentity> find(int pid) {
    try {
      return ProcIdentity.statIfShown(ProcIdentity.directory(pid)).map(stat -> stat.identity(pid));
    } catch (IOException e) {
      throw failure(e);
    }
  }

  @Override
  public Optional<ProcessIdentity> parent(ProcessIdentity process) {
    try {
      return ProcIdentity.parent(process);
    } catch (IOException e) {
      throw failure(e);
    }
  }

  /** One outside of this PID namespace has the number 0 here, see {@code pid_namespaces(7)}. */
  @Override
  public OptionalLong parentPid(ProcessIdentity process) {
    try {
      return ProcIdentity.parentNumber(process)
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
    return read(process, ProcUserIds::distinct).orElse(List.of());
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
      T value = reading.of(ProcIdentity.directory(process.pid()));
      return isAlive(process) ? Optional.of(value) : Optional.empty();
    } catch (IOException e) {
      // Gone, or not for this user to know.
      return Optional.empty();
    }
  }
}
