package io.tcptable;

import io.tcptable.internal.table.ProcessIdentity;
import io.tcptable.internal.table.ProcessSource;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A process that owns a socket. PID and start time together are its identity: two owners are equal
 * if they are the same process, even in different snapshots, and a later process with the same PID
 * is never taken for it. Immutable and safe for use by many threads.
 */
public final class Owner {

  private final ProcessIdentity identity;
  private final ProcessSource processes;

  Owner(ProcessIdentity identity, ProcessSource processes) {
    this.identity = identity;
    this.processes = processes;
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
    return processes.isAlive(identity);
  }

  /**
   * The program and its arguments, read now; empty if the process is gone or this user may not
   * know.
   */
  public Optional<List<String>> commandLine() {
    return processes.commandLine(identity);
  }

  /**
   * The name of the user it runs as, or the number if there is no name, read now; empty if the
   * process is gone or this user may not know.
   */
  public Optional<String> user() {
    return processes.user(identity);
  }

  /** Its working directory, read now; empty if it is gone or this user may not know. */
  public Optional<Path> workingDirectory() {
    return processes.workingDirectory(identity);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Owner that
        && identity.pid() == that.identity.pid()
        && identity.start() == that.identity.start();
  }

  @Override
  public int hashCode() {
    return 31 * identity.pid() + Long.hashCode(identity.start());
  }

  /** Name and PID: {@code python3(19508)}. */
  @Override
  public String toString() {
    return name() + "(" + pid() + ")";
  }
}
