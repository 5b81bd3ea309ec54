// SPDX-License-Identifier: Apache-2.0
package io.tcptable.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.internal.binding.BindingSelection;
import io.tcptable.internal.binding.LinuxCalls;
import io.tcptable.internal.linux.bpf.StateChanges;
import io.tcptable.internal.linux.netlink.DestroyedSockets;
import io.tcptable.internal.platform.PushedSockets;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;

/**
 * Makes more connections than the kernel keeps records of, before it reads one: of ends for a user
 * without rights, and of changes of states in the smallest ring buffer. For a network namespace of
 * its own, in which nothing else ends.
 */
final class LossMain {

  private static final int SOL_SOCKET = 1;
  private static final int EPERM = 1;

  /** The column of {@code /proc/net/netlink}, from 0. */
  private static final int DROPS = 8;

  /** Becomes a page. */
  private static final int SMALLEST_RING = 64;

  /** The states of a connection that the client closes first, on the server's side. */
  private static final int CHANGES = 4;

  private static final int CONNECTIONS = 1_000;
  private static final long POLL_NANOS = 1_000_000;
  private static final long MOST_NANOS = 30_000_000_000L;

  private LossMain() {}

  public static void main(String[] none) throws IOException {
    try (ServerSocket server = new ServerSocket(3001, 8, InetAddress.getLoopbackAddress())) {
      try (PushedSockets ended = DestroyedSockets.open(withoutRights())) {
        check(server, ended, LossMain::hasDrops, 2);
      }
      try (PushedSockets changes = StateChanges.openWithRing(calls(), SMALLEST_RING, 3001)) {
        check(server, changes, () -> true, CHANGES);
      }
    }
    System.out.println("all told or counted");
  }

  private interface Condition {
    boolean isMet() throws IOException;
  }

  /**
   * @param records how many there are of each connection
   */
  private static void check(
      ServerSocket server, PushedSockets pushed, Condition hasLost, int records)
      throws IOException {
    connect(server);
    long end = System.nanoTime() + MOST_NANOS;
    while (!hasLost.isMet() && System.nanoTime() < end) {
      LockSupport.parkNanos(POLL_NANOS);
    }
    long told = 0;
    long lost = 0;
    while (told + lost < (long) records * CONNECTIONS && System.nanoTime() < end) {
      PushedSockets.Reading reading = pushed.read((cookie, local, port, remote, other) -> {});
      told += reading.sockets();
      lost += reading.lost();
    }
    assertThat(told).isPositive();
    assertThat(lost).isPositive();
    assertThat(told + lost).isEqualTo((long) records * CONNECTIONS);
    // Now there is room again.
    connect(server);
    pushed.await(1_000);
    assertThat(pushed.read((cookie, local, port, remote, other) -> {}).sockets()).isPositive();
  }

  /** Whether the kernel, which tells of the ends somewhat later, has lost some. */
  private static boolean hasDrops() throws IOException {
    return Files.readAllLines(Path.of("/proc/thread-self/net/netlink")).stream()
        .skip(1)
        .map(line -> line.strip().split("\\s+"))
        .anyMatch(words -> !words[DROPS].equals("0"));
  }

  private static LinuxCalls calls() {
    return Objects.requireNonNull(BindingSelection.of(LinuxCalls.class, null).calls());
  }

  /** Real calls, but no buffer becomes greater than the kernel makes it. */
  private static LinuxCalls withoutRights() {
    LinuxCalls real = calls();
    return (LinuxCalls)
        Proxy.newProxyInstance(
            LinuxCalls.class.getClassLoader(),
            new Class<?>[] {LinuxCalls.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("setsockopt") && arguments[1].equals(SOL_SOCKET)) {
                return -EPERM;
              }
              try {
                return method.invoke(real, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private static void connect(ServerSocket server) throws IOException {
    for (int i = 0; i < CONNECTIONS; i++) {
      Socket client = new Socket(server.getInetAddress(), server.getLocalPort());
      Socket accepted = server.accept();
      client.close();
      accepted.close();
    }
  }
}
