// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import io.tcptable.OsProcess;
import io.tcptable.TcpQuery;
import io.tcptable.TcpState;
import io.tcptable.TcpTable;
import io.tcptable.health.HealthResult;
import io.tcptable.health.HealthResult.Outcome;
import io.tcptable.internal.platform.PublishingContainer;
import io.tcptable.internal.server.PortScope;
import io.tcptable.process.PortPolicy;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a diagnosis saw beside the port.
 *
 * @param listenedBefore who listened at the first look
 * @param isLoopbackDown whether the health check asked a loopback address, got no answer, and no
 *     loopback interface is up
 * @param localPorts how many local ports each process has for its connections, if none was left
 * @param unclosedOutgoing its own connections to others that it has not closed
 * @param generations who listened one after the other, if the server was started again
 * @param udp who has the UDP port of that number, if nobody listens on the TCP port
 * @param gone addresses of listeners that no network interface has any more
 * @param forwarded the server that the port is forwarded to, if it is
 * @param publishers the containers that are set up to publish the port, if nobody serves it
 * @param failed the server that could not be connected to during the health check, if any
 */
record Surroundings(
    Set<Long> listenedBefore,
    boolean isLoopbackDown,
    Map<String, Integer> localPorts,
    UnclosedOutgoing unclosedOutgoing,
    Optional<Generations> generations,
    Optional<String> udp,
    Set<InetAddress> gone,
    Optional<UpstreamServer> forwarded,
    List<PublishingContainer> publishers,
    Optional<FailedConnect> failed) {

  /** Where nothing of note is. */
  static final Surroundings ORDINARY =
      new Surroundings(
          Set.of(),
          false,
          Map.of(),
          UnclosedOutgoing.NONE,
          Optional.empty(),
          Optional.empty(),
          Set.of(),
          Optional.empty(),
          List.of(),
          Optional.empty());

  Surroundings {
    listenedBefore = Set.copyOf(listenedBefore);
    localPorts = Map.copyOf(localPorts);
    gone = Set.copyOf(gone);
    publishers = List.copyOf(publishers);
  }

  /** The same, where the port is forwarded. */
  Surroundings with(UpstreamServer server) {
    return with(Optional.of(server), failed);
  }

  /** The same, where another server could not be connected to. */
  Surroundings with(FailedConnect connect) {
    return with(forwarded, Optional.of(connect));
  }

  private Surroundings with(Optional<UpstreamServer> server, Optional<FailedConnect> connect) {
    return new Surroundings(
        listenedBefore,
        isLoopbackDown,
        localPorts,
        unclosedOutgoing,
        generations,
        udp,
        gone,
        server,
        publishers,
        connect);
  }

  static Surroundings of(
      PortScope scope,
      Sample first,
      HealthResult health,
      PortPolicy policy,
      UnclosedOutgoing unclosedOutgoing,
      Optional<Generations> generations,
      Optional<String> udp,
      Set<InetAddress> gone,
      List<PublishingContainer> publishers) {
    return new Surroundings(
        Sample.listening(scope, first.table()).stream()
            .map(OsProcess::pid)
            .collect(Collectors.toSet()),
        !health.isHealthy() && isLoopbackDown(health),
        health.outcome() == Outcome.NO_LOCAL_PORT ? localPorts(policy) : Map.of(),
        unclosedOutgoing,
        generations,
        udp,
        gone,
        Optional.empty(),
        publishers,
        Optional.empty());
  }

  private static boolean isLoopbackDown(HealthResult health) {
    return health.attempts().stream()
            .anyMatch(attempt -> attempt.address().address().isLoopbackAddress())
        && !hasLoopback();
  }

  private static boolean hasLoopback() {
    try {
      return NetworkInterface.networkInterfaces()
          .anyMatch(
              network -> {
                try {
                  return network.isLoopback() && network.isUp();
                } catch (SocketException e) {
                  return true;
                }
              });
    } catch (SocketException e) {
      // There is no interface at all.
      return false;
    } catch (Error e) {
      // So Java says on Windows that the list of interfaces cannot be read: that none is down.
      return true;
    }
  }

  private static Map<String, Integer> localPorts(PortPolicy policy) {
    Map<String, Integer> counts = new HashMap<>();
    TcpTable.snapshot(TcpQuery.all()).stream()
        .filter(s -> s.state() != TcpState.LISTEN && policy.isGivenAway(s.localPort()))
        .forEach(
            socket ->
                socket.owners().stream()
                    .findFirst()
                    .ifPresent(owner -> counts.merge(owner.toString(), 1, Integer::sum)));
    return counts;
  }
}
