// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import io.tcptable.OsProcess;
import io.tcptable.internal.Platforms;
import io.tcptable.process.ProcessArguments;
import io.tcptable.process.ProcessOutput;
import io.tcptable.process.ProcessPlacement;
import io.tcptable.process.ProcessStatus;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a diagnosis saw of a process. What it could not see is empty.
 *
 * @param pid the process ID
 * @param startedAt when it started
 * @param name its short name
 * @param parent the PID of its parent
 * @param commandLine the program and its arguments, 64 KiB at most; empty if not known
 * @param commandLineOmitted how many arguments are left out after these
 * @param executable the file of the program
 * @param workingDirectory its working directory
 * @param user the user it runs as
 * @param status what it did and used at the second look
 * @param stateBefore what it did at the first look
 * @param placement where it runs and under whom
 * @param containerName what people call its container, if it runs in one
 * @param composeService the service of Docker Compose that its container is one of, as {@code
 *     project/service}
 * @param output where it writes to
 */
public record ProcessEvidence(
    long pid,
    Instant startedAt,
    String name,
    OptionalLong parent,
    List<String> commandLine,
    int commandLineOmitted,
    Optional<Path> executable,
    Optional<Path> workingDirectory,
    Optional<String> user,
    Optional<ProcessStatus> status,
    Optional<ProcessStatus.State> stateBefore,
    Optional<ProcessPlacement> placement,
    Optional<String> containerName,
    Optional<String> composeService,
    Optional<ProcessOutput> output) {

  /** Keeps its own copy. */
  public ProcessEvidence {
    commandLine = List.copyOf(commandLine);
  }

  static ProcessEvidence of(OsProcess owner, Optional<ProcessStatus.State> stateBefore) {
    Optional<OsProcess> parent = owner.parent();
    Optional<ProcessArguments> commandLine = owner.commandLine();
    Optional<ProcessPlacement> placement = owner.placement();
    return new ProcessEvidence(
        owner.pid(),
        owner.startedAt(),
        owner.name(),
        parent.map(p -> OptionalLong.of(p.pid())).orElse(OptionalLong.empty()),
        commandLine.map(ProcessArguments::words).orElse(List.of()),
        commandLine.map(ProcessArguments::omitted).orElse(0),
        owner.executable(),
        owner.workingDirectory(),
        owner.user(),
        owner.status(),
        stateBefore,
        placement,
        placement.flatMap(ProcessPlacement::container).flatMap(Platforms.current()::containerName),
        placement.flatMap(ProcessPlacement::container).flatMap(Platforms.current()::composeService),
        owner.output());
  }

  /** The same, with what people call its container. */
  ProcessEvidence inContainerCalled(String called) {
    return new ProcessEvidence(
        pid,
        startedAt,
        name,
        parent,
        commandLine,
        commandLineOmitted,
        executable,
        workingDirectory,
        user,
        status,
        stateBefore,
        placement,
        Optional.of(called),
        composeService,
        output);
  }

  Optional<String> service() {
    return placement.flatMap(ProcessPlacement::service);
  }

  Optional<String> container() {
    return placement.flatMap(ProcessPlacement::container);
  }

  OptionalLong processGroup() {
    return status.map(ProcessStatus::processGroup).orElse(OptionalLong.empty());
  }

  OptionalLong session() {
    return status.map(ProcessStatus::session).orElse(OptionalLong.empty());
  }

  OptionalLong programImage() {
    return status.map(ProcessStatus::programImage).orElse(OptionalLong.empty());
  }

  /** Empty if this user may not look into it. */
  OptionalLong openDescriptors() {
    return status.map(ProcessStatus::openDescriptors).orElse(OptionalLong.empty());
  }

  /** Whether both run the same file, as far as is known. */
  boolean runsSameProgramAs(ProcessEvidence other) {
    return executable.isPresent() && executable.equals(other.executable);
  }

  /** Name and PID: {@code python3(19508)}. */
  @Override
  public String toString() {
    return name + "(" + pid + ")";
  }
}
