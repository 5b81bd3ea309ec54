// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.table;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;

/**
 * Which sockets are wanted, by what is told of one after its state and ports.
 *
 * @param hasRemote whether one remote address is wanted
 * @param remoteHigh the first half of that address, of IPv4 as an IPv4-mapped one
 * @param remoteLow the second half
 * @param interfaceIndex the network interface that it must be bound to; 0 for any and none
 * @param pid the process that must own it; 0 for any and none
 */
public record RowConditions(
    boolean hasRemote, long remoteHigh, long remoteLow, int interfaceIndex, int pid) {

  static final RowConditions NONE = new RowConditions(false, 0, 0, 0, 0);

  private static final long MAPPED = 0xffff_0000_0000L;
  private static final int V6_LENGTH = 16;

  /** With this remote address, be it one of IPv4 or the IPv4-mapped one of the same. */
  RowConditions withRemote(InetAddress address) {
    byte[] bytes = address.getAddress();
    return bytes.length == V6_LENGTH
        ? new RowConditions(true, number(bytes, 0, 8), number(bytes, 8, 16), interfaceIndex, pid)
        : new RowConditions(true, 0, MAPPED | number(bytes, 0, 4), interfaceIndex, pid);
  }

  private static long number(byte[] bytes, int from, int to) {
    long number = 0;
    for (int i = from; i < to; i++) {
      number = number << Byte.SIZE | Byte.toUnsignedLong(bytes[i]);
    }
    return number;
  }

  /** The remote address that is wanted; java.net makes one of IPv4 of an IPv4-mapped one. */
  public InetAddress remoteAddress() {
    byte[] bytes = ByteBuffer.allocate(V6_LENGTH).putLong(remoteHigh).putLong(remoteLow).array();
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new AssertionError("16 bytes are legal", e);
    }
  }

  RowConditions withInterface(int index) {
    return new RowConditions(hasRemote, remoteHigh, remoteLow, index, pid);
  }

  RowConditions withPid(int owner) {
    return new RowConditions(hasRemote, remoteHigh, remoteLow, interfaceIndex, owner);
  }

  /** Whether the columns alone must be looked at, apart from owners. */
  boolean concernColumns() {
    return hasRemote || interfaceIndex != 0;
  }

  boolean acceptV4(int remote, int boundTo) {
    return accept(0, MAPPED | Integer.toUnsignedLong(remote), boundTo);
  }

  boolean accept(long high, long low, int boundTo) {
    return (!hasRemote || (high == remoteHigh && low == remoteLow))
        && (interfaceIndex == 0 || interfaceIndex == boundTo);
  }
}
