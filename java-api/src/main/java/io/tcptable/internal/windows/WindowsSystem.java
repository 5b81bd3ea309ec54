package io.tcptable.internal.windows;

import io.tcptable.internal.table.CounterFigures;
import io.tcptable.internal.table.PortFigures;
import io.tcptable.internal.table.SystemSource;

/** What Windows counts and rules for all of TCP: none of what Linux counts. */
final class WindowsSystem implements SystemSource {

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
