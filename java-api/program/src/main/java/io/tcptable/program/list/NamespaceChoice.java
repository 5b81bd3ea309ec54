// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.list;

import io.tcptable.TcpQuery;
import io.tcptable.TcpSocket;
import io.tcptable.internal.Platforms;
import io.tcptable.process.NetworkNamespace;
import io.tcptable.watch.TcpEvent;
import java.util.Optional;

/**
 * Which network namespaces are listed.
 *
 * @param all whether all of them
 * @param name the only one: a PID in it, its name in {@code ip netns}, or a container by ID or name
 */
public record NamespaceChoice(boolean all, Optional<String> name) {

  /** Fewer digits of a container's ID may be of another one. */
  private static final int SHORTEST_ID = 6;

  /** What to ask for; a namespace that is not chosen by PID is found among all. */
  TcpQuery of(TcpQuery query) {
    Optional<Integer> pid = pid();
    return pid.isPresent()
        ? query.inNamespaceOf(pid.get())
        : isOfOthers() ? query.allNamespaces() : query;
  }

  boolean isOfOthers() {
    return all || name.isPresent();
  }

  private Optional<Integer> pid() {
    return name.filter(it -> it.matches("[1-9][0-9]{0,8}")).map(Integer::valueOf);
  }

  /** Whether a socket of the answer is in a chosen one. */
  boolean includes(TcpSocket socket) {
    return includes(socket.namespace());
  }

  /** Whether an event is about a socket in a chosen one. */
  public boolean includes(TcpEvent event) {
    return !(event instanceof TcpEvent.OfSocket of) || includes(of.socket().namespace());
  }

  private boolean includes(Optional<NetworkNamespace> namespace) {
    return name.isEmpty() || pid().isPresent() || namespace.filter(this::includes).isPresent();
  }

  /** Whether that is the chosen one. */
  boolean includes(NetworkNamespace namespace) {
    String chosen = name.orElse("");
    return chosen.isEmpty()
        || pid().isPresent()
        || namespace.name().filter(chosen::equals).isPresent()
        || namespace.container().filter(it -> isCalled(it, chosen)).isPresent();
  }

  private static boolean isCalled(String container, String chosen) {
    String id = container.substring(container.indexOf(' ') + 1);
    return id.equals(chosen)
        || (chosen.length() >= SHORTEST_ID && id.startsWith(chosen))
        || Platforms.current().containerName(container).filter(chosen::equals).isPresent();
  }
}
