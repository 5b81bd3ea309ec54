// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.windows;

import io.tcptable.internal.platform.CounterFigures;
import io.tcptable.internal.platform.PortFigures;
import io.tcptable.internal.platform.StackStats;

/** What Windows counts and rules for all of TCP: none of what Linux counts. */
final class WindowsStackStats implements StackStats {

  private static final int UNKNOWN = -1;

  @Override
  public String name() {
    return "Windows";
  }

  @Override
  public CounterFigures counters() {
    return new CounterFigures(UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN);
  }

  @Override
  public PortFigures ports() {
    return PortRanges.read(Netsh::ask);
  }
}
