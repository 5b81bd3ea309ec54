// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.platform;

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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Tells more of one process, read at the moment of asking. Empty if it is gone, if its PID belongs
 * to another process now, or if this user may not know.
 */
public interface ProcessSource {

  /**
   * Makes sure that the PIDs it tells are those of this process's own PID namespace: elsewhere, a
   * number is that of another process.
   *
   * @throws SourceException if they are not
   */
  default void requireOwnNumbers() {}

  boolean isAlive(ProcessIdentity process);

  /** Whether it is there and has not ended; a zombie has. */
  default boolean isRunning(ProcessIdentity process) {
    return status(process).filter(it -> it.state() != ProcessStatus.State.ZOMBIE).isPresent();
  }

  /** The process that has this PID now; empty if none has. */
  Optional<ProcessIdentity> find(int pid);

  Optional<ProcessIdentity> parent(ProcessIdentity process);

  /** The PID of its parent, even of one that this user may not look at. */
  default OptionalLong parentPid(ProcessIdentity process) {
    return parent(process).map(it -> OptionalLong.of(it.pid())).orElse(OptionalLong.empty());
  }

  /** Every process that this user may look at. */
  List<ProcessIdentity> all();

  /** The parent of each process that has one here, all read at once. */
  Map<ProcessIdentity, ProcessIdentity> parents();

  /** Its children and theirs, each after its parent. */
  List<ProcessIdentity> descendants(ProcessIdentity process);

  /** Those that a process with this PID has started that has ended since. */
  default List<ProcessIdentity> startedBy(int pid) {
    return List.of();
  }

  /**
   * Holds the process for signals; empty if it has ended.
   *
   * @throws SourceException if the system is short of what it takes
   */
  Optional<PinnedHandle> hold(ProcessIdentity process);

  /**
   * Starts a program that is to outlive this process and to be asked to end later. Its output goes
   * to files.
   */
  default Process start(ProcessBuilder builder) throws IOException {
    return ChildProcesses.start(builder);
  }

  /** Whether neither Ctrl-C nor the end of the terminal reaches what {@link #start} starts. */
  default boolean detaches() {
    return false;
  }

  /**
   * Asks all of these to end, in their order. Where one can be asked only along with others, all of
   * them are to be among these.
   *
   * @return whether any of them was asked
   * @throws SourceException if this user may not
   */
  default boolean terminate(List<PinnedHandle> held) {
    boolean isAsked = false;
    for (PinnedHandle one : held) {
      isAsked |= one.terminate();
    }
    return isAsked;
  }

  /**
   * Waits for children that have ended and that this program did not start, such as orphans that
   * the system gave to it: else they stay zombies. No child of {@link ChildProcesses} is touched,
   * so all programs must be started there, by the code around this library too. Where the system
   * gives orphans to nobody, there are none.
   *
   * @param most how many to wait for
   * @return how many there were
   * @throws SourceException if it cannot be done
   */
  default int reapOrphans(int most) {
    return 0;
  }

  /**
   * Why a program that this process starts may not bind an address, be it in use or not; empty if
   * it may, as far as that is known.
   *
   * @param policy the rules of the system
   * @param image the file whose code runs
   * @param start how it is started
   */
  default Optional<BindObstacle> bindObstacle(
      InetSocketAddress address, PortPolicy policy, Path image, LaunchRequest start) {
    return Optional.empty();
  }

  Optional<ProcessArguments> commandLine(ProcessIdentity process);

  Optional<String> user(ProcessIdentity process);

  /** The numbers of the users as whom it acts; none if that is not known or there are none. */
  default List<Long> userIds(ProcessIdentity process) {
    return List.of();
  }

  Optional<Path> workingDirectory(ProcessIdentity process);

  Optional<Path> executable(ProcessIdentity process);

  Optional<ProcessStatus> status(ProcessIdentity process);

  /**
   * Looks at processes, all of them for one question: that costs less than to ask each for each.
   *
   * @param startedAt when each PID's process was started
   * @return what is known, by PID; nothing of those that are gone
   */
  default Map<Integer, ProcessProfile> profiles(Map<Integer, Instant> startedAt) {
    Map<Integer, ProcessProfile> found = new HashMap<>();
    startedAt.forEach(
        (pid, at) ->
            find(pid)
                .filter(now -> now.startedAt().equals(at))
                .ifPresent(
                    process ->
                        found.put(
                            pid,
                            new ProcessProfile(
                                commandLine(process),
                                executable(process),
                                user(process),
                                status(process).map(ProcessLineage::of),
                                placement(process)))));
    return found;
  }

  /** Its threads, as many as are worth the time; none if they are not known. */
  default List<ProcessThread> threads(ProcessIdentity process) {
    return List.of();
  }

  Optional<ProcessPlacement> placement(ProcessIdentity process);

  Optional<ProcessOutput> output(ProcessIdentity process);

  /** How it was started, to start it again; empty also if this system does not tell. */
  default Optional<ProcessLaunch> launch(ProcessIdentity process) {
    return Optional.empty();
  }

  /**
   * Whether it is a Java virtual machine that can be asked for a thread dump. To ask another
   * program may stop it.
   */
  boolean isJvm(ProcessIdentity process);
}
