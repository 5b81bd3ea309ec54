// SPDX-License-Identifier: Apache-2.0
package io.tcptable.windows;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/** Clients that get no answer, and close: the server's ends stay in CLOSE_WAIT. */
final class StuckClients {

  private StuckClients() {}

  static void giveUp(int port, int count) throws IOException {
    List<Socket> clients = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      clients.add(new Socket(InetAddress.getLoopbackAddress(), port));
    }
    for (Socket client : clients) {
      client.close();
    }
  }
}
