// SPDX-License-Identifier: Apache-2.0
package io.tcptable.process;

import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * Which ports the system gives to whom, see {@code ip(7)}. What this system does not tell is empty,
 * never 0.
 *
 * @param lowestLocal the first port that outgoing connections are given ({@code
 *     ip_local_port_range})
 * @param highestLocal the last one
 * @param reserved the ports in between that they are not given ({@code ip_local_reserved_ports}); a
 *     server that asks for one of them by its number gets it all the same
 * @param firstUnprivileged the first port that any user may bind ({@code
 *     ip_unprivileged_port_start}); those below take CAP_NET_BIND_SERVICE
 * @param excluded the ports that nobody gets, though nobody is on them; only Windows has such
 *     ranges, taken by Hyper-V and the like ({@code netsh interface ipv4 show excludedportrange})
 */
public record PortPolicy(
    OptionalInt lowestLocal,
    OptionalInt highestLocal,
    List<Range> reserved,
    OptionalInt firstUnprivileged,
    List<Range> excluded) {

  /** Keeps its own copy. */
  public PortPolicy {
    reserved = List.copyOf(reserved);
    excluded = List.copyOf(excluded);
  }

  /**
   * Ports from one to another.
   *
   * @param first the first of them
   * @param last the last of them
   */
  public record Range(int first, int last) {

    private boolean holds(int port) {
      return port >= first && port <= last;
    }
  }

  /** Whether nobody gets this port, though nobody may be on it. */
  public boolean isExcluded(int port) {
    return excluded.stream().anyMatch(range -> range.holds(port));
  }

  /** Whether an outgoing connection may be given this port, so that no server can have it. */
  public boolean isGivenAway(int port) {
    return lowestLocal.isPresent()
        && port >= lowestLocal.getAsInt()
        && port <= highestLocal.orElse(0)
        && reserved.stream().noneMatch(range -> range.holds(port));
  }

  /** Whether only a privileged user may bind this port. */
  public boolean isPrivileged(int port) {
    return firstUnprivileged.isPresent() && port < firstUnprivileged.getAsInt();
  }

  /** How many ports there are for outgoing connections to one address and port. */
  public OptionalInt localPorts() {
    return lowestLocal.isEmpty() || highestLocal.isEmpty()
        ? OptionalInt.empty()
        : OptionalInt.of(
            (int)
                IntStream.rangeClosed(lowestLocal.getAsInt(), highestLocal.getAsInt())
                    .filter(this::isGivenAway)
                    .count());
  }
}
