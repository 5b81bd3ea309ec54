// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.platform;

/**
 * Tells what the operating system counts and rules for all of TCP, read at the moment of asking.
 */
public interface StackStats {

  /** The name of the system, as {@code os.name} begins. */
  String name();

  CounterFigures counters();

  PortFigures ports();
}
