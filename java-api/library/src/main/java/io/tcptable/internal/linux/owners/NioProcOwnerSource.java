// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.linux.owners;

import io.tcptable.internal.linux.process.ProcIdentity;
import io.tcptable.internal.linux.procfs.ProcDirectory;
import io.tcptable.internal.linux.procfs.ProcLink;
import io.tcptable.internal.linux.procfs.ProcText;
import io.tcptable.internal.platform.SourceException;
import io.tcptable.internal.table.OwnerSearch;
import io.tcptable.internal.table.OwnerSource;
import io.tcptable.internal.table.ProcessIdentity;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Owners by {@code /proc} without a native call: the last resort, slower and with much garbage. A
 * process counts only if its start time is the same before and after its descriptors were read.
 */
public final class NioProcOwnerSource implements OwnerSource {

  private static final String SOCKET = "socket:[";

  private final Path proc;

  public NioProcOwnerSource() {
    this(Path.of("/proc"));
  }

  public NioProcOwnerSource(Path proc) {
    this.proc = proc;
  }

  @Override
  public String name() {
    return ProcOwnerSource.NAME;
  }

  @Override
  public void find(OwnerSearch search) {
    if (search.isEmpty()) {
      return;
    }
    OwnerSearch.Share share = search.share();
    try {
      if (search.pid() == 0) {
        lookIntoAll(search, share);
      } else {
        lookIntoOne(search, share);
      }
    } catch (IOException e) {
      throw new SourceException(
          "/proc", "looking for the owners of sockets: cannot read /proc: " + e.getMessage(), e);
    }
  }

  private void lookIntoAll(OwnerSearch search, OwnerSearch.Share share) throws IOException {
    boolean[] firstIsListed = {false};
    ProcDirectory.visitProcesses(
        proc,
        process -> {
          int pid = ProcDirectory.pid(process);
          firstIsListed[0] |= pid == ProcOwnerSource.FIRST_PROCESS;
          lookUnlessHidden(process, pid, search, share);
          return true;
        });
    if (!firstIsListed[0]) {
      share.hidden();
    }
  }

  private void lookIntoOne(OwnerSearch search, OwnerSearch.Share share) throws IOException {
    if (!Files.exists(proc.resolve(Integer.toString(ProcOwnerSource.FIRST_PROCESS)))) {
      share.hidden();
    }
    lookUnlessHidden(proc.resolve(Integer.toString(search.pid())), search.pid(), search, share);
  }

  private static void lookUnlessHidden(
      Path process, int pid, OwnerSearch search, OwnerSearch.Share share) throws IOException {
    if (ProcDirectory.isHidden(process)) {
      share.unreadable();
    } else {
      look(process, pid, search, share);
    }
  }

  private static void look(Path process, int pid, OwnerSearch search, OwnerSearch.Share share)
      throws IOException {
    Optional<ProcessIdentity> before = identify(process, pid);
    try {
      if (!descriptors(process, search, share)) {
        descriptorsOfThreads(process, search, share);
      }
    } catch (AccessDeniedException e) {
      unreadable(process, pid, before, share);
    } catch (IOException e) {
      if (before.isPresent() && before.equals(identify(process, pid))) {
        throw e;
      }
      share.discard();
    }
    if (share.foundAny()) {
      if (before.isPresent() && before.equals(identify(process, pid))) {
        share.commit(before.get());
      } else {
        share.discard();
      }
    }
  }

  private static Optional<ProcessIdentity> identify(Path process, int pid) throws IOException {
    return ProcIdentity.stat(process).map(stat -> stat.identity(pid));
  }

  /** Returns false if there is none. */
  private static boolean descriptors(Path task, OwnerSearch search, OwnerSearch.Share share)
      throws IOException {
    boolean[] any = {false};
    ProcDirectory.visit(
        task.resolve("fd"),
        descriptor -> {
          any[0] = true;
          look(descriptor, search, share);
          return true;
        });
    return any[0];
  }

  /** As in {@link ProcDescriptorWalk}: the first thread may have ended. */
  private static void descriptorsOfThreads(
      Path process, OwnerSearch search, OwnerSearch.Share share) throws IOException {
    ProcDirectory.visit(process.resolve("task"), thread -> !descriptors(thread, search, share));
  }

  private static void look(Path descriptor, OwnerSearch search, OwnerSearch.Share share)
      throws IOException {
    try {
      String target = ProcLink.target(descriptor).toString();
      if (target.startsWith(SOCKET)) {
        int index =
            search.indexOf(ProcText.number(target.substring(SOCKET.length(), target.length() - 1)));
        if (index >= 0) {
          share.found(index);
        }
      }
    } catch (NoSuchFileException e) {
      // Closed meanwhile.
    }
  }

  /** The kernel refuses the links of a process that has just ended, too. */
  private static void unreadable(
      Path process, int pid, Optional<ProcessIdentity> before, OwnerSearch.Share share)
      throws IOException {
    share.discard();
    if (ProcIdentity.stat(process)
        .filter(now -> !now.holdsNothing())
        .filter(now -> before.equals(Optional.of(now.identity(pid))))
        .isPresent()) {
      share.unreadable();
    }
  }
}
