// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.TcpQuery;
import io.tcptable.TcpState;
import io.tcptable.TcpTable;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;

/** A listener that may keep one connection waiting, keeps two as Linux does, and accepts none. */
public final class FullListener implements AutoCloseable {

  private static final int LIMIT = 1;

  private final ServerSocket listener;
  private final Socket first;
  private final Socket second;

  public FullListener() throws IOException {
    listener = new ServerSocket(0, LIMIT, Addresses.LOOPBACK);
    first = new Socket(Addresses.LOOPBACK, listener.getLocalPort());
    second = new Socket(Addresses.LOOPBACK, listener.getLocalPort());
    TcpQuery query = TcpQuery.all().localPort(listener.getLocalPort()).states(TcpState.LISTEN);
    long deadline = System.nanoTime() + 10_000_000_000L;
    while (TcpTable.snapshot(query).get(0).receiveQueue().orElse(-1) <= LIMIT) {
      assertThat(System.nanoTime()).as("waiting for a full queue").isLessThan(deadline);
      Thread.onSpinWait();
    }
  }

  public String portText() {
    return Integer.toString(listener.getLocalPort());
  }

  @Override
  public void close() throws IOException {
    second.close();
    first.close();
    listener.close();
  }
}
