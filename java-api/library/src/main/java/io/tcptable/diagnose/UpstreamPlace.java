// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import io.tcptable.OsProcess;
import io.tcptable.TcpQuery;
import io.tcptable.TcpSocket;
import io.tcptable.TcpState;
import io.tcptable.TcpTable;
import io.tcptable.TcpTableException;
import io.tcptable.internal.Platforms;
import io.tcptable.internal.server.ForwardPlace;
import io.tcptable.internal.server.LiveProcess;
import io.tcptable.internal.server.ProcessFamily;
import io.tcptable.process.ProcessPlacement;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * Where a server is that is one hop away: behind a forwarder, or asked by the server of a port.
 *
 * @param member a process in the network namespace there; empty if it is that of this process, or
 *     not known
 * @param isHere whether it is the namespace of this process
 * @param isOther whether it is another machine, real or virtual
 */
record UpstreamPlace(OptionalLong member, boolean isHere, boolean isOther) {

  /** By the address that is connected to, unless several namespaces have it. */
  static UpstreamPlace at(Optional<InetAddress> address) {
    return address.map(it -> at(it, UpstreamPlace::only)).orElse(of(OptionalLong.empty()));
  }

  /**
   * The same where more than the address is known.
   *
   * @param choice which of the namespaces that have the address it is, by a process in each
   */
  static UpstreamPlace at(InetAddress address, Function<List<Integer>, OptionalLong> choice) {
    return isOwn(address)
        ? new UpstreamPlace(OptionalLong.empty(), true, false)
        : of(choice.apply(Platforms.current().namespacesAt(address)));
  }

  /** Whether the namespace of the process there has an address. */
  boolean has(InetAddress address) {
    OptionalLong there =
        member.stream()
            .boxed()
            .flatMap(pid -> OsProcess.of(pid).stream())
            .flatMapToLong(it -> network(it).stream())
            .findFirst();
    return there.isPresent()
        && Platforms.current().namespacesAt(address).stream()
            .flatMap(pid -> OsProcess.of(pid).stream())
            .anyMatch(it -> network(it).equals(there));
  }

  private static OptionalLong only(List<Integer> members) {
    return members.size() == 1 ? least(members) : OptionalLong.empty();
  }

  /** By what the arguments of the forwarder tell, and whom it has started. */
  static UpstreamPlace of(ForwardPlace place, OsProcess forwarder, Optional<InetAddress> address) {
    if (place instanceof ForwardPlace.OfChild) {
      return of(child(ProcessFamily.read().children(forwarder)));
    }
    if (place instanceof ForwardPlace.OfProcess process) {
      return of(
          isNumberedAsHere(forwarder) ? OptionalLong.of(process.pid()) : OptionalLong.empty());
    }
    if (place instanceof ForwardPlace.OfFile file) {
      return of(least(Platforms.current().processesIn(file.file())));
    }
    return place instanceof ForwardPlace.OtherMachine
        ? new UpstreamPlace(OptionalLong.empty(), false, true)
        : at(address);
  }

  private static UpstreamPlace of(OptionalLong member) {
    return new UpstreamPlace(member, false, false);
  }

  /** Another child may serve the forwarder here, such as a slirp4netns. */
  private static OptionalLong child(List<OsProcess> children) {
    OptionalLong here = network(LiveProcess.self());
    return children.stream()
        .filter(it -> network(it).isPresent() && !network(it).equals(here))
        .mapToLong(OsProcess::pid)
        .min();
  }

  private static OptionalLong network(OsProcess process) {
    return process.placement().map(ProcessPlacement::networkNamespace).orElse(OptionalLong.empty());
  }

  private static OptionalLong least(List<Integer> pids) {
    return pids.stream().mapToLong(pid -> pid).min();
  }

  /** If it is in another PID namespace, the PIDs in its arguments mean other processes. */
  private static boolean isNumberedAsHere(OsProcess forwarder) {
    return pids(forwarder).equals(pids(LiveProcess.self()));
  }

  private static OptionalLong pids(OsProcess process) {
    return process.placement().map(ProcessPlacement::pidNamespace).orElse(OptionalLong.empty());
  }

  private static boolean isOwn(InetAddress address) {
    try {
      return address.isLoopbackAddress() || NetworkInterface.getByInetAddress(address) != null;
    } catch (SocketException e) {
      return false;
    }
  }

  /** Where a namespace has one listening port only, it must be that. */
  OptionalInt onlyPort() {
    List<Integer> ports =
        member.isEmpty()
            ? List.of()
            : listeners().stream().map(TcpSocket::localPort).distinct().toList();
    return ports.size() == 1 ? OptionalInt.of(ports.get(0)) : OptionalInt.empty();
  }

  /** Who listens there. */
  List<TcpSocket> listeners() {
    try {
      return member.isEmpty() && !isHere
          ? List.of()
          : TcpTable.snapshot(sockets().states(TcpState.LISTEN)).listeners();
    } catch (TcpTableException e) {
      // It has ended, or this user may not look there.
      return List.of();
    }
  }

  /** A sample of a port there; empty if it cannot be taken. */
  Optional<Sample> sample(OptionalInt port) {
    try {
      return port.isEmpty() || (member.isEmpty() && !isHere)
          ? Optional.empty()
          : Optional.of(Sample.of(sockets().localPort(port.getAsInt())));
    } catch (TcpTableException e) {
      return Optional.empty();
    }
  }

  private TcpQuery sockets() {
    return member.isPresent() ? TcpQuery.all().inNamespaceOf(member.getAsLong()) : TcpQuery.all();
  }

  /** The processes there, of another network namespace than that of this process. */
  List<OsProcess> processes() {
    return member.isEmpty()
        ? List.of()
        : Platforms.current().processesBeside(member.getAsLong()).stream()
            .flatMap(pid -> OsProcess.of(pid).stream())
            .toList();
  }
}
