// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.server;

import io.tcptable.OsProcess;
import io.tcptable.internal.Platforms;
import io.tcptable.process.ProcessArguments;
import io.tcptable.process.ProcessPlacement;
import io.tcptable.process.ProcessStatus;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A process that is asked now, each time. */
public record LiveProcess(OsProcess process) implements ServerProcess {

  /** This process. */
  public static OsProcess self() {
    return OsProcess.of(ProcessHandle.current().pid()).orElseThrow();
  }

  /** This process and its system. */
  public static Viewpoint view(ProtectedProcesses protection) {
    return new Viewpoint(
        new RememberedProcesses().of(self()), protection::isOwnAncestor, Platforms.current());
  }

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
    return process.parent().map(LiveProcess::new);
  }

  @Override
  public Optional<Instant> startedAt() {
    return Optional.of(process.startedAt());
  }

  @Override
  public List<String> commandLine() {
    return process.commandLine().map(ProcessArguments::words).orElse(List.of());
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

  /** Name and PID: {@code python3(19508)}. */
  @Override
  public String toString() {
    return process.toString();
  }
}
