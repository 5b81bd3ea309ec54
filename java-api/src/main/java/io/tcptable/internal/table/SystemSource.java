package io.tcptable.internal.table;

/**
 * Tells what the operating system counts and rules for all of TCP, read at the moment of asking.
 */
public interface SystemSource {

  /** The name of the system, as {@code os.name} begins. */
  String name();

  CounterFigures counters();

  PortFigures ports();
}
