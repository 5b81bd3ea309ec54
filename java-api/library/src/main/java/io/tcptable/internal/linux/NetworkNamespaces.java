// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.linux;

import io.tcptable.internal.linux.procfs.ProcDirectory;
import io.tcptable.internal.linux.procfs.ProcLink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The network namespaces of other processes, such as those of containers: {@code
 * network_namespaces(7)}. Their sockets are in the {@code net} directory of any process in them,
 * see {@code proc_pid_net(5)}. Only root sees in which namespaces the processes of others are.
 */
final class NetworkNamespaces {

  /** A host may have thousands of containers. */
  private static final int MOST = 256;

  private static final String LISTEN = "0A";

  private final Path proc;

  NetworkNamespaces(Path proc) {
    this.proc = proc;
  }

  /** The PIDs of processes that listen on a port in another namespace, in ascending order. */
  List<Integer> listeners(int port) throws IOException {
    List<Integer> found = new ArrayList<>();
    for (List<Path> processes : others().values()) {
      Set<Long> inodes = listening(processes, port);
      for (Path process : inodes.isEmpty() ? List.<Path>of() : processes) {
        if (ProcSocketInodes.hasOneOf(process, inodes)) {
          found.add(ProcDirectory.pid(process));
        }
      }
    }
    return found.stream().sorted().toList();
  }

  /** The processes by the number of their namespace, without those of this one. */
  private Map<Long, List<Path>> others() throws IOException {
    long own = ProcLink.number(proc.resolve("self/ns/net"));
    Map<Long, List<Path>> others = new HashMap<>();
    ProcDirectory.visitProcesses(
        proc,
        process -> {
          long namespace = ProcLink.number(process.resolve("ns/net"));
          if (namespace > 0
              && namespace != own
              && (others.containsKey(namespace) || others.size() < MOST)) {
            others.computeIfAbsent(namespace, first -> new ArrayList<>()).add(process);
          }
          return true;
        });
    return others;
  }

  /** The same by any of its processes; some may have ended meanwhile. */
  private static Set<Long> listening(List<Path> processes, int port) {
    return processes.stream()
        .filter(process -> Files.isReadable(process.resolve("net/tcp")))
        .findFirst()
        .map(process -> listening(process, port))
        .orElse(Set.of());
  }

  /** The numbers of the listeners on the port in the namespace of a process. */
  private static Set<Long> listening(Path process, int port) {
    return ProcSocketInodes.of(process, List.of("net/tcp", "net/tcp6"), LISTEN, port);
  }
}
