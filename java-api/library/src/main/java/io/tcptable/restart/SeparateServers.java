// SPDX-License-Identifier: Apache-2.0
package io.tcptable.restart;

import io.tcptable.Advice;
import io.tcptable.ListenAddress;
import io.tcptable.OsProcess;
import io.tcptable.TcpSocket;
import io.tcptable.internal.server.PortScope;
import io.tcptable.internal.server.ServerGroups;
import io.tcptable.internal.server.ServerProcess;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongFunction;
import java.util.stream.Collectors;

/**
 * Servers on one port that have nothing to do with each other. Those that clients cannot tell apart
 * are stopped together; those on different addresses only if each is named.
 */
final class SeparateServers {

  private final PortScope scope;
  private final Set<Long> kept;
  private final List<TcpSocket> listeners;

  /**
   * @param listeners those of the scope, kept ones too
   */
  SeparateServers(PortScope scope, Set<Long> kept, List<TcpSocket> listeners) {
    this.scope = scope;
    this.kept = kept;
    this.listeners = listeners;
  }

  /** Whether the listeners of a process that is kept can stay while the others are replaced. */
  boolean canStay(List<TcpSocket> held) {
    List<ListenAddress> others =
        listeners.stream().filter(it -> !isKept(it)).map(ListenAddress::of).toList();
    return scope.address().isEmpty()
        && !others.isEmpty()
        && HeldSockets.listeners(held).stream().allMatch(this::isKept)
        && HeldSockets.addresses(held).stream()
            .noneMatch(it -> others.stream().anyMatch(it::conflictsWith));
  }

  private boolean isKept(TcpSocket listener) {
    return listener.owners().stream().allMatch(owner -> kept.contains(owner.pid()));
  }

  /** Why they are not stopped together; empty if they may be. */
  Optional<Refusal> refusal(LongFunction<Optional<ServerProcess>> processes) {
    List<TcpSocket> all = listeners.stream().filter(it -> !isKept(it)).toList();
    if (!scope.hasApart(all.stream().map(ListenAddress::of).distinct().map(List::of).toList())) {
      // To find out who belongs together takes longer.
      return Optional.empty();
    }
    List<List<TcpSocket>> servers =
        ServerGroups.of(
                all.stream()
                    .filter(it -> !it.owners().isEmpty())
                    .map(it -> it.owners().stream().map(OsProcess::pid).toList())
                    .toList(),
                processes)
            .stream()
            .map(pids -> all.stream().filter(it -> isOf(pids, it)).toList())
            .toList();
    return scope.hasApart(servers.stream().map(HeldSockets::addresses).toList())
        ? Optional.of(refusal(servers))
        : Optional.empty();
  }

  private static boolean isOf(Set<Long> pids, TcpSocket listener) {
    return listener.owners().stream().anyMatch(owner -> pids.contains(owner.pid()));
  }

  private static Refusal refusal(List<List<TcpSocket>> servers) {
    return Refusal.of(
        Refusal.Kind.SEVERAL_SERVERS,
        servers.size()
            + " independent servers listen on different addresses: "
            + servers.stream()
                .map(it -> Listeners.names(it) + " on " + Listeners.addresses(it))
                .collect(Collectors.joining("; ")),
        new Advice.ChooseAddress(servers.stream().map(it -> ListenAddress.of(it.get(0))).toList()));
  }
}
