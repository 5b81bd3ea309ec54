// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.linux;

import io.tcptable.internal.linux.procfs.ProcDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Who has the UDP port of the same number: to TCP it is another port. */
final class UdpOwners {

  /** TCP_CLOSE, that of a UDP socket that is bound and not connected. */
  private static final String BOUND = "07";

  private UdpOwners() {}

  /** The PIDs, as far as this user may see them; empty if no UDP socket is bound to the port. */
  static Optional<List<Integer>> of(Path proc, int port) throws IOException {
    Set<Long> inodes =
        ProcSocketInodes.of(proc.resolve("self"), List.of("net/udp", "net/udp6"), BOUND, port);
    if (inodes.isEmpty()) {
      return Optional.empty();
    }
    List<Integer> pids = new ArrayList<>();
    ProcDirectory.visitProcesses(
        proc,
        process -> {
          if (ProcSocketInodes.hasOneOf(process, inodes)) {
            pids.add(ProcDirectory.pid(process));
          }
          return true;
        });
    return Optional.of(pids.stream().sorted().toList());
  }
}
