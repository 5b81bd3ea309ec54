// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import io.tcptable.Endpoint;
import io.tcptable.ListenAddress;
import io.tcptable.OsProcess;
import io.tcptable.TcpQuery;
import io.tcptable.TcpSocket;
import io.tcptable.TcpState;
import io.tcptable.TcpTable;
import io.tcptable.TcpTableException;
import io.tcptable.internal.Platforms;
import io.tcptable.internal.platform.Phrase;
import io.tcptable.internal.platform.Platform;
import io.tcptable.internal.server.ForwardTarget;
import io.tcptable.internal.server.LiveProcess;
import io.tcptable.internal.server.PortScope;
import io.tcptable.internal.server.ProcessFamily;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * The look through a forwarder: where it forwards to, and the first sample of the port there. It is
 * known by its command line, by rules of the system, and by who has started whom.
 *
 * @param forwarder who forwards
 * @param target where to, in words
 * @param address the address that it connects to, if that is known
 * @param port the port there, if that is known
 * @param container the container, if that is known
 * @param member a process in the network namespace there; empty if it is the one of this process
 * @param first the port there; empty if it could not be looked at
 */
record ForwardedLook(
    String forwarder,
    String target,
    Optional<InetAddress> address,
    OptionalInt port,
    Optional<String> container,
    OptionalLong member,
    Optional<Sample> first) {

  /** Looks, if the port is forwarded and it can be known where to. */
  static Optional<ForwardedLook> of(PortScope scope, TcpTable table) {
    List<OsProcess> owners =
        table.listeners().stream()
            .filter(listener -> scope.concerns(ListenAddress.of(listener)))
            .flatMap(listener -> listener.owners().stream())
            .distinct()
            .toList();
    if (owners.isEmpty()) {
      return table.listeners().isEmpty() && isSuperuser(LiveProcess.self())
          ? Platforms.current().redirected(scope.port()).map(ForwardedLook::byRule)
          : Optional.empty();
    }
    return owners.stream()
        // A user chooses how a process of that user calls itself, and what it says it forwards to.
        .filter(ForwardedLook::isTrusted)
        .flatMap(
            owner ->
                ForwardTarget.of(new LiveProcess(owner), scope.port())
                    .map(target -> byProcess(owner, target, scope.port()))
                    .stream())
        .findFirst();
  }

  private static boolean isSuperuser(OsProcess process) {
    return process
        .user()
        .filter(Platforms.current().phrases().of(Phrase.SUPERUSER)::equals)
        .isPresent();
  }

  private static boolean isTrusted(OsProcess process) {
    return isSuperuser(process)
        || (process.user().isPresent() && process.user().equals(LiveProcess.self().user()));
  }

  private static ForwardedLook byRule(InetSocketAddress to) {
    return to(
        "a rule of the system's packet filter",
        Endpoint.of(to.getAddress(), to.getPort()).toString(),
        Optional.of(to.getAddress()),
        OptionalInt.of(to.getPort()),
        Optional.empty(),
        OptionalLong.empty());
  }

  private static ForwardedLook byProcess(OsProcess forwarder, ForwardTarget target, int port) {
    Platform platform = Platforms.current();
    if (target.address().isPresent() || target.container().isEmpty()) {
      return to(
          forwarder.toString(),
          target.words(),
          target.address(),
          target.port(),
          Optional.empty(),
          OptionalLong.empty());
    }
    // It holds the port; the rules of the kernel do the work.
    OptionalLong member =
        ProcessFamily.read().children(forwarder).stream().mapToLong(OsProcess::pid).min();
    Optional<InetSocketAddress> rule = platform.redirected(port);
    return to(
        forwarder.toString(),
        rule.map(to -> Endpoint.of(to.getAddress(), to.getPort()).toString())
            .orElse(target.words()),
        rule.map(InetSocketAddress::getAddress),
        rule.map(to -> OptionalInt.of(to.getPort())).orElse(onlyPort(member)),
        target.container(),
        member);
  }

  /** Where a namespace has one listening port only, it must be that. */
  private static OptionalInt onlyPort(OptionalLong member) {
    List<Integer> ports =
        member.isEmpty()
            ? List.of()
            : listeners(member).stream().map(TcpSocket::localPort).distinct().toList();
    return ports.size() == 1 ? OptionalInt.of(ports.get(0)) : OptionalInt.empty();
  }

  private static List<TcpSocket> listeners(OptionalLong member) {
    try {
      return TcpTable.snapshot(in(member).states(TcpState.LISTEN)).listeners();
    } catch (TcpTableException e) {
      // It has ended, or this user may not look there.
      return List.of();
    }
  }

  private static TcpQuery in(OptionalLong member) {
    return member.isPresent() ? TcpQuery.all().inNamespaceOf(member.getAsLong()) : TcpQuery.all();
  }

  private static ForwardedLook to(
      String forwarder,
      String target,
      Optional<InetAddress> address,
      OptionalInt port,
      Optional<String> container,
      OptionalLong known) {
    boolean isHere = known.isEmpty() && address.filter(ForwardedLook::isOwn).isPresent();
    OptionalLong member =
        known.isPresent() || isHere || address.isEmpty()
            ? known
            : Platforms.current().processesAt(address.get()).stream().mapToLong(it -> it).min();
    boolean canLook = port.isPresent() && (isHere || member.isPresent());
    return new ForwardedLook(
        forwarder,
        target,
        address,
        port,
        container,
        member,
        canLook ? sample(member, port.getAsInt()) : Optional.empty());
  }

  private static boolean isOwn(InetAddress address) {
    try {
      return address.isLoopbackAddress() || NetworkInterface.getByInetAddress(address) != null;
    } catch (SocketException e) {
      return false;
    }
  }

  private static Optional<Sample> sample(OptionalLong member, int port) {
    try {
      return Optional.of(Sample.of(in(member).localPort(port)));
    } catch (TcpTableException e) {
      return Optional.empty();
    }
  }

  /** The second sample of the port there. */
  Optional<Sample> again() {
    return first.isPresent() ? sample(member, port.orElseThrow()) : Optional.empty();
  }

  /**
   * What came of it.
   *
   * @param there what was seen there by both samples; empty if they could not be taken
   */
  ForwardedServer server(Optional<Observations> there) {
    boolean isMissing = there.filter(it -> it.listeners().isEmpty()).isPresent();
    boolean isReachable =
        there.stream()
            .flatMap(it -> it.listeners().stream())
            .anyMatch(
                listener ->
                    address.isEmpty()
                        || listener
                            .bound()
                            .conflictsWith(ListenAddress.of(address.get(), port.orElseThrow())));
    return new ForwardedServer(
        forwarder,
        target,
        port,
        container.or(() -> there.flatMap(it -> container(it))).or(this::containerOfMember),
        isReachable,
        isMissing || port.isEmpty()
            ? listeners(member).stream()
                .map(it -> ListenAddress.of(it).toString())
                .distinct()
                .toList()
            : List.of(),
        there);
  }

  private static Optional<String> container(Observations there) {
    return there.owners().stream().flatMap(it -> there.containerCalled(it).stream()).findFirst();
  }

  private Optional<String> containerOfMember() {
    return member.isEmpty()
        ? Optional.empty()
        : OsProcess.of(member.getAsLong())
            .flatMap(OsProcess::placement)
            .flatMap(placement -> placement.container())
            .map(
                id ->
                    Platforms.current()
                        .containerName(id)
                        .map(name -> id.substring(0, id.indexOf(' ') + 1) + name)
                        .orElse(id));
  }
}
