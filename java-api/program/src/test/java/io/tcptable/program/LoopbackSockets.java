// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.TcpState;
import io.tcptable.TcpTable;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Deque;
import servers.FreePorts;

/**
 * Sockets of this process: a listener, one connection that lives, and one whose client has closed
 * while the server has not.
 */
public final class LoopbackSockets implements AutoCloseable {

  /** How many connections may wait to be accepted. */
  static final int ACCEPT_QUEUE = 17;

  private static final long DEADLINE_NANOS = 10_000_000_000L;

  private final Deque<Closeable> open = new ArrayDeque<>();
  private final StandardProtocolFamily family;
  private final int port;
  private final int livingClient;
  private final int goneClient;

  /** IPv4 sockets. */
  public LoopbackSockets() throws IOException {
    this(StandardProtocolFamily.INET);
  }

  /**
   * Sockets of one family: those of IPv6 are bound to {@code ::}, and both ends are IPv4-mapped.
   */
  public LoopbackSockets(StandardProtocolFamily family) throws IOException {
    this.family = family;
    ServerSocketChannel listener = keep(ServerSocketChannel.open(family));
    boolean v6 = family == StandardProtocolFamily.INET6;
    // The system may give one for which connections of others are in TIME_WAIT.
    port = FreePorts.next();
    listener.bind(
        new InetSocketAddress(v6 ? Addresses.DUAL : Addresses.LOOPBACK, port), ACCEPT_QUEUE);
    livingClient = port(keep(connect()).getLocalAddress());
    keep(listener.accept());
    try (SocketChannel leaving = connect()) {
      goneClient = port(leaving.getLocalAddress());
      keep(listener.accept());
    }
    await(port, TcpState.CLOSE_WAIT);
    await(goneClient, TcpState.FIN_WAIT_2);
  }

  private SocketChannel connect() throws IOException {
    SocketChannel client = SocketChannel.open(family);
    client.connect(new InetSocketAddress(Addresses.LOOPBACK, port));
    return client;
  }

  private static int port(SocketAddress address) {
    return ((InetSocketAddress) address).getPort();
  }

  private <T extends Closeable> T keep(T socket) {
    open.push(socket);
    return socket;
  }

  private static void await(int port, TcpState state) {
    long deadline = System.nanoTime() + DEADLINE_NANOS;
    while (TcpTable.snapshot(port).count(state) == 0) {
      assertThat(System.nanoTime()).as("waiting for %s", state).isLessThan(deadline);
      Thread.onSpinWait();
    }
  }

  /** The port of the listener and of the server's ends. */
  public int port() {
    return port;
  }

  public String portText() {
    return Integer.toString(port);
  }

  /** The port of the client whose connection is established. */
  public int livingClient() {
    return livingClient;
  }

  /** The port of the client that has closed. */
  public int goneClient() {
    return goneClient;
  }

  @Override
  public void close() throws IOException {
    while (!open.isEmpty()) {
      open.pop().close();
    }
  }
}
