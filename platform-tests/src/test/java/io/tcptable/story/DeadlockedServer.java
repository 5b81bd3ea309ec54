// SPDX-License-Identifier: Apache-2.0
package io.tcptable.story;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.ReentrantLock;

/** A server in Java whose handler waits for a lock that two other threads keep for ever. */
final class DeadlockedServer {

  private static final ReentrantLock ONE = new ReentrantLock();
  private static final ReentrantLock OTHER = new ReentrantLock();

  private DeadlockedServer() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    CountDownLatch bothHold = new CountDownLatch(2);
    lockInTurn(ONE, OTHER, bothHold);
    lockInTurn(OTHER, ONE, bothHold);
    bothHold.await();
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), Place.PORT);
    HttpServer server = HttpServer.create(address, 0);
    server.createContext("/health", exchange -> ONE.lock());
    server.start();
    System.out.println("ready " + ProcessHandle.current().pid());
    while (System.in.read() >= 0) {
      // Until its input ends.
    }
    System.exit(0);
  }

  private static void lockInTurn(ReentrantLock first, ReentrantLock second, CountDownLatch held) {
    Thread thread =
        new Thread(
            () -> {
              first.lock();
              held.countDown();
              try {
                held.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              second.lock();
            });
    thread.setDaemon(true);
    thread.start();
  }
}
