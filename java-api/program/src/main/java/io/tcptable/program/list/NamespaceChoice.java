// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.list;

import io.tcptable.OsProcess;
import io.tcptable.TcpQuery;
import io.tcptable.TcpSocket;
import io.tcptable.internal.server.ContainerCalled;
import io.tcptable.process.NetworkNamespace;
import io.tcptable.watch.TcpEvent;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Which network namespaces are listed. */
public final class NamespaceChoice {

  /** Fewer digits of a container's ID may be of another one. */
  private static final int SHORTEST_ID = 6;

  private final boolean all;
  private final Optional<String> name;

  /** The name, if it is one. */
  private final Optional<Integer> pid;

  /** To find out what people call a container takes longer than to list its sockets. */
  private @Nullable Set<Long> ofContainers;

  private final Map<NetworkNamespace, Boolean> known = new ConcurrentHashMap<>();

  /**
   * @param all whether all of them
   * @param name only those: a PID in it, its name in {@code ip netns}, or a container by ID or name
   */
  NamespaceChoice(boolean all, Optional<String> name) {
    this.all = all;
    this.name = name;
    pid = name.filter(it -> it.matches("[1-9][0-9]{0,8}")).map(Integer::valueOf);
  }

  Optional<String> name() {
    return name;
  }

  /** What to ask for; a namespace that is not chosen by PID is found among all. */
  TcpQuery of(TcpQuery query) {
    return pid.isPresent()
        ? query.inNamespaceOf(pid.get())
        : isOfOthers() ? query.allNamespaces() : query;
  }

  boolean isOfOthers() {
    return all || name.isPresent();
  }

  /** Whether a socket of the answer is in a chosen one. */
  public boolean includes(TcpSocket socket) {
    return includes(socket.namespace());
  }

  /** Whether an event is about a socket in a chosen one. */
  public boolean includes(TcpEvent event) {
    return !(event instanceof TcpEvent.OfSocket of) || includes(of.socket().namespace());
  }

  private boolean includes(Optional<NetworkNamespace> namespace) {
    return name.isEmpty() || pid.isPresent() || namespace.filter(this::includes).isPresent();
  }

  /** Whether that is a chosen one. */
  boolean includes(NetworkNamespace namespace) {
    return name.isEmpty()
        || pid.isPresent()
        || namespace.name().equals(name)
        || ofContainers().contains(namespace.inode())
        || known.computeIfAbsent(namespace, this::isOfContainer);
  }

  /** The container may have been started again since, as while its sockets are watched. */
  private boolean isOfContainer(NetworkNamespace namespace) {
    return namespace.container().isPresent()
        && namespace.pid().isPresent()
        && isCalled(namespace.container().get(), namespace.pid().getAsLong());
  }

  /**
   * Those of the containers of that name. A namespace may be of several containers, as in a pod.
   */
  private Set<Long> ofContainers() {
    if (ofContainers == null) {
      Map<String, Boolean> called = new HashMap<>();
      Set<Long> found = new HashSet<>();
      for (OsProcess process : OsProcess.all()) {
        process
            .placement()
            .filter(
                it ->
                    it.container().stream()
                        .anyMatch(
                            id -> called.computeIfAbsent(id, any -> isCalled(id, process.pid()))))
            .ifPresent(it -> it.networkNamespace().ifPresent(found::add));
      }
      ofContainers = found;
    }
    return ofContainers;
  }

  private boolean isCalled(String container, long pid) {
    String chosen = name.orElse("");
    String id = container.substring(container.indexOf(' ') + 1);
    return id.equals(chosen)
        || (chosen.length() >= SHORTEST_ID && id.startsWith(chosen))
        || ContainerCalled.name(container, pid).equals(name);
  }
}
