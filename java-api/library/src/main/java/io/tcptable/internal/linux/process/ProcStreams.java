// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.linux.process;

import io.tcptable.internal.linux.procfs.ProcDirectory;
import io.tcptable.internal.linux.procfs.ProcFile;
import io.tcptable.internal.linux.procfs.ProcLink;
import io.tcptable.internal.linux.procfs.TimeLimiter;
import io.tcptable.process.LaunchObstacle;
import io.tcptable.process.LaunchObstacle.Kind;
import io.tcptable.process.ProcessLaunch.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** The standard input, output and error of a process, see {@code proc_pid_fd(5)}. */
final class ProcStreams {

  private static final Path NULL = Path.of("/dev/null");
  private static final Path PROC = Path.of("/proc");

  /** The access mode of an open file, see {@code open(2)}. */
  private static final int O_ACCMODE = 3;

  /** As many descriptors are looked at to find who writes into a pipe. */
  private static final int MOST_DESCRIPTORS = 256 * 1024;

  private ProcStreams() {}

  /** Where a descriptor of output leads. */
  static Target output(Path process, int descriptor) throws IOException {
    Path link = process.resolve("fd").resolve(Integer.toString(descriptor));
    Path target;
    try {
      target = ProcLink.target(link);
    } catch (NoSuchFileException e) {
      return Target.UNKNOWN;
    }
    if (target.equals(NULL)) {
      return new Target(Target.Kind.DISCARDED, Optional.of(NULL));
    }
    return target.isAbsolute() && isRegularFileOf(link, target)
        ? new Target(Target.Kind.FILE, Optional.of(target))
        : Target.UNKNOWN;
  }

  /** Whether a path still leads to the very file that is open. A disk may not answer. */
  private static boolean isRegularFileOf(Path link, Path target) {
    try {
      return TimeLimiter.shared()
          .call(link, () -> Files.isRegularFile(link) && Files.isSameFile(link, target));
    } catch (IOException e) {
      return false;
    }
  }

  /** Whether the process can do without its input: nothing, a terminal, or a pipe at its end. */
  static Optional<LaunchObstacle> input(Path process) throws IOException {
    Path target;
    try {
      target = ProcLink.target(process.resolve("fd/0"));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
    String name = target.toString();
    boolean isIdle =
        target.equals(NULL)
            || name.startsWith("/dev/pts/")
            || name.startsWith("/dev/tty")
            || name.equals("/dev/console")
            || (name.startsWith("pipe:[") && !isWritten(target));
    return isIdle
        ? Optional.empty()
        : Optional.of(
            new LaunchObstacle(Kind.INPUT_NEEDED, name.startsWith("/") ? name : kind(name)));
  }

  /** {@code socket} of {@code socket:[4711]}. */
  private static String kind(String name) {
    int colon = name.indexOf(':');
    return "a " + (colon > 0 ? name.substring(0, colon) : name);
  }

  /** Whether any process that this user may look into can write into a pipe. */
  private static boolean isWritten(Path pipe) throws IOException {
    boolean[] written = {false};
    int[] left = {MOST_DESCRIPTORS};
    ProcDirectory.visitProcesses(
        PROC,
        process -> {
          try {
            ProcDirectory.visit(
                process.resolve("fd"),
                link -> {
                  written[0] |= isWriter(process, link, pipe);
                  return !written[0] && --left[0] > 0;
                });
          } catch (IOException e) {
            // Gone, or not for this user to know.
          }
          return !written[0] && left[0] > 0;
        });
    return written[0] || left[0] <= 0;
  }

  private static boolean isWriter(Path process, Path link, Path pipe) {
    try {
      return ProcLink.target(link).equals(pipe)
          && (accessMode(process.resolve("fdinfo").resolve(link.getFileName())) & O_ACCMODE) != 0;
    } catch (IOException e) {
      return false;
    }
  }

  /** {@code flags:} in {@code proc_pid_fdinfo(5)}, in octal. */
  private static int accessMode(Path file) {
    String flags = ProcFile.textIfKnown(file).after("flags:").orElse("");
    return flags.isEmpty() ? 0 : flags.charAt(flags.length() - 1) - '0';
  }
}
