// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.table;

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
 * @param owners whether it will be asked who owns them
 */
@SuppressWarnings("ArrayRecordComponent") // filters are never compared, their ports never changed
public record SocketFilter(
    int[] localPorts,
    int remotePort,
    int states,
    boolean ipv4,
    boolean ipv6,
    boolean detail,
    boolean owners) {

  /** Every state, known or not. */
  public static final int ALL_STATES = ~0;

  /** Accepts every socket, asks for owners and no detail. */
  public static SocketFilter all() {
    return new SocketFilter(new int[0], 0, ALL_STATES, true, true, false, true);
  }

  public SocketFilter withLocalPorts(int... ports) {
    return new SocketFilter(ports, remotePort, states, ipv4, ipv6, detail, owners);
  }

  public SocketFilter withRemotePort(int port) {
    return new SocketFilter(localPorts, port, states, ipv4, ipv6, detail, owners);
  }

  public SocketFilter withStates(int mask) {
    return new SocketFilter(localPorts, remotePort, mask, ipv4, ipv6, detail, owners);
  }

  public SocketFilter withFamilies(boolean ipv4, boolean ipv6) {
    return new SocketFilter(localPorts, remotePort, states, ipv4, ipv6, detail, owners);
  }

  public SocketFilter withDetail() {
    return new SocketFilter(localPorts, remotePort, states, ipv4, ipv6, true, owners);
  }

  public SocketFilter withoutOwners() {
    return new SocketFilter(localPorts, remotePort, states, ipv4, ipv6, detail, false);
  }

  /** Whether another one accepts the same sockets. */
  public boolean selectsAs(SocketFilter other) {
    return Arrays.equals(localPorts, other.localPorts)
        && remotePort == other.remotePort
        && states == other.states
        && ipv4 == other.ipv4
        && ipv6 == other.ipv6;
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
