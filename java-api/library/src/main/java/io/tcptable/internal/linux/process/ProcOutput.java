// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.linux.process;

import io.tcptable.process.ProcessOutput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a process writes to, by the links in {@code /proc/PID/fd}, see {@code proc_pid_fd(5)}. */
final class ProcOutput {

  private ProcOutput() {}

  static ProcessOutput of(Path process) throws IOException {
    Path descriptors = process.resolve("fd");
    Set<Path> logs = new TreeSet<>();
    try (DirectoryStream<Path> links = Files.newDirectoryStream(descriptors)) {
      for (Path link : links) {
        String target = target(link);
        if (target != null && isLog(target)) {
          logs.add(Path.of(target));
        }
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    return new ProcessOutput(
        Optional.ofNullable(target(descriptors.resolve("1"))),
        Optional.ofNullable(target(descriptors.resolve("2"))),
        List.copyOf(logs));
  }

  static long count(Path process) throws IOException {
    try (Stream<Path> links = Files.list(process.resolve("fd"))) {
      return links.count();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /** One deleted while open ends in {@code (deleted)}, and nobody else can read it. */
  private static boolean isLog(String target) {
    return target.startsWith("/") && target.endsWith(".log");
  }

  private static @Nullable String target(Path link) throws IOException {
    try {
      return Files.readSymbolicLink(link).toString();
    } catch (NoSuchFileException e) {
      // Closed.
      return null;
    }
  }
}
