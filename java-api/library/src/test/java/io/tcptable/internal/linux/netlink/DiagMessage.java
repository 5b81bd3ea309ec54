// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.linux.netlink;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * One socket as sock_diag tells it, {@code struct inet_diag_msg} and attributes, written at the
 * offsets of {@code linux/inet_diag.h}; what is not told is 0.
 */
public final class DiagMessage {

  public static final int ESTABLISHED = 1;
  static final int TIME_WAIT = 6;
  static final int LISTEN = 10;

  static final int INFO = 2;
  static final int V6_ONLY = 11;
  static final int MARK = 15;

  private static final int FIXED = 72;

  private ByteBuffer bytes = ByteBuffer.allocate(FIXED).order(ByteOrder.nativeOrder());

  private DiagMessage(int family, int state, int localPort, int remotePort) {
    bytes.put(0, (byte) family).put(1, (byte) state);
    networkOrder(4, localPort);
    networkOrder(6, remotePort);
  }

  public static DiagMessage v4(int state, int localPort, int remotePort) {
    return new DiagMessage(SockDiagCodec.AF_INET, state, localPort, remotePort);
  }

  public static DiagMessage v6(int state, int localPort, int remotePort) {
    return new DiagMessage(SockDiagCodec.AF_INET6, state, localPort, remotePort);
  }

  /** A listener on an IPv4 port. */
  public static DiagMessage listener(int port, int inode) {
    return v4(LISTEN, port, 0).inode(inode);
  }

  private void networkOrder(int at, int port) {
    bytes.put(at, (byte) (port >>> 8)).put(at + 1, (byte) port);
  }

  /** Both addresses, 4 or 16 bytes each. */
  public DiagMessage between(byte[] local, byte[] remote) {
    bytes.put(8, local).put(24, remote);
    return this;
  }

  public DiagMessage inode(int inode) {
    bytes.putInt(68, inode);
    return this;
  }

  public DiagMessage uid(int uid) {
    bytes.putInt(64, uid);
    return this;
  }

  public DiagMessage queues(int receive, int send) {
    bytes.putInt(56, receive).putInt(60, send);
    return this;
  }

  public DiagMessage timer(int kind, int retransmits, int millis) {
    bytes.put(2, (byte) kind).put(3, (byte) retransmits).putInt(52, millis);
    return this;
  }

  public DiagMessage boundTo(int interfaceIndex) {
    bytes.putInt(40, interfaceIndex);
    return this;
  }

  public DiagMessage cookie(long cookie) {
    bytes.putInt(44, (int) cookie).putInt(48, (int) (cookie >>> 32));
    return this;
  }

  public DiagMessage attribute(int type, byte... value) {
    int at = bytes.capacity();
    ByteBuffer longer =
        ByteBuffer.allocate(at + Netlink.align(4 + value.length)).order(ByteOrder.nativeOrder());
    longer.put(0, bytes, 0, at);
    longer.putShort(at, (short) (4 + value.length)).putShort(at + 2, (short) type);
    longer.put(at + 4, value);
    bytes = longer;
    return this;
  }

  public byte[] bytes() {
    return Arrays.copyOf(bytes.array(), bytes.capacity());
  }
}
