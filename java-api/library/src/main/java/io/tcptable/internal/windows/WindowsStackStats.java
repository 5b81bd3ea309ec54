// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.windows;

import io.tcptable.internal.platform.StackStats;
import io.tcptable.process.PortPolicy;
import io.tcptable.process.TcpCounters;

/** What Windows counts and rules for all of TCP: none of what Linux counts. */
final class WindowsStackStats implements StackStats {

  @Override
  public TcpCounters counters() {
    return TcpCounters.builder().build();
  }

  @Override
  public PortPolicy ports() {
    return PortRanges.read(Netsh::ask);
  }
}
