// SPDX-License-Identifier: Apache-2.0
package io.tcptable;

import static io.tcptable.TcpTableException.asking;

import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.annotation.JsonValue;
import io.tcptable.internal.Platforms;
import io.tcptable.internal.json.JsonDocument;
import io.tcptable.internal.platform.ProcessSource;
import io.tcptable.internal.table.ProcessIdentity;
import io.tcptable.process.ProcessArguments;
import io.tcptable.process.ProcessDescription;
import io.tcptable.process.ProcessLaunch;
import io.tcptable.process.ProcessOutput;
import io.tcptable.process.ProcessPlacement;
import io.tcptable.process.ProcessStatus;
import io.tcptable.process.ProcessThread;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A process that owns a socket, or may own one. PID and start time together are its identity: two
 * owners are equal if they are the same process, even in different snapshots, and a later process
 * with the same PID is never taken for it. Immutable and safe for use by many threads.
 */
public final class OsProcess {

  private final ProcessIdentity identity;
  private final ProcessSource processes;

  OsProcess(ProcessIdentity identity, ProcessSource processes) {
    this.identity = identity;
    this.processes = processes;
  }

  /**
   * The process that has this PID now, whether it owns a socket or not; empty if there is none, or
   * it is hidden from this user.
   *
   * @throws TcpTableException if the system ran short while looking
   */
  public static Optional<OsProcess> of(long pid) {
    ProcessSource processes = asking(Platforms::access).processes();
    return pid < 1 || pid > Integer.MAX_VALUE
        ? Optional.empty()
        : asking(() -> processes.find((int) pid)).map(found -> new OsProcess(found, processes));
  }

  /**
   * Every process that this user may look at, whether it owns a socket or not, in no order: the
   * cost is that of a look at each. One that starts or ends meanwhile may be missing.
   *
   * @throws TcpTableException if the processes could not be listed
   */
  public static List<OsProcess> all() {
    ProcessSource processes = asking(Platforms::access).processes();
    return asking(processes::all).stream().map(found -> new OsProcess(found, processes)).toList();
  }

  /** The process ID, as seen from this JVM's PID namespace. */
  public long pid() {
    return identity.pid();
  }

  /**
   * When the process started; on Linux exact to 10 ms, and shifted by as much as the clock was set
   * since ({@code starttime} in {@code proc_pid_stat(5)}).
   */
  public Instant startedAt() {
    return identity.startedAt();
  }

  /**
   * The kernel's short name of the process when the snapshot was taken: on Linux {@code comm} in
   * {@code proc_pid_comm(5)}, at most 15 bytes, which the process may change.
   */
  public String name() {
    return identity.name();
  }

  /** Whether this very process is still there, dead or alive; asks the system now. */
  public boolean exists() {
    return asking(() -> processes.isAlive(identity));
  }

  /**
   * Whether this very process is there and has not ended; asks the system now, at the cost of one
   * small read. A zombie, which only waits to be reaped, has ended.
   *
   * @throws TcpTableException if the system ran short while looking
   */
  public boolean isRunning() {
    return asking(() -> processes.isRunning(identity));
  }

  /**
   * The process that started it or, if that is gone, the one that took its place, read now; empty
   * if it is gone itself, or its parent is outside of this JVM's PID namespace or hidden from this
   * user.
   *
   * @throws TcpTableException if the system ran short while looking
   */
  public Optional<OsProcess> parent() {
    return asking(() -> processes.parent(identity)).map(found -> new OsProcess(found, processes));
  }

  /**
   * The PID of the process that {@link #parent()} tells of, also if that is hidden from this user,
   * as {@code hidepid} of {@code proc(5)} does; read now, at the cost of one small read.
   *
   * @throws TcpTableException if the system ran short while looking
   */
  public OptionalLong parentPid() {
    return asking(() -> processes.parentPid(identity));
  }

  /**
   * The parent of each process that has one, as {@link #parent()} tells it of one, but read once
   * for all: the cost is that of a look at every process. One that starts or ends meanwhile may be
   * missing.
   *
   * @throws TcpTableException if the processes could not be listed
   */
  public static Map<OsProcess, OsProcess> parents() {
    ProcessSource processes = asking(Platforms::access).processes();
    Map<OsProcess, OsProcess> parents = new HashMap<>();
    asking(processes::parents)
        .forEach(
            (child, parent) ->
                parents.put(new OsProcess(child, processes), new OsProcess(parent, processes)));
    return parents;
  }

