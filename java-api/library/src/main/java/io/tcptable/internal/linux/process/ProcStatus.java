// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.linux.process;

import io.tcptable.internal.linux.kernel.ProcStat;
import io.tcptable.internal.linux.procfs.ProcFile;
import io.tcptable.internal.linux.procfs.ProcText;
import io.tcptable.internal.linux.procfs.TimeLimiter;
import io.tcptable.internal.linux.procfs.UnansweredException;
import io.tcptable.process.ProcessStatus;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** What a process does and uses, by the files of {@code proc_pid(5)} and its control group. */
final class ProcStatus {

  private static final long UNKNOWN = ProcText.NO_NUMBER;

  private static final String OPEN_FILES = "Max open files";

  private ProcStatus() {}

  static ProcessStatus of(Path process) throws IOException {
    ProcStat stat =
        ProcIdentity.stat(process).orElseThrow(() -> new NoSuchFileException(process.toString()));
    ProcText status = ProcFile.textIfKnown(process.resolve("status"));
    Cgroups groups = Cgroups.parse(ProcFile.textIfKnown(process.resolve("cgroup")));
    CgroupMemory memory = CgroupMemory.of(groups);
    return ProcessStatus.builder(stat.state())
        .waitChannel(waitChannel(process))
        .tracer(status.numberAfter("TracerPid:"))
        .processGroup(stat.group())
        .session(stat.session())
        .programImage(ProgramImages.image(stat, new ProgramImages().hasOwnPlaces(process)))
        .openDescriptors(openDescriptors(process))
        .descriptorLimit(descriptorLimit(ProcFile.textIfKnown(process.resolve("limits"))))
        .residentMemory(kibibytes(status.numberAfter("VmRSS:")))
        .groupMemory(memory.inUse())
        .groupMemoryLimit(memory.limit())
        .unanswered(unanswered(process.resolve("cmdline")))
        .frozenBy(CgroupFreezer.of(groups))
        .build();
  }

  /** By the first byte of its memory that can be had, if any. */
  private static Optional<Duration> unanswered(Path memory) {
    try {
      TimeLimiter.shared().call(memory, () -> ProcFile.bytes(memory, 1));
      return Optional.empty();
    } catch (UnansweredException e) {
      return Optional.of(TimeLimiter.LIMIT);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static long kibibytes(long count) {
    return count < 0 ? UNKNOWN : 1024 * count;
  }

  static Optional<String> waitChannel(Path process) {
    // "0" while it runs, and if this user may not know.
    return Optional.of(ProcFile.textIfKnown(process.resolve("wchan")).line())
        .filter(channel -> !channel.isEmpty() && !channel.equals("0"));
  }

  private static long openDescriptors(Path process) {
    try {
      return ProcOutput.count(process);
    } catch (IOException e) {
      return UNKNOWN;
    }
  }

  /** The soft limit, which counts, in a line such as {@code Max open files 1024 4096 files}. */
  static long descriptorLimit(ProcText limits) {
    return limits.after(OPEN_FILES).filter(rest -> rest.startsWith("unlimited")).isPresent()
        ? Long.MAX_VALUE
        : limits.numberAfter(OPEN_FILES);
  }
}
