// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.table;

import java.net.InetAddress;
import java.util.Arrays;

/**
 * Which sockets are wanted. Sources let the kernel filter where it can; the columns accept no
 * socket that does not match, also if a source offers it.
 *
 * @param localPorts wanted local ports in ascending order; empty for all
 * @param remotePort the wanted remote port; 0 for all
 * @param states one bit a wanted state: {@code 1 << number}, the kernel's numbers; bit 0 for all
 *     numbers beyond 31
 * @param ipv4 whether IPv4 sockets are wanted
 * @param ipv6 whether IPv6 sockets are wanted
 * @param detail whether {@code tcp_info} is wanted
 * @param transfer whether more of {@code tcp_info} is wanted, see {@link Transfer}
 * @param owners whether it will be asked who owns them
 * @param conditions what else a socket must meet
 */
@SuppressWarnings("ArrayRecordComponent") // filters are never compared, their ports never changed
public record SocketFilter(
    int[] localPorts,
    int remotePort,
    int states,
    boolean ipv4,
    boolean ipv6,
    boolean detail,
    boolean transfer,
    boolean owners,
    RowConditions conditions) {

  /** Every state, known or not. */
  public static final int ALL_STATES = ~0;

  /** Accepts every socket, asks for owners and no detail. */
  public static SocketFilter all() {
    return new SocketFilter(
        new int[0], 0, ALL_STATES, true, true, false, false, true, RowConditions.NONE);
  }

  public SocketFilter withLocalPorts(int... ports) {
    return new SocketFilter(
        ports, remotePort, states, ipv4, ipv6, detail, transfer, owners, conditions);
  }

  public SocketFilter withRemotePort(int port) {
    return new SocketFilter(
        localPorts, port, states, ipv4, ipv6, detail, transfer, owners, conditions);
  }

  public SocketFilter withStates(int mask) {
    return new SocketFilter(
        localPorts, remotePort, mask, ipv4, ipv6, detail, transfer, owners, conditions);
  }

  public SocketFilter withFamilies(boolean ipv4, boolean ipv6) {
    return new SocketFilter(
        localPorts, remotePort, states, ipv4, ipv6, detail, transfer, owners, conditions);
  }

  public SocketFilter withDetail() {
    return new SocketFilter(
        localPorts, remotePort, states, ipv4, ipv6, true, transfer, owners, conditions);
  }

  /** With more of {@code tcp_info}. */
  public SocketFilter withTransfer() {
    return new SocketFilter(
        localPorts, remotePort, states, ipv4, ipv6, true, true, owners, conditions);
  }

  /** With another end at this address, be it one of IPv4 or the IPv4-mapped one of the same. */
  public SocketFilter withRemoteAddress(InetAddress address) {
    return with(conditions.withRemote(address));
  }

  /** Bound to the network interface with this index. */
  public SocketFilter withInterface(int index) {
    return with(conditions.withInterface(index));
  }

  /** Owned by the process with this PID. */
  public SocketFilter withOwner(int pid) {
    return with(conditions.withPid(pid));
  }

  private SocketFilter with(RowConditions other) {
    return new SocketFilter(
        localPorts, remotePort, states, ipv4, ipv6, detail, transfer, owners, other);
  }

  public SocketFilter withoutOwners() {
    return new SocketFilter(
        localPorts, remotePort, states, ipv4, ipv6, detail, transfer, false, conditions);
  }

  /** Whether another one accepts the same sockets. */
  public boolean selectsAs(SocketFilter other) {
    return Arrays.equals(localPorts, other.localPorts)
        && remotePort == other.remotePort
        && states == other.states
        && ipv4 == other.ipv4
        && ipv6 == other.ipv6
        && conditions.equals(other.conditions);
  }

  /** Whether neither a port nor a state is asked for, so that most sockets there are may match. */
  public boolean isAnyPortInAnyState() {
    return localPorts.length == 0 && remotePort == 0 && states == ALL_STATES;
  }

  public boolean accepts(boolean v6, int state, int localPort, int remotePort) {
    return (v6 ? ipv6 : ipv4)
        && ((states >>> bit(state)) & 1) != 0
        && (this.remotePort == 0 || this.remotePort == remotePort)
        && (localPorts.length == 0 || Arrays.binarySearch(localPorts, localPort) >= 0);
  }

  private static int bit(int state) {
    return state >= 0 && state < Integer.SIZE ? state : 0;
  }
}
