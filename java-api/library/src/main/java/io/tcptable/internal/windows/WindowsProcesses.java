// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.windows;

import io.tcptable.internal.binding.CallBuffer;
import io.tcptable.internal.binding.WindowsCalls;
import io.tcptable.internal.platform.NamedFile;
import io.tcptable.internal.platform.PinnedHandle;
import io.tcptable.internal.platform.ProcessSource;
import io.tcptable.internal.table.ProcessIdentity;
import io.tcptable.process.LaunchObstacle;
import io.tcptable.process.LaunchObstacle.Kind;
import io.tcptable.process.ProcessArguments;
import io.tcptable.process.ProcessLaunch;
import io.tcptable.process.ProcessOutput;
import io.tcptable.process.ProcessPlacement;
import io.tcptable.process.ProcessStatus;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongFunction;

/**
 * More about one process: from the list of all of them, which needs no right, or by a handle of it.
 */
final class WindowsProcesses implements ProcessSource {

  /** The longest path, in characters. */
  private static final int LONGEST_PATH = 32_768;

  private final WindowsCalls calls;
  private final OpenProcesses handles;
  private final ProcessList list;
  private final ServiceNames services;
  private final AccountReader accounts;

  WindowsProcesses(WindowsCalls calls, ProcessList list) {
    this.calls = calls;
    this.handles = new OpenProcesses(calls);
    this.list = list;
    this.services = new ServiceNames(calls);
    this.accounts = new AccountReader(calls);
  }

  @Override
  public boolean isAlive(ProcessIdentity process) {
    return listed(process).isPresent();
  }

  private Optional<ListedProcess> listed(ProcessIdentity process) {
    return list.read().stream().filter(now -> now.is(process)).findFirst();
  }

  @Override
  public Optional<ProcessIdentity> find(int pid) {
    return list.read().stream()
        .filter(process -> process.pid() == pid)
        .map(ListedProcess::identity)
        .findFirst();
  }

  @Override
  public Optional<ProcessIdentity> parent(ProcessIdentity process) {
    return new WindowsProcessTree(list.read()).parent(process);
  }

  @Override
  public List<ProcessIdentity> all() {
    return list.read().stream().map(ListedProcess::identity).toList();
  }

  @Override
  public Map<ProcessIdentity, ProcessIdentity> parents() {
    return new WindowsProcessTree(list.read()).parents();
  }

  @Override
  public List<ProcessIdentity> descendants(ProcessIdentity process) {
    return new WindowsProcessTree(list.read()).descendants(process);
  }

  @Override
  public List<ProcessIdentity> startedBy(int pid) {
    return new WindowsProcessTree(list.read()).startedByEarlier(pid);
  }

  @Override
  public Optional<PinnedHandle> hold(ProcessIdentity process) {
    return WindowsHandle.of(calls, process, this::interrupt);
  }

  @Override
  public boolean terminate(List<PinnedHandle> held) {
    return WindowsHandle.terminate(held, this::interrupt);
  }

  private boolean interrupt(Set<Integer> pids) {
    StartedBatches batches =
        new StartedBatches(new WindowsProcessTree(list.read()), this::isStartedBatch);
    return ConsoleOwner.interrupt(pids, batches.of(pids));
  }

  private boolean isStartedBatch(ProcessIdentity process) {
    return commandLine(process).map(ProcessArguments::words).filter(BatchFile::isStart).isPresent();
  }

  @Override
  public boolean detaches() {
    return true;
  }

  @Override
  public Process start(ProcessBuilder builder) throws IOException {
    return new ProcessCreation(calls).start(builder);
  }

  @Override
  public Optional<ProcessArguments> commandLine(ProcessIdentity process) {
    return opened(
        process,
        OpenProcesses.READING,
        handle ->
            new ProcessParameters(calls, handle)
                .commandLine()
                .map(line -> new ProcessArguments(CommandLine.split(line), 0)));
  }

  @Override
  public Optional<String> user(ProcessIdentity process) {
    return opened(process, OpenProcesses.QUERY_LIMITED_INFORMATION, accounts::of);
  }

