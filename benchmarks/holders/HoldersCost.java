// SPDX-License-Identifier: Apache-2.0

import io.tcptable.PortHolders;
import io.tcptable.TcpTable;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What {@code TcpTable.holders(port)} costs beside so many processes: HoldersCost PROCESSES. */
final class HoldersCost {

  private static final int CALLS = 200;

  public static void main(String[] args) throws Exception {
    List<Process> others = new ArrayList<>();
    try (ServerSocket listener = new ServerSocket(0, 8, InetAddress.getLoopbackAddress())) {
      for (int i = 0; i < Integer.parseInt(args[0]); i++) {
        others.add(new ProcessBuilder("sleep", "600").start());
      }
      long[] micros = new long[CALLS];
      for (int i = 0; i < CALLS; i++) {
        long begin = System.nanoTime();
        PortHolders holders = TcpTable.holders(listener.getLocalPort());
        micros[i] = (System.nanoTime() - begin) / 1000;
        if (holders.holders().size() != 1) {
          throw new AssertionError(holders);
        }
      }
      long first = micros[0];
      Arrays.sort(micros);
      System.out.printf(
          "%s processes, binding %s, %d calls: first %d us, least %d us, median %d us%n",
          args[0], TcpTable.binding().name(), CALLS, first, micros[0], micros[CALLS / 2]);
    } finally {
      others.forEach(Process::destroyForcibly);
    }
  }
}
