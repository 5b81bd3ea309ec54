// SPDX-License-Identifier: Apache-2.0
package io.tcptable;

import io.tcptable.internal.platform.NamespaceScope;
import io.tcptable.internal.platform.PortNumber;
import io.tcptable.internal.table.RowConditions;
import io.tcptable.internal.table.SocketFilter;
import java.net.InetAddress;
import java.net.NetworkInterface;
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

  private static final TcpQuery ALL = new TcpQuery(SocketFilter.all(), NamespaceScope.OWN);

  private final SocketFilter filter;
  private final NamespaceScope namespaces;

  private TcpQuery(SocketFilter filter, NamespaceScope namespaces) {
    this.filter = filter;
    this.namespaces = namespaces;
  }

  private TcpQuery with(SocketFilter other) {
    return new TcpQuery(other, namespaces);
  }

  /** Every TCP socket of the calling thread's network namespace, with owners, without detail. */
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
    return with(filter.withLocalPorts(sorted));
  }

  /**
   * Only sockets with this remote port.
   *
   * @param port 1 to 65535
   * @throws IllegalArgumentException if it is out of range
   */
  public TcpQuery remotePort(int port) {
    return with(filter.withRemotePort(PortNumber.checked(port)));
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
    return with(filter.withStates(mask));
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
    return with(
        filter.withFamilies(
            family == StandardProtocolFamily.INET, family == StandardProtocolFamily.INET6));
  }

  /**
   * Only connections from or to this remote address. An address of IPv4 also means the IPv4-mapped
   * one of IPv6 sockets ({@code ::ffff:192.0.2.1}), as Java's sockets have; the zone of an IPv6
   * address is not looked at.
   */
  public TcpQuery remoteAddress(InetAddress address) {
    Objects.requireNonNull(address, "address");
    return with(filter.withRemoteAddress(address));
  }

  /**
   * Only sockets that are bound to this network interface ({@code SO_BINDTODEVICE} of {@code
   * socket(7)}). The binding {@code java} and Windows do not tell it: there, a snapshot is a {@link
   * TcpTableException}.
   */
  public TcpQuery boundTo(NetworkInterface networkInterface) {
    Objects.requireNonNull(networkInterface, "networkInterface");
    return with(filter.withInterface(networkInterface.getIndex()));
  }

  /**
   * Only sockets that the process with this PID owns. No other process is looked into, so that it
   * costs little, and further owners of a shared socket are not named. If this user may not look
   * into the process, the table is empty and {@link TcpTable#unreadableProcesses()} is 1; if it is
   * hidden from this user, {@link TcpTable#hasHiddenProcesses()} is true.
   *
   * @param pid as seen from this JVM's PID namespace, 1 to 2,147,483,647; {@link #withoutOwners()}
   *     does not change what this asks for
   * @throws IllegalArgumentException if it is out of range
   */
  public TcpQuery ownedBy(long pid) {
    return with(filter.withOwner(checkedPid(pid)));
  }

  private static int checkedPid(long pid) {
    if (pid < 1 || pid > Integer.MAX_VALUE) {
      throw new IllegalArgumentException("PID " + pid + " is not in 1.." + Integer.MAX_VALUE);
    }
    return (int) pid;
  }

  /** Only sockets that this JVM owns; see {@link #ownedBy}. Needs no privileges. */
  public TcpQuery ownedByThisProcess() {
    return ownedBy(ProcessHandle.current().pid());
  }

  /**
   * The sockets in the network namespace of a process, such as one in a container, instead of those
   * in the namespace of the calling thread. Linux only.
   *
   * <p>The namespace is entered by {@code setns(2)}, on a thread that ends with the snapshot; this
   * needs {@code CAP_SYS_ADMIN} (root). Without that right, and with the binding {@code java}, it
   * is read from {@code /proc/PID/net/tcp}, which needs the right to look into the process and
   * tells less: no limit of an accept queue, no detail. If neither works, the snapshot is a {@link
   * TcpTableException}. {@link TcpSocket#namespace()} tells which namespace it was.
   *
   * @param pid as seen from this JVM's PID namespace, 1 to 2,147,483,647
   * @throws IllegalArgumentException if it is out of range
   */
  public TcpQuery inNamespaceOf(long pid) {
    return new TcpQuery(filter, NamespaceScope.of(checkedPid(pid)));
  }

  /**
   * The sockets in all network namespaces that can be seen: those of all processes, and those that
   * {@code ip-netns(8)} keeps without a process. Linux only. Each is read as by {@link
   * #inNamespaceOf}; {@link TcpTable#namespaces()} lists them, and {@link
   * TcpTable#unseenNamespaces()} and {@link TcpTable#unplacedProcesses()} count what is missing.
   *
   * <p>Costs a link to read for each process, one dump for each namespace, and one search for the
   * owners of all sockets. The kernel goes through its whole table for each dump, about 1 ms on a
   * large machine.
   */
  public TcpQuery allNamespaces() {
    return new TcpQuery(filter, NamespaceScope.ALL);
  }

  /** Leaves out the search for owners, the dearer part of a snapshot. */
  public TcpQuery withoutOwners() {
    return with(filter.withoutOwners());
  }

  /** Asks for {@link TcpSocket#detail()} too. */
  public TcpQuery withDetail() {
    return with(filter.withDetail());
  }

  /**
   * Whether each connection between these two ends is selected, in whatever state it is and whoever
   * owns it. False if the query has conditions on these, or is about another network namespace.
   */
  public boolean selects(Endpoint local, Endpoint remote) {
    Objects.requireNonNull(local, "local");
    Objects.requireNonNull(remote, "remote");
    RowConditions more = filter.conditions();
    return selectsByEnds()
        && filter.accepts(local.isV6(), 0, local.port(), remote.port())
        && (!more.hasRemote() || more.remoteAddress().equals(remote.address()));
  }

  /**
   * Whether {@link #selects} can tell each socket that is selected: the query has no conditions on
   * states, owners and interfaces, and is about the network namespace of the calling thread.
   */
  public boolean selectsByEnds() {
    return namespaces.equals(NamespaceScope.OWN)
        && filter.states() == SocketFilter.ALL_STATES
        && filter.conditions().interfaceIndex() == 0
        && filter.conditions().pid() == 0;
  }

  /** The local ports that are asked for, in ascending order; none if all are. */
  public int[] wantedLocalPorts() {
    return filter.localPorts().clone();
  }

  /** Whether it selects the same sockets, whatever it asks of each. */
  boolean selectsAs(TcpQuery other) {
    return namespaces.equals(other.namespaces) && filter.selectsAs(other.filter);
  }

  /**
   * Asks for {@link TcpDetail#transfer()} too, and so for {@link TcpSocket#detail()}. It takes 88
   * bytes more a socket.
   */
  public TcpQuery withTransferDetail() {
    return with(filter.withTransfer());
  }

  SocketFilter filter() {
    return filter;
  }

  NamespaceScope namespaces() {
    return namespaces;
  }

  /** The PID of the only owner that is wanted; 0 for all. */
  int owner() {
    return filter.conditions().pid();
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
    RowConditions more = filter.conditions();
    if (more.hasRemote()) {
      text.add("remoteAddress=" + more.remoteAddress().getHostAddress());
    }
    if (more.interfaceIndex() != 0) {
      text.add("interface=" + more.interfaceIndex());
    }
    if (more.pid() != 0) {
      text.add("ownedBy=" + more.pid());
    }
    if (namespaces.all()) {
      text.add("namespaces=all");
    } else if (namespaces.pid() != 0) {
      text.add("inNamespaceOf=" + namespaces.pid());
    }
    return text.add("detail=" + (filter.transfer() ? "transfer" : filter.detail()))
        .add("owners=" + filter.owners())
        .toString();
  }
}
