// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.linux;

import io.tcptable.internal.binding.LinuxCalls;
import io.tcptable.internal.concurrent.Pool;
import io.tcptable.internal.linux.NetworkNamespaces.Listing;
import io.tcptable.internal.linux.NetworkNamespaces.Place;
import io.tcptable.internal.linux.netlink.SockDiagSource;
import io.tcptable.internal.platform.NamespaceLook;
import io.tcptable.internal.platform.NamespaceScope;
import io.tcptable.internal.platform.NamespaceSource;
import io.tcptable.internal.platform.SourceException;
import io.tcptable.internal.table.SocketColumnsBuilder;
import io.tcptable.internal.table.SocketFilter;
import io.tcptable.internal.table.SocketSource;
import io.tcptable.process.NetworkNamespace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The sockets of other network namespaces than that of the calling thread. One is {@linkplain
 * NamespaceEntry entered} or, where this user may not, seen through the files of a process in it.
 */
final class NamespaceSockets implements NamespaceSource {

  private static final String WHAT = "asking for the sockets of other network namespaces";

  private final @Nullable LinuxCalls calls;
  private final SocketSource own;
  private final SocketSource entered;
  private final NetworkNamespaces namespaces;
  private final Pool<SocketColumnsBuilder> parts = new Pool<>(SocketColumnsBuilder::new);

  /**
   * @param calls the seam, or null to do without
   * @param own for the calling thread's namespace
   */
  NamespaceSockets(@Nullable LinuxCalls calls, SocketSource own, NetworkNamespaces namespaces) {
    this.calls = calls;
    this.own = own;
    // On the thread that has entered a namespace alone: no other thread is in it.
    this.entered =
        calls != null && own instanceof SockDiagSource ? new SockDiagSource(calls, false) : own;
    this.namespaces = namespaces;
  }

  @Override
  public NamespaceLook read(NamespaceScope scope, SocketFilter filter, SocketColumnsBuilder into) {
    Listing listing = listing(scope);
    List<NetworkNamespace> seen = new ArrayList<>();
    int[] unseen = new int[1];
    SocketColumnsBuilder part = parts.take();
    try {
      into.startNamespaces(filter);
      NamespaceEntry.visit(
          listing.places(),
          calls,
          (place, way) -> {
            if (read(place, way, filter, part)) {
              into.appendNamespace(part, seen.size());
              seen.add(place.namespace());
            } else if (place.isThere()) {
              unseen[0]++;
            }
          });
    } finally {
      parts.giveBack(part);
    }
    if (!scope.all() && seen.isEmpty()) {
      throw refused(scope.pid(), "this user may not enter it; try as root");
    }
    return new NamespaceLook(seen, unseen[0], listing.unplaced());
  }

  private Listing listing(NamespaceScope scope) {
    try {
      return scope.all() ? namespaces.list() : new Listing(List.of(namespaces.of(scope.pid())), 0);
    } catch (IOException e) {
      throw scope.all()
          ? new SourceException("/proc", WHAT + ": cannot read " + e.getMessage(), e)
          : new SourceException(
              "/proc/" + scope.pid() + "/ns/net",
              "asking for the sockets in the network namespace of PID "
                  + scope.pid()
                  + ": cannot read "
                  + e.getMessage()
                  + ": there is no such process, or this user may not look into it",
              e);
    }
  }

  private static SourceException refused(int pid, String advice) {
    return new SourceException(
        SourceException.Kind.PERMISSION,
        "setns",
        "EPERM",
        "asking for the sockets in the network namespace of PID " + pid + ": " + advice);
  }

  private boolean read(
      Place place, NamespaceEntry.Way way, SocketFilter filter, SocketColumnsBuilder into) {
    return switch (way) {
      case OWN -> {
        own.read(filter, into);
        yield true;
      }
      case ENTERED -> {
        entered.read(filter, into);
        yield true;
      }
      case REFUSED -> byFiles(place, filter, into);
    };
  }

  /** A PID may go to a process of another namespace meanwhile. */
  private static boolean byFiles(Place place, SocketFilter filter, SocketColumnsBuilder into) {
    long inode = place.namespace().inode();
    Optional<Path> seen =
        place.processes().stream()
            .filter(process -> NetworkNamespaces.isIn(process, inode))
            .filter(process -> wasRead(process, filter, into))
            .filter(process -> NetworkNamespaces.isIn(process, inode))
            .findFirst();
    return seen.isPresent();
  }

  private static boolean wasRead(Path process, SocketFilter filter, SocketColumnsBuilder into) {
    try {
      new ProcNetTcpSource("", process.resolve("net")).read(filter, into);
      return true;
    } catch (SourceException e) {
      // It has ended, or this user may not look into it.
      return false;
    }
  }
}