  @Override
  public Optional<Path> workingDirectory(ProcessIdentity process) {
    return opened(
        process,
        OpenProcesses.READING,
        handle -> new ProcessParameters(calls, handle).currentDirectory().flatMap(NamedFile::of));
  }

  @Override
  public Optional<Path> executable(ProcessIdentity process) {
    return opened(
        process,
        OpenProcesses.QUERY_LIMITED_INFORMATION,
        handle -> image(handle).flatMap(NamedFile::of));
  }

  private Optional<String> image(long handle) {
    ByteBuffer name = CallBuffer.allocate(2 * LONGEST_PATH);
    ByteBuffer size = CallBuffer.allocate(Integer.BYTES).putInt(0, LONGEST_PATH);
    if (calls.QueryFullProcessImageNameW(handle, 0, name, size) < 0) {
      return Optional.empty();
    }
    name.limit(Math.min(LONGEST_PATH, size.getInt(0)) * 2);
    return Optional.of(StandardCharsets.UTF_16LE.decode(name).toString());
  }

  /** A service, and what is in another session, cannot be started from here. */
  @Override
  public Optional<ProcessLaunch> launch(ProcessIdentity process) {
    Optional<ListedProcess> listed = listed(process);
    Optional<ListedProcess> self = ownProcess();
    if (listed.isEmpty()) {
      return Optional.empty();
    }
    List<LaunchObstacle> obstacles = new ArrayList<>();
    services.of(process).stream()
        .map(name -> new LaunchObstacle(Kind.SERVICE, name))
        .forEach(obstacles::add);
    if (self.isEmpty() || self.get().session() != listed.get().session()) {
      obstacles.add(new LaunchObstacle(Kind.OTHER_SESSION, "" + listed.get().session()));
    }
    if (!obstacles.isEmpty()) {
      return Optional.of(WindowsLaunch.unknown(obstacles));
    }
    Optional<ProcessLaunch> launch =
        opened(
            self.get().identity(),
            OpenProcesses.QUERY_LIMITED_INFORMATION,
            own ->
                opened(
                    process,
                    OpenProcesses.READING,
                    handle ->
                        Optional.of(
                            new WindowsLaunch(calls, handle)
                                .read(own, image(handle), process.startedAt()))));
    return launch.or(
        () ->
            isAlive(process)
                ? Optional.of(
                    WindowsLaunch.unknown(List.of(WindowsLaunch.unreadable("its memory"))))
                : Optional.empty());
  }

  private Optional<ListedProcess> ownProcess() {
    long own = ProcessHandle.current().pid();
    return list.read().stream().filter(process -> process.pid() == own).findFirst();
  }

  /** By a handle of this very process; empty if it is gone or this user may not. */
  private <T> Optional<T> opened(
      ProcessIdentity process, int rights, LongFunction<Optional<T>> reading) {
    long handle = handles.open(process, rights);
    if (handle < 0) {
      return Optional.empty();
    }
    try {
      return reading.apply(handle);
    } finally {
      handles.close(handle);
    }
  }

  /** There are no forks, so that no two processes share an image. */
  @Override
  public Optional<ProcessStatus> status(ProcessIdentity process) {
    return listed(process)
        .map(
            now ->
                ProcessStatus.builder(now.state())
                    .programImage(now.pid())
                    .session(now.session())
                    .openDescriptors(now.handles())
                    .residentMemory(now.workingSet())
                    .build());
  }

  /** Several services in one process are named one after another. */
  @Override
  public Optional<ProcessPlacement> placement(ProcessIdentity process) {
    if (!isAlive(process)) {
      return Optional.empty();
    }
    String names = String.join(", ", services.of(process));
    return Optional.of(
        ProcessPlacement.builder().service(Optional.of(names).filter(n -> !n.isEmpty())).build());
  }

  /** By its launcher: jcmd itself looks for the library before it runs anything in the process. */
  @Override
  public boolean isJvm(ProcessIdentity process) {
    return executable(process)
        .map(Path::getFileName)
        .map(name -> name.toString().toLowerCase(Locale.ROOT))
        .filter("java.exe"::equals)
        .isPresent();
  }

  /** Handles do not tell what they are of. */
  @Override
  public Optional<ProcessOutput> output(ProcessIdentity process) {
    return Optional.empty();
  }
}
