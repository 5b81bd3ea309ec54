// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.platform;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/**
 * What this system says of a call on a socket that failed. Java has one type of exception for
 * several errors and gives no error number, and the text depends on the language. So a text is
 * compared with one that is provoked, on loopback and without any other network.
 */
public final class SystemErrors {

  /** A call that is made to fail. */
  private interface Call {
    void make() throws IOException;
  }

  private SystemErrors() {}

  /** What the system says of it. Newer JDKs add to some which call it was: "(connect failed)". */
  public static String text(IOException e) {
    String message = String.valueOf(e.getMessage());
    int call = message.lastIndexOf(" (");
    return call >= 0 && message.endsWith(" failed)") ? message.substring(0, call) : message;
  }

  /** Of a port that is in use: EADDRINUSE. */
  public static String portInUse() {
    return provoked(
        () -> {
          try (SocketChannel holder = bound();
              SocketChannel second = SocketChannel.open()) {
            second.bind(holder.getLocalAddress());
          }
        });
  }

  /** Of an address, or of all local ports, that cannot be had: EADDRNOTAVAIL. */
  public static String addressNotAvailable() {
    // RFC 5737: an address for documentation, which no interface has.
    InetSocketAddress elsewhere = new InetSocketAddress("192.0.2.1", 0);
    return provoked(
        () -> {
          try (SocketChannel socket = SocketChannel.open()) {
            socket.bind(elsewhere);
          }
        });
  }

  /** Of a connection to a port without a listener: ECONNREFUSED. */
  public static String refused() {
    return provoked(
        () -> {
          try (SocketChannel holder = bound();
              SocketChannel client = SocketChannel.open()) {
            client.connect(holder.getLocalAddress());
          }
        });
  }

  /** Of a connection that is reset before connect returns: ECONNRESET. */
  public static String reset() {
    return provoked(
        () -> {
          try (ServerSocketChannel listener = ServerSocketChannel.open();
              SocketChannel client = SocketChannel.open()) {
            listener.bind(loopback());
            client.configureBlocking(false);
            client.connect(listener.getLocalAddress());
            listener.accept().setOption(StandardSocketOptions.SO_LINGER, 0).close();
            client.finishConnect();
          }
        });
  }

  private static SocketChannel bound() throws IOException {
    return SocketChannel.open().bind(loopback());
  }

  private static InetSocketAddress loopback() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  /** Empty if the call did not fail, so that nothing equals it. */
  private static String provoked(Call call) {
    try {
      call.make();
      return "";
    } catch (IOException e) {
      return text(e);
    }
  }
}
