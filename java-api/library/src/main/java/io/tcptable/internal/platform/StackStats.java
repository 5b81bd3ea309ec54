// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.platform;

import io.tcptable.process.PortPolicy;
import io.tcptable.process.TcpCounters;

/**
 * Tells what the operating system counts and rules for all of TCP, read at the moment of asking.
 */
public interface StackStats {

  TcpCounters counters();

  PortPolicy ports();
}
