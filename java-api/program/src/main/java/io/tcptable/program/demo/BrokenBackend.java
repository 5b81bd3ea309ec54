// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.demo;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/**
 * A backend as people find it hanging: it lets other instances share its port, accepts every
 * connection, and neither reads, answers nor closes any.
 */
public final class BrokenBackend {

  /** Referred to from here, so that no connection is ever closed. */
  private static final List<SocketChannel> KEPT = new ArrayList<>();

  private BrokenBackend() {}

  /** Listens on the port of the first argument until its standard input ends. */
  public static void main(String[] args) throws IOException {
    int port = Integer.parseInt(args[0]);
    ServerSocketChannel listener = ServerSocketChannel.open();
    listener.setOption(sharing(listener), true);
    listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 128);
    Thread server = new Thread(() -> keepWhatComes(listener), "server");
    server.setDaemon(true);
    server.start();
    System.out.println(DemoProcess.READY);
    System.in.transferTo(OutputStream.nullOutputStream());
  }

  /** Where there is no SO_REUSEPORT, as on Windows, SO_REUSEADDR does it. */
  private static SocketOption<Boolean> sharing(ServerSocketChannel listener) {
    return listener.supportedOptions().contains(StandardSocketOptions.SO_REUSEPORT)
        ? StandardSocketOptions.SO_REUSEPORT
        : StandardSocketOptions.SO_REUSEADDR;
  }

  private static void keepWhatComes(ServerSocketChannel listener) {
    try {
      while (true) {
        KEPT.add(listener.accept());
      }
    } catch (IOException e) {
      System.err.println("stopped accepting: " + e);
    }
  }
}
