// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.linux;

import io.tcptable.internal.linux.kernel.SafePath;
import io.tcptable.internal.platform.ChildProcesses;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A program of the system, where only root can have put it. */
final class TrustedTool {

  private static final int ROOT = 0;

  /** It takes milliseconds; but a diagnosis is often made on a machine in trouble. */
  private static final int LONGEST_SECONDS = 5;

  private static final int MOST_BYTES = 8 << 20;

  private static final List<String> DIRECTORIES =
      List.of("/usr/bin", "/bin", "/usr/sbin", "/sbin", "/run/current-system/sw/bin");

  private TrustedTool() {}

  /** The path of a program by its name. */
  static Optional<Path> find(String name) {
    return DIRECTORIES.stream()
        .map(directory -> Path.of(directory, name))
        .filter(TrustedTool::isTrusted)
        .findFirst();
  }

  /**
   * The same.
   *
   * @param origin the package that it comes from
   * @throws IOException if there is none
   */
  static String require(String name, String origin) throws IOException {
    return find(name)
        .map(Path::toString)
        .orElseThrow(
            () -> new IOException("the program " + name + " is missing: install " + origin));
  }

  /** What a program prints; empty if it is missing, cannot be run, hangs or prints too much. */
  static Optional<String> output(String name, String... arguments) {
    Optional<Path> file = find(name);
    if (file.isEmpty()) {
      return Optional.empty();
    }
    List<String> command = new ArrayList<>(List.of(file.get().toString()));
    command.addAll(List.of(arguments));
    try {
      Process process =
          ChildProcesses.start(
              new ProcessBuilder(command)
                  .redirectInput(Redirect.from(Path.of("/dev/null").toFile()))
                  .redirectError(Redirect.DISCARD));
      try {
        return output(process);
      } finally {
        process.destroyForcibly();
      }
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** A program that hangs holds its output open: it is ended, and what it printed is not all. */
  private static Optional<String> output(Process process) throws IOException {
    CompletableFuture<Boolean> ended =
        process
            .onExit()
            .thenApply(it -> true)
            .completeOnTimeout(false, LONGEST_SECONDS, TimeUnit.SECONDS)
            .thenApply(
                inTime -> {
                  if (!inTime) {
                    process.destroyForcibly();
                  }
                  return inTime;
                });
    byte[] bytes = process.getInputStream().readNBytes(MOST_BYTES);
    return bytes.length < MOST_BYTES && ended.join()
        ? Optional.of(new String(bytes, StandardCharsets.UTF_8))
        : Optional.empty();
  }

  private static boolean isTrusted(Path file) {
    try {
      return Files.isExecutable(file) && Files.isRegularFile(SafePath.resolve(file, ROOT));
    } catch (IOException e) {
      return false;
    }
  }
}
