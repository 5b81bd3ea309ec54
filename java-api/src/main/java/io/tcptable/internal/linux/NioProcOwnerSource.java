package io.tcptable.internal.linux;

import io.tcptable.internal.table.OwnerSearch;
import io.tcptable.internal.table.OwnerSource;
import io.tcptable.internal.table.ProcessIdentity;
import io.tcptable.internal.table.SourceException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Owners by {@code /proc} without a native call: the last resort, slower and with much garbage. A
 * process counts only if its start time is the same before and after its descriptors were read.
 */
final class NioProcOwnerSource implements OwnerSource {

  private static final Path PROC = Path.of("/proc");
  private static final String SOCKET = "socket:[";

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
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[1-9]*")) {
      for (Path process : processes) {
        int pid = Integer.parseInt(process.getFileName().toString());
        if (LinuxProcesses.isHidden(pid)) {
          share.unreadable();
        } else {
          look(pid, search, share);
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      throw new SourceException(
          "/proc", "looking for the owners of sockets: cannot list /proc: " + e.getMessage(), e);
    }
  }

  private static void look(int pid, OwnerSearch search, OwnerSearch.Share share)
      throws IOException {
    Optional<ProcessIdentity> before = LinuxProcesses.identify(pid);
    try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(PROC.resolve(pid + "/fd"))) {
      for (Path descriptor : descriptors) {
        look(descriptor, search, share);
      }
    } catch (AccessDeniedException e) {
      unreadable(pid, share);
    } catch (IOException | DirectoryIteratorException e) {
      if (before.isPresent() && before.equals(LinuxProcesses.identify(pid))) {
        throw e;
      }
      share.discard();
    }
    if (share.foundAny()) {
      if (before.isPresent() && before.equals(LinuxProcesses.identify(pid))) {
        share.commit(before.get());
      } else {
        share.discard();
      }
    }
  }

  private static void look(Path descriptor, OwnerSearch search, OwnerSearch.Share share)
      throws IOException {
    try {
      String target = Files.readSymbolicLink(descriptor).toString();
      if (target.startsWith(SOCKET)) {
        int index =
            search.indexOf(Long.parseLong(target, SOCKET.length(), target.length() - 1, 10));
        if (index >= 0) {
          share.found(index);
        }
      }
    } catch (NoSuchFileException e) {
      // Closed meanwhile: nobody's by now.
    }
  }

  private static void unreadable(int pid, OwnerSearch.Share share) throws IOException {
    share.discard();
    if (LinuxProcesses.stat(pid).filter(stat -> !stat.holdsNothing()).isPresent()) {
      share.unreadable();
    }
  }
}
