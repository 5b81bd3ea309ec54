// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.linux.process;

import io.tcptable.internal.linux.kernel.SafePath;
import io.tcptable.internal.linux.procfs.ProcLink;
import io.tcptable.internal.linux.procfs.ProcSelf;
import io.tcptable.internal.linux.procfs.TimeLimiter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Tells whether processes run programs that no other user than root and this one can have put where
 * they are.
 *
 * <p>The path comes from the kernel, but a user may have made it: in an own directory, by a hard
 * link, or in an own mount namespace. So each directory from the top is looked at, before any that
 * a user controls can answer, and then whether the process really runs the file of that path. The
 * directories of a path are looked at once, so an instance serves one question and is not kept.
 */
final class TrustedPrograms {

  private final Map<Path, Boolean> safe = new ConcurrentHashMap<>();

  /**
   * Whether a process does; false if this user may not know.
   *
   * @param process its directory in /proc
   */
  boolean include(Path process) {
    try {
      Path link = process.resolve("exe");
      return TimeLimiter.shared().call(link, () -> isTrusted(link));
    } catch (IOException | RuntimeException e) {
      // A path that this JVM cannot express is none of a package's.
      return false;
    }
  }

  private boolean isTrusted(Path link) throws IOException {
    Path file = ProcLink.target(link);
    if (!file.isAbsolute()) {
      return false;
    }
    Boolean known = safe.get(file);
    if (known == null) {
      known = isSafe(file, ProcSelf.uid());
      safe.put(file, known);
    }
    return known && Files.isSameFile(link, file);
  }

  /** Whether only root and a user can change a file and the directories above it. */
  static boolean isSafe(Path file, int user) {
    try {
      return SafePath.resolve(file, user).equals(file);
    } catch (IOException e) {
      return false;
    }
  }
}
