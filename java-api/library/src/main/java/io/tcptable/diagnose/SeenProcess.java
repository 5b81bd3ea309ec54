// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import io.tcptable.internal.server.ServerProcess;
import io.tcptable.process.ProcessPlacement;
import io.tcptable.process.ProcessStatus;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A process as a diagnosis saw it, among those that it saw. */
record SeenProcess(SeenProcesses all, ProcessEvidence process) implements ServerProcess {

  @Override
  public long pid() {
    return process.pid();
  }

  @Override
  public String name() {
    return process.name();
  }

  @Override
  public Optional<ServerProcess> parent() {
    return all.parentOf(process).map(all::seen);
  }

  @Override
  public Optional<Instant> startedAt() {
    return Optional.of(process.startedAt());
  }

  @Override
  public List<String> commandLine() {
    return process.commandLine();
  }

  @Override
  public Optional<Path> executable() {
    return process.executable();
  }

  @Override
  public Optional<String> user() {
    return process.user();
  }

  @Override
  public Optional<ProcessStatus> status() {
    return process.status();
  }

  @Override
  public Optional<ProcessPlacement> placement() {
    return process.placement();
  }

  @Override
  public Optional<String> container() {
    return all.containerCalled(process).or(process::container);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SeenProcess that && pid() == that.pid();
  }

  @Override
  public int hashCode() {
    return Long.hashCode(pid());
  }

  /** Name and PID: {@code python3(19508)}. */
  @Override
  public String toString() {
    return process.toString();
  }
}
