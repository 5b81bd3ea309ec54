// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.demo;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Several broken backends on one port, and clients that gave up on them. */
final class BrokenServer implements AutoCloseable {

  private static final int CONNECT_MILLIS = 2000;
  private static final byte[] REQUEST =
      "GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  private final List<DemoProcess> instances = new ArrayList<>();

  /** Starts instances side by side and returns when all of them listen. */
  void start(int port, int count) throws IOException {
    List<DemoProcess> started = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      DemoProcess instance = DemoProcess.start(BrokenBackend.class, port);
      started.add(instance);
      instances.add(instance);
    }
    for (DemoProcess instance : started) {
      instance.awaitReady();
    }
  }

  /** Lets clients ask for the health and give up: the server's ends stay in CLOSE_WAIT. */
  void disappoint(int port, int clients) throws IOException {
    InetSocketAddress server = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    for (int i = 0; i < clients; i++) {
      try (Socket client = new Socket()) {
        client.connect(server, CONNECT_MILLIS);
        client.getOutputStream().write(REQUEST);
      }
    }
  }

  @Override
  public void close() {
    instances.forEach(DemoProcess::close);
    instances.clear();
  }
}
