// SPDX-License-Identifier: Apache-2.0
package io.tcptable.binding;

import io.tcptable.OsProcess;
import io.tcptable.TcpQuery;
import io.tcptable.TcpState;
import io.tcptable.TcpTable;
import io.tcptable.internal.Platforms;
import io.tcptable.internal.linux.LinuxAccess;
import io.tcptable.internal.platform.SystemAccess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Looks at its own listener by eBPF, from many threads at once, and by {@code /proc}. Prints every
 * answer there was, and how many descriptors lead to eBPF afterwards.
 */
final class BpfOwnersProbe {

  private static final int THREADS = 8;
  private static final int SNAPSHOTS = 50;

  private BpfOwnersProbe() {}

  /** Takes the name of a binding. */
  public static void main(String[] arguments) throws IOException {
    try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      TcpQuery query = TcpQuery.all().localPort(listener.getLocalPort()).states(TcpState.LISTEN);
      System.out.println("bpf=" + answers(query, LinuxAccess.open(arguments[0], "bpf")));
      System.out.println("proc=" + Set.of(answer(query, LinuxAccess.open(arguments[0], "proc"))));
      System.out.println("descriptors=" + descriptors());
    }
  }

  private static Set<String> answers(TcpQuery query, SystemAccess sources) {
    Set<String> answers = new ConcurrentSkipListSet<>();
    List<Thread> threads =
        IntStream.range(0, THREADS)
            .mapToObj(
                i ->
                    new Thread(
                        () -> {
                          for (int n = 0; n < SNAPSHOTS; n++) {
                            answers.add(answer(query, sources));
                          }
                        }))
            .toList();
    threads.forEach(Thread::start);
    threads.forEach(BpfOwnersProbe::join);
    return answers;
  }

  private static String answer(TcpQuery query, SystemAccess sources) {
    TcpTable table = Platforms.reading(sources, () -> TcpTable.snapshot(query));
    OsProcess owner = table.listeners().get(0).owners().get(0);
    return table.listeners().get(0).owners().size()
        + "x"
        + owner
        + "@"
        + owner.startedAt()
        + (owner.pid() == ProcessHandle.current().pid() ? "" : " is another");
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What those descriptors are; the numbers that they have say nothing. */
  private static List<String> descriptors() throws IOException {
    List<String> descriptors = new ArrayList<>();
    try (Stream<Path> all = Files.list(Path.of("/proc/self/fd"))) {
      for (Path descriptor : (Iterable<Path>) all::iterator) {
        if (Files.exists(descriptor, LinkOption.NOFOLLOW_LINKS)) {
          String target = Files.readSymbolicLink(descriptor).toString();
          if (target.startsWith("anon_inode:bpf")) {
            descriptors.add(target);
          }
        }
      }
    }
    Collections.sort(descriptors);
    return descriptors;
  }
}