  /**
   * Its children, their children and so on, each after its parent, read now; a process that starts
   * or ends meanwhile may be missing. None if it is gone.
   *
   * @throws TcpTableException if the processes could not be listed
   */
  public List<OsProcess> descendants() {
    return asking(() -> processes.descendants(identity)).stream()
        .map(found -> new OsProcess(found, processes))
        .toList();
  }

  /**
   * Pins the process, to terminate it or to wait until it has ended.
   *
   * @return empty if this very process has ended already
   * @throws TcpTableException if the system is short of what it takes, such as descriptors
   */
  public Optional<PinnedProcess> hold() {
    return asking(() -> processes.hold(identity)).map(hold -> new PinnedProcess(this, hold));
  }

  /**
   * The program and its arguments, read now; empty if the process is gone, this user may not know,
   * or the kernel does not answer within 500 ms ({@link ProcessStatus#unanswered}).
   */
  public Optional<ProcessArguments> commandLine() {
    return asking(() -> processes.commandLine(identity));
  }

  /**
   * The name of the user it runs as, on Windows with the domain ({@code DOMAIN\name}), or the
   * number if there is no name, read now; empty if the process is gone or this user may not know.
   */
  public Optional<String> user() {
    return asking(() -> processes.user(identity));
  }

  /**
   * The numbers of the users as whom it acts, read now: its real, effective, saved and file system
   * user, each once ({@code Uid} in {@code proc_pid_status(5)}). None if the process is gone, and
   * on Windows.
   */
  public List<Long> userIds() {
    return asking(() -> processes.userIds(identity));
  }

  /** Its working directory, read now; empty if it is gone or this user may not know. */
  public Optional<Path> workingDirectory() {
    return asking(() -> processes.workingDirectory(identity));
  }

  /** The file of the program it runs, read now; empty if it is gone or this user may not know. */
  public Optional<Path> executable() {
    return asking(() -> processes.executable(identity));
  }

  /**
   * What a person wants to know of it, read now: user, command line, working directory, service and
   * container, as the methods of these names tell them one by one. About ten small files of {@code
   * /proc}. If it is gone, its name, PID and start are left.
   *
   * @throws TcpTableException if the system ran short while looking
   */
  public ProcessDescription describe() {
    Optional<ProcessPlacement> placement = placement();
    return new ProcessDescription(
        name(),
        pid(),
        startedAt(),
        user(),
        commandLine().map(ProcessArguments::words).orElse(List.of()),
        workingDirectory(),
        placement.flatMap(ProcessPlacement::service),
        placement.flatMap(ProcessPlacement::container));
  }

  /** What it does and uses, read now; empty if it is gone. */
  public Optional<ProcessStatus> status() {
    return asking(() -> processes.status(identity));
  }

  /**
   * Its threads, 512 at most, read now: three small files of {@code /proc} for each. None if it is
   * gone or this user may not know, and on Windows.
   */
  public List<ProcessThread> threads() {
    return asking(() -> processes.threads(identity));
  }

  /** Where it runs and under whom, read now; empty if it is gone. */
  public Optional<ProcessPlacement> placement() {
    return asking(() -> processes.placement(identity));
  }

  /** Where it writes to, read now; empty if it is gone or this user may not know. */
  public Optional<ProcessOutput> output() {
    return asking(() -> processes.output(identity));
  }

  /**
   * How it was started, read now, to start the same again; its environment may hold secrets. On
   * Linux this needs the same user or root, on Windows the right to read its memory: what may not
   * be read is among the {@linkplain ProcessLaunch#obstacles() obstacles}. On Windows it is read
   * from the process environment block (PEB). Empty if it is gone.
   */
  public Optional<ProcessLaunch> launch() {
    return asking(() -> processes.launch(identity));
  }

  /**
   * Whether it is a Java virtual machine that can be asked for a thread dump, by {@code jcmd} for
   * one. On Linux its memory mappings are read, which needs the same user or root; false if they
   * may not be read.
   */
  public boolean isJvm() {
    return asking(() -> processes.isJvm(identity));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof OsProcess that && identity.isSame(that.identity);
  }

  @Override
  public int hashCode() {
    return 31 * identity.pid() + Long.hashCode(identity.start());
  }

  /**
   * What tells it from all others, as in {@code owners[]} of the schema {@code tcptable.list/1}:
   * {@code {pid, startedAt, name}}. Reads nothing. Jackson writes it so, too.
   */
  @JsonValue
  @JsonRawValue
  public String toJson() {
    return JsonDocument.text(this, SocketJson::writeOwner);
  }

  /** Name and PID: {@code python3(19508)}. */
  @Override
  public String toString() {
    return name() + "(" + pid() + ")";
  }
}
