// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.linux.process;

import io.tcptable.internal.linux.kernel.ProcStat;
import io.tcptable.process.ProcessStatus;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/** What a process does and uses, by the files of {@code proc_pid(5)} and its control group. */
final class ProcStatus {

  private static final long UNKNOWN = -1;

  /** From {@code personality(2)}. */
  private static final int ADDR_NO_RANDOMIZE = 0x0040000;

  private static final Path RANDOMIZE = Path.of("/proc/sys/kernel/randomize_va_space");

  private static final String OPEN_FILES = "Max open files";

  private ProcStatus() {}

  static ProcessStatus of(int pid, Path process) throws IOException {
    ProcStat stat =
        LinuxProcesses.stat(pid).orElseThrow(() -> new NoSuchFileException(process.toString()));
    String status = Files.readString(process.resolve("status"));
    CgroupMemory memory = CgroupMemory.of(Cgroups.of(process));
    return ProcessStatus.builder(stat.state())
        .waitChannel(waitChannel(process))
        .tracer(statusField(status, "TracerPid"))
        .processGroup(stat.group())
        .session(stat.session())
        .programImage(image(process, stat))
        .openDescriptors(openDescriptors(process))
        .descriptorLimit(descriptorLimit(process))
        .residentMemory(kibibytes(statusField(status, "VmRSS")))
        .groupMemory(memory.inUse())
        .groupMemoryLimit(memory.limit())
        .build();
  }

  /** Where programs do not begin at places drawn by lot, two starts look like forks. */
  private static long image(Path process, ProcStat stat) {
    try {
      int personality =
          Integer.parseUnsignedInt(Files.readString(process.resolve("personality")).strip(), 16);
      boolean drawn =
          (personality & ADDR_NO_RANDOMIZE) == 0
              && !Files.readString(RANDOMIZE).strip().equals("0");
      return drawn && stat.stack() != 0 ? stat.stack() : UNKNOWN;
    } catch (IOException e) {
      return UNKNOWN;
    }
  }

  /** The number in a line such as {@code VmRSS: 1740 kB}. */
  static long statusField(String status, String name) {
    String start = name + ":";
    // The kernel writes \n in a name as \\n, but \r as it is.
    return Arrays.stream(status.split("\n", -1))
        .filter(line -> line.startsWith(start))
        .map(line -> line.substring(start.length()).strip().split("\\s", 2)[0])
        .mapToLong(Long::parseLong)
        .findFirst()
        .orElse(UNKNOWN);
  }

  private static long kibibytes(long count) {
    return count < 0 ? UNKNOWN : 1024 * count;
  }

  private static Optional<String> waitChannel(Path process) {
    try {
      String channel = Files.readString(process.resolve("wchan")).strip();
      // "0" while it runs, and to those who may not know.
      return channel.isEmpty() || channel.equals("0") ? Optional.empty() : Optional.of(channel);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static long openDescriptors(Path process) throws IOException {
    try {
      return ProcOutput.count(process);
    } catch (AccessDeniedException e) {
      return UNKNOWN;
    }
  }

  private static long descriptorLimit(Path process) throws IOException {
    return descriptorLimit(Files.readString(process.resolve("limits")));
  }

  /** The soft limit, which counts, in a line such as {@code Max open files 1024 4096 files}. */
  static long descriptorLimit(String limits) {
    return limits
        .lines()
        .filter(line -> line.startsWith(OPEN_FILES))
        .map(line -> line.substring(OPEN_FILES.length()).strip().split("\\s+", 2)[0])
        .mapToLong(soft -> soft.equals("unlimited") ? Long.MAX_VALUE : Long.parseLong(soft))
        .findFirst()
        .orElse(UNKNOWN);
  }
}
