// SPDX-License-Identifier: Apache-2.0
package io.tcptable;

import io.tcptable.internal.platform.ProcessFigures;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a process did and used at one moment. What this user may not know is empty, never 0.
 *
 * @param state what it does, by its first thread
 * @param waitChannel the function inside the kernel in which it waits, such as {@code
 *     inet_csk_accept} ({@code proc_pid_wchan(5)}); empty too if it does not wait
 * @param tracer the PID of the process that traces it, such as a debugger; empty too if none does
 * @param processGroup its process group, see {@code credentials(7)}
 * @param session its session, see {@code credentials(7)}
 * @param programImage a number that two processes share only if one was forked from the other, or
 *     both from a third, and neither has run a program since: the workers of one server, but not
 *     two starts of it
 * @param openDescriptors how many descriptors it has open
 * @param descriptorLimit how many it may have open ({@code RLIMIT_NOFILE}); from then on it cannot
 *     accept; {@link Long#MAX_VALUE} for any number
 * @param residentMemory bytes of it in memory
 * @param groupMemory bytes in use by its control group, less the file cache that would go first;
 *     empty too if the group has no limit
 * @param groupMemoryLimit bytes that its control group may use before the kernel kills in it; of
 *     several limits the one that is nearest; empty too if there is none
 */
public record ProcessStatus(
    State state,
    Optional<String> waitChannel,
    OptionalLong tracer,
    OptionalLong processGroup,
    OptionalLong session,
    OptionalLong programImage,
    OptionalLong openDescriptors,
    OptionalLong descriptorLimit,
    OptionalLong residentMemory,
    OptionalLong groupMemory,
    OptionalLong groupMemoryLimit) {

  /** What a process does, from {@code proc_pid_stat(5)}. */
  public enum State {
    /** Runs, or would if a processor were free. */
    RUNNING,
    /** Waits for something, and a signal wakes it. */
    SLEEPING,
    /** Waits inside the kernel, as a rule for a disk, and no signal wakes it. */
    BLOCKED,
    /** Stopped by a signal such as SIGSTOP, until SIGCONT. */
    STOPPED,
    /** Stopped by the process that traces it. */
    TRACED,
    /** Dead, but not yet waited for by its parent. */
    ZOMBIE,
    /** A state that this version does not know. */
    UNKNOWN;

    private static State of(char letter) {
      return switch (letter) {
        case 'R' -> RUNNING;
        case 'S', 'I' -> SLEEPING;
        case 'D' -> BLOCKED;
        case 'T' -> STOPPED;
        case 't' -> TRACED;
        case 'Z', 'X' -> ZOMBIE;
        default -> UNKNOWN;
      };
    }
  }

  static ProcessStatus of(ProcessFigures figures) {
    return new ProcessStatus(
        State.of(figures.state()),
        Optional.ofNullable(figures.waitChannel()),
        figures.tracer() == 0 ? OptionalLong.empty() : known(figures.tracer()),
        known(figures.group()),
        known(figures.session()),
        known(figures.image()),
        known(figures.openDescriptors()),
        known(figures.descriptorLimit()),
        known(figures.residentMemory()),
        known(figures.memoryInUse()),
        known(figures.memoryLimit()));
  }

  static OptionalLong known(long figure) {
    return figure < 0 ? OptionalLong.empty() : OptionalLong.of(figure);
  }
}
