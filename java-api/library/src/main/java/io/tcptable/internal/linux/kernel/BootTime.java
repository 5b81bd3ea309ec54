// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.linux.kernel;

import io.tcptable.internal.linux.procfs.ProcFile;
import io.tcptable.internal.platform.SourceException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Turns the kernel's clock ticks since boot into a time of day, by {@code /proc/uptime}, which is
 * exact to 10 ms. Measured once, at first use, so that a process started at one time as long as
 * this JVM lives.
 */
public final class BootTime {

  /** USER_HZ: what user space sees as a clock tick, the same on every architecture of today. */
  private static final long TICKS_PER_SECOND = 100;

  private static volatile @Nullable Instant boot;

  private BootTime() {}

  public static Instant plusTicks(long ticks) {
    return boot().plusMillis(ticks * 1000 / TICKS_PER_SECOND);
  }

  private static synchronized Instant measured() {
    Instant measured = boot;
    if (measured == null) {
      measured = Instant.now().minus(uptime());
      boot = measured;
    }
    return measured;
  }

  private static Instant boot() {
    Instant known = boot;
    return known != null ? known : measured();
  }

  private static Duration uptime() {
    try {
      String uptime = ProcFile.text(Path.of("/proc/uptime")).line();
      return Duration.ofMillis(
          Math.round(1000 * Double.parseDouble(uptime.substring(0, uptime.indexOf(' ')))));
    } catch (IOException | RuntimeException e) {
      throw new SourceException("/proc/uptime", "cannot read /proc/uptime: " + e, e);
    }
  }
}
