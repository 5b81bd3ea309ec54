// SPDX-License-Identifier: Apache-2.0
package io.tcptable.memory;

import com.sun.management.ThreadMXBean;
import io.tcptable.TcpQuery;
import io.tcptable.TcpTable;
import io.tcptable.internal.Platforms;
import io.tcptable.internal.linux.LinuxAccess;
import io.tcptable.internal.platform.SystemAccess;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Field;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Makes some thousand sockets, takes snapshots by the binding in the argument again and again, and
 * prints of the middle one, by what this thread {@code allocated} beyond what the table {@code
 * kept}, these two and how many {@code sockets} it held. For a JVM in which no other thread helps.
 */
final class AllocationProbe {

  private static final int CONNECTIONS = 1_500;
  private static final int WARM_UP = 300;
  private static final int SNAPSHOTS = 51;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private AllocationProbe() {}

  public static void main(String[] arguments) throws IOException, ReflectiveOperationException {
    SystemAccess sources = LinuxAccess.open(arguments[0]);
    List<SocketChannel> open = new ArrayList<>();
    try (ServerSocketChannel listener = ServerSocketChannel.open()) {
      listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      for (int i = 0; i < CONNECTIONS; i++) {
        SocketChannel client = SocketChannel.open(listener.getLocalAddress());
        // Resets the connection at the end, which leaves nothing in TIME_WAIT.
        open.add(client.setOption(StandardSocketOptions.SO_LINGER, 0));
        open.add(listener.accept());
      }
      for (int i = 0; i < WARM_UP; i++) {
        Platforms.reading(sources, () -> TcpTable.snapshot(TcpQuery.all()));
      }
      System.out.println(middle(sources));
    } finally {
      for (SocketChannel channel : open) {
        channel.close();
      }
    }
  }

  private record Measured(long allocated, long kept, int sockets) {

    long beyond() {
      return allocated - kept;
    }

    @Override
    public String toString() {
      return "allocated=" + allocated + "\nkept=" + kept + "\nsockets=" + sockets;
    }
  }

  private static Measured middle(SystemAccess sources) throws ReflectiveOperationException {
    List<Measured> all = new ArrayList<>();
    for (int i = 0; i < SNAPSHOTS; i++) {
      long before = THREADS.getCurrentThreadAllocatedBytes();
      TcpTable table = Platforms.reading(sources, () -> TcpTable.snapshot(TcpQuery.all()));
      long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
      long kept = KeptBytes.of(part(table, "columns"), part(table, "ownership"));
      all.add(new Measured(allocated, kept, table.size()));
    }
    all.sort(Comparator.comparingLong(Measured::beyond));
    return all.get(SNAPSHOTS / 2);
  }

  private static Object part(TcpTable table, String name) throws ReflectiveOperationException {
    Field field = TcpTable.class.getDeclaredField(name);
    field.setAccessible(true);
    return field.get(table);
  }
}
