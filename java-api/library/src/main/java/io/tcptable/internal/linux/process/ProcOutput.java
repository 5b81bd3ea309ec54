// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.linux.process;

import io.tcptable.internal.linux.procfs.ProcDirectory;
import io.tcptable.internal.linux.procfs.ProcLink;
import io.tcptable.process.ProcessOutput;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** What a process writes to, by the links in {@code /proc/PID/fd}, see {@code proc_pid_fd(5)}. */
final class ProcOutput {

  /** A process may have any number of files open. */
  private static final int MOST_LOGS = 100;

  /** How many descriptors are looked at: that takes some tenths of a second. */
  private static final int MOST_DESCRIPTORS = 64 * 1024;

  private ProcOutput() {}

  static ProcessOutput of(Path process) throws IOException {
    Path descriptors = process.resolve("fd");
    // Of each file, by how many descriptors.
    NavigableMap<Path, Integer> logs = new TreeMap<>();
    int[] omitted = {0};
    int[] left = {MOST_DESCRIPTORS};
    ProcDirectory.visit(
        descriptors,
        link -> {
          target(link).filter(ProcOutput::isLog).ifPresent(log -> logs.merge(log, 1, Integer::sum));
          if (logs.size() > MOST_LOGS) {
            omitted[0] += logs.pollLastEntry().getValue();
          }
          return --left[0] > 0;
        });
    return new ProcessOutput(
        target(descriptors.resolve("1")).map(Path::toString),
        target(descriptors.resolve("2")).map(Path::toString),
        List.copyOf(logs.keySet()),
        omitted[0]);
  }

  /** Whether this user may list the descriptors of a process. */
  static boolean isShown(Path process) {
    try {
      ProcDirectory.visit(process.resolve("fd"), first -> false);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  static long count(Path process) throws IOException {
    long[] count = {0};
    ProcDirectory.visit(
        process.resolve("fd"),
        link -> {
          count[0]++;
          return true;
        });
    return count[0];
  }

  /** One deleted while open ends in {@code (deleted)}, and nobody else can read it. */
  private static boolean isLog(Path target) {
    return target.isAbsolute() && target.toString().endsWith(".log");
  }

  private static Optional<Path> target(Path link) throws IOException {
    try {
      return Optional.of(ProcLink.target(link));
    } catch (NoSuchFileException e) {
      // Closed.
      return Optional.empty();
    }
  }
}
