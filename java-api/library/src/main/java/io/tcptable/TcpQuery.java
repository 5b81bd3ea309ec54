// SPDX-License-Identifier: Apache-2.0
package io.tcptable;

import io.tcptable.internal.platform.PortNumber;
import io.tcptable.internal.table.SocketFilter;
import java.net.ProtocolFamily;
import java.net.StandardProtocolFamily;
import java.util.Arrays;
import java.util.Objects;
import java.util.StringJoiner;

/**
 * Which sockets a snapshot is to hold, and how much of each. Immutable: each method returns a new
 * query. Where several conditions are given, a socket must meet all of them.
 *
 * <pre>{@code
 * TcpQuery.all().localPort(3001).states(TcpState.LISTEN, TcpState.CLOSE_WAIT).withDetail()
 * }</pre>
 */
@CheckReturnValue
public final class TcpQuery {

  private static final TcpQuery ALL = new TcpQuery(SocketFilter.all());

  private final SocketFilter filter;

  private TcpQuery(SocketFilter filter) {
    this.filter = filter;
  }

  /** Every TCP socket of this network namespace, with owners, without detail. */
  public static TcpQuery all() {
    return ALL;
  }

  /**
   * Only sockets with this local port.
   *
   * @param port 1 to 65535
   * @throws IllegalArgumentException if it is out of range
   */
  public TcpQuery localPort(int port) {
    return localPorts(port);
  }

  /**
   * Only sockets with one of these local ports.
   *
   * @param ports each 1 to 65535; none for all ports
   * @throws IllegalArgumentException if one is out of range
   */
  public TcpQuery localPorts(int... ports) {
    Objects.requireNonNull(ports, "ports");
    int[] sorted = Arrays.stream(ports).map(PortNumber::checked).sorted().distinct().toArray();
    return new TcpQuery(filter.withLocalPorts(sorted));
  }

  /**
   * Only sockets with this remote port.
   *
   * @param port 1 to 65535
   * @throws IllegalArgumentException if it is out of range
   */
  public TcpQuery remotePort(int port) {
    return new TcpQuery(filter.withRemotePort(PortNumber.checked(port)));
  }

  /**
   * Only sockets in one of these states.
   *
   * @param states none for all states; {@link TcpState#UNKNOWN} for those that this version has no
   *     name for
   */
  public TcpQuery states(TcpState... states) {
    Objects.requireNonNull(states, "states");
    int mask = states.length == 0 ? SocketFilter.ALL_STATES : 0;
    for (TcpState state : states) {
      mask |= Objects.requireNonNull(state, "state").mask();
    }
    return new TcpQuery(filter.withStates(mask));
  }

  /**
   * Only sockets of one address family. An IPv6 socket counts as one even if it serves IPv4
   * clients, whose addresses it shows as {@code ::ffff:127.0.0.1}.
   *
   * @param family {@link StandardProtocolFamily#INET} or {@link StandardProtocolFamily#INET6}
   * @throws IllegalArgumentException if it is another one
   */
  public TcpQuery family(ProtocolFamily family) {
    Objects.requireNonNull(family, "family");
    if (family != StandardProtocolFamily.INET && family != StandardProtocolFamily.INET6) {
      throw new IllegalArgumentException(family.name() + " is neither INET nor INET6");
    }
    return new TcpQuery(
        filter.withFamilies(
            family == StandardProtocolFamily.INET, family == StandardProtocolFamily.INET6));
  }

  /** Leaves out the search for owners, the dearer part of a snapshot. */
  public TcpQuery withoutOwners() {
    return new TcpQuery(filter.withoutOwners());
  }

  /** Asks for {@link TcpSocket#detail()} too. */
  public TcpQuery withDetail() {
    return new TcpQuery(filter.withDetail());
  }

  /** Whether it selects the same sockets, whatever it asks of each. */
  boolean selectsAs(TcpQuery other) {
    return filter.selectsAs(other.filter);
  }

  SocketFilter filter() {
    return filter;
  }

  boolean owners() {
    return filter.owners();
  }

  /** The conditions, and what is asked of each socket. */
  @Override
  public String toString() {
    StringJoiner text = new StringJoiner(", ", "TcpQuery[", "]");
    if (filter.localPorts().length > 0) {
      text.add("localPorts=" + Arrays.toString(filter.localPorts()));
    }
    if (filter.remotePort() != 0) {
      text.add("remotePort=" + filter.remotePort());
    }
    if (filter.states() != SocketFilter.ALL_STATES) {
      text.add(
          "states="
              + Arrays.stream(TcpState.values())
                  .filter(state -> (filter.states() & state.mask()) != 0)
                  .toList());
    }
    if (!filter.ipv4() || !filter.ipv6()) {
      text.add("family=" + (filter.ipv4() ? "INET" : "INET6"));
    }
    return text.add("detail=" + filter.detail()).add("owners=" + filter.owners()).toString();
  }
}
