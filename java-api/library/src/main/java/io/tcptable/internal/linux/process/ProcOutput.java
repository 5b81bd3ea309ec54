// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.linux.process;

import io.tcptable.internal.linux.procfs.ProcDirectory;
import io.tcptable.internal.linux.procfs.ProcLink;
import io.tcptable.process.ProcessOutput;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What a process writes to, by the links in {@code /proc/PID/fd}, see {@code proc_pid_fd(5)}. */
final class ProcOutput {

  private ProcOutput() {}

  static ProcessOutput of(Path process) throws IOException {
    Path descriptors = process.resolve("fd");
    Set<Path> logs = new TreeSet<>();
    ProcDirectory.visit(
        descriptors,
        link -> {
          target(link).filter(ProcOutput::isLog).ifPresent(logs::add);
          return true;
        });
    return new ProcessOutput(
        target(descriptors.resolve("1")).map(Path::toString),
        target(descriptors.resolve("2")).map(Path::toString),
        List.copyOf(logs));
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
