// SPDX-License-Identifier: Apache-2.0
package io.tcptable.binding;

import io.tcptable.TcpQuery;
import io.tcptable.TcpTable;
import io.tcptable.TcpTableException;
import io.tcptable.internal.Platforms;
import io.tcptable.internal.binding.BindingSelection;
import io.tcptable.internal.linux.LinuxAccess;
import io.tcptable.internal.platform.SystemAccess;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Takes snapshots of everything by the provider in the first argument, with owners from the source
 * in the second, {@code failing} half way if the third says so, and prints how many descriptors
 * were open {@code before} and {@code after}.
 */
final class DescriptorsProbe {

  private static final int SNAPSHOTS = 1_000;
  private static final int WARM_UP = 500;
  private static final int LOOKS = 5;

  /** Enough that several threads share the walk over the processes. */
  private static final int PROCESSES = 20;

  private DescriptorsProbe() {}

  public static void main(String[] arguments) throws IOException {
    boolean failing = arguments[2].equals("failing");
    FailingCalls calls = new FailingCalls(Providers.calls(arguments[0]));
    SystemAccess sources =
        failing
            ? LinuxAccess.of(new BindingSelection<>(arguments[0], calls, Map.of()), arguments[1])
            : LinuxAccess.open(arguments[0], arguments[1]);
    List<Process> processes = start();
    InetAddress loopback = InetAddress.getLoopbackAddress();
    try (ServerSocket listener = new ServerSocket(0, 1, loopback);
        Socket client = new Socket(loopback, listener.getLocalPort());
        Socket server = listener.accept()) {
      calls.failFromNowOn();
      snapshots(WARM_UP, server.getLocalPort(), sources);
      int before = open();
      int failed = snapshots(SNAPSHOTS, client.getPort(), sources);
      System.out.println("before=" + before + "\nafter=" + open());
      System.out.println("failed=" + failed + "\nneverClosed=" + calls.open());
    } finally {
      processes.forEach(Process::destroyForcibly);
    }
  }

  private static List<Process> start() throws IOException {
    List<Process> processes = new ArrayList<>();
    for (int i = 0; i < PROCESSES; i++) {
      processes.add(new ProcessBuilder("sleep", "600").start());
    }
    return processes;
  }

  /**
   * Those of this process that stay open, and one of the listing itself: a thread of the JVM may
   * have a file open for a moment, what was never closed is there at each look.
   */
  private static int open() throws IOException {
    int least = Integer.MAX_VALUE;
    try {
      for (int look = 0; look < LOOKS; look++) {
        least = Math.min(least, Objects.requireNonNull(new File("/proc/self/fd").list()).length);
        Thread.sleep(20);
      }
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
    return least;
  }

  /** Returns how many failed. */
  private static int snapshots(int count, int port, SystemAccess sources) {
    TcpQuery query = TcpQuery.all().withDetail();
    int failed = 0;
    for (int i = 0; i < count; i++) {
      try {
        TcpTable table = Platforms.reading(sources, () -> TcpTable.snapshot(query));
        if (table.stream().filter(socket -> socket.localPort() == port).count() != 2) {
          throw new IllegalStateException("not the listener and its connection: " + table);
        }
      } catch (TcpTableException e) {
        failed++;
      }
    }
    return failed;
  }
}
