// SPDX-License-Identifier: Apache-2.0

import io.tcptable.TcpQuery;
import io.tcptable.TcpTable;
import java.io.File;
import java.util.Arrays;
import java.util.Set;

/** What {@code TcpQuery.allNamespaces()} costs; see {@code namespaces.sh}. */
final class NamespacesCost {

  private static final int CALLS = 50;

  public static void main(String[] args) {
    measure("without owners", TcpQuery.all().allNamespaces().withoutOwners());
    measure("with owners", TcpQuery.all().allNamespaces());
  }

  private static void measure(String name, TcpQuery query) {
    long[] micros = new long[CALLS];
    int sockets = 0;
    int namespaces = 0;
    int before = 0;
    int threads = 0;
    for (int i = 0; i < CALLS; i++) {
      long begin = System.nanoTime();
      TcpTable table = TcpTable.snapshot(query);
      micros[i] = (System.nanoTime() - begin) / 1000;
      sockets = table.size();
      namespaces = table.namespaces().size();
      if (i == 5) {
        before = descriptors();
        threads = threads().size();
      }
    }
    int after = descriptors();
    Arrays.sort(micros);
    System.out.printf(
        "library, %s, %s: %d namespaces, %d sockets, %d calls: least %d us, median %d us;"
            + " descriptors %+d, threads %+d%n",
        name,
        TcpTable.binding().name(),
        namespaces,
        sockets,
        CALLS,
        micros[0],
        micros[CALLS / 2],
        after - before,
        threads().size() - threads);
  }

  private static int descriptors() {
    return new File("/proc/self/fd").list().length;
  }

  private static Set<Thread> threads() {
    return Thread.getAllStackTraces().keySet();
  }
}
