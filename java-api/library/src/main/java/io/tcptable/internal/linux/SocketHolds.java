// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.linux;

import io.tcptable.internal.linux.procfs.ProcDirectory;
import io.tcptable.internal.linux.procfs.ProcFile;
import io.tcptable.internal.linux.procfs.ProcText;
import io.tcptable.internal.platform.SocketHold;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Listeners that a process holds without a descriptor, by what {@code proc_pid_fdinfo(5)} says of
 * its other files: an io_uring lists the files that are registered with it, a unix socket counts
 * the descriptors that were sent to it and not received (since Linux 5.6), but not which they are.
 */
final class SocketHolds {

  /** TCP_LISTEN. */
  private static final String LISTENS = "0A";

  /** More are only a list of who uses unix sockets. */
  private static final int MOST = 10;

  private final Set<Long> inodes;
  private final Set<SocketHold> found = new LinkedHashSet<>();

  private SocketHolds(Set<Long> inodes) {
    this.inodes = inodes;
  }

  /**
   * Who may hold listeners of a port so, as far as this user may see it, what is certain first.
   * Reads about every open file.
   */
  static List<SocketHold> of(Path proc, int port) throws IOException {
    SocketHolds holds =
        new SocketHolds(
            ProcSocketInodes.of(
                proc.resolve("self"), List.of("net/tcp", "net/tcp6"), LISTENS, port));
    if (holds.inodes.isEmpty()) {
      return List.of();
    }
    ProcDirectory.visitProcesses(
        proc,
        process -> {
          holds.look(process);
          return true;
        });
    boolean isKnown = holds.found.stream().anyMatch(SocketHold::isCertain);
    return holds.found.stream().filter(it -> it.isCertain() || !isKnown).limit(MOST).toList();
  }

  private void look(Path process) {
    int pid = ProcDirectory.pid(process);
    try {
      ProcDirectory.visit(
          process.resolve("fdinfo"),
          file -> {
            hold(pid, ProcFile.textIfKnown(file)).ifPresent(found::add);
            return true;
          });
    } catch (IOException e) {
      // It has ended meanwhile, or is not for this user to see.
    }
  }

  private Optional<SocketHold> hold(int pid, ProcText file) {
    long waiting = file.numberAfter("scm_fds:");
    if (waiting > 0) {
      String how =
          waiting == 1
              ? "has a descriptor waiting in a unix socket, sent to it and not received"
              : "has descriptors waiting in a unix socket, sent to it and not received";
      return Optional.of(new SocketHold(pid, how, false));
    }
    return file.numberAfter("UserFiles:") > 0 && file.lines().stream().anyMatch(this::isRegistered)
        ? Optional.of(new SocketHold(pid, "has it registered with an io_uring", true))
        : Optional.empty();
  }

  /** {@code 0: socket:[4133816]}. */
  private boolean isRegistered(String line) {
    int begin = line.indexOf(": socket:[");
    return begin >= 0
        && line.endsWith("]")
        && inodes.contains(
            ProcText.number(line.substring(line.indexOf('[') + 1, line.length() - 1)));
  }
}
