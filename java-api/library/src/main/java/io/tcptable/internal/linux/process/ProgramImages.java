// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.linux.process;

import io.tcptable.internal.linux.kernel.ProcStat;
import io.tcptable.internal.linux.procfs.ProcFile;
import io.tcptable.internal.linux.procfs.ProcText;
import io.tcptable.internal.linux.procfs.TimeLimiter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Tells forks from processes that run a program of their own, by where in memory their program
 * begins. A setting of the kernel is read once, so an instance serves one question and is not kept.
 */
final class ProgramImages {

  /** From {@code personality(2)}. */
  private static final int ADDR_NO_RANDOMIZE = 0x0040000;

  private static final Path RANDOMIZE = Path.of("/proc/sys/kernel/randomize_va_space");

  private volatile Optional<Boolean> randomizes = Optional.empty();

  /**
   * What a process shares with its forks; {@link ProcText#NO_NUMBER} if that is not known.
   *
   * @param hasOwnPlaces as {@link #hasOwnPlaces} tells
   */
  static long image(ProcStat stat, boolean hasOwnPlaces) {
    return hasOwnPlaces && stat.stack() != 0 ? stat.stack() : ProcText.NO_NUMBER;
  }

  /**
   * Whether the program of a process begins at places drawn by lot; false if that is not known.
   * Where it does not, two starts look like forks.
   */
  boolean hasOwnPlaces(Path process) {
    return randomizes()
        && personality(process.resolve("personality"))
            .filter(bits -> (bits & ADDR_NO_RANDOMIZE) == 0)
            .isPresent();
  }

  private boolean randomizes() {
    if (randomizes.isEmpty()) {
      randomizes = Optional.of(ProcFile.setting(RANDOMIZE).number() > 0);
    }
    return randomizes.get();
  }

  /** The kernel lets this wait for a process that is about to run another program. */
  private static Optional<Long> personality(Path file) {
    try {
      return ProcText.bits(TimeLimiter.shared().call(file, () -> ProcFile.text(file)).line());
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
