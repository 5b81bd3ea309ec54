// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import io.tcptable.Endpoint;
import io.tcptable.health.HealthResult;
import io.tcptable.health.HealthResult.Outcome;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Attempts to connect to another server that failed while the health check was made, and were
 * likely made for its sake.
 *
 * @param to where to; the port is 0 if the system does not tell it
 * @param attempts how many
 * @param place where that server is
 * @param server what was seen of it there; empty if it is not on this machine, or was not looked at
 */
record FailedConnect(
    Endpoint to, int attempts, UpstreamPlace place, Optional<UpstreamServer> server) {

  /**
   * The only destination, since the system does not tell whose the attempts were: those of others
   * would be to other servers.
   *
   * @param port what the health check has asked, perhaps at an address where nobody listens
   */
  static Optional<FailedConnect> of(Map<Endpoint, Integer> failed, int port, HealthResult health) {
    Set<InetAddress> refused =
        health.attempts().stream()
            .filter(attempt -> attempt.connect().isEmpty())
            .map(attempt -> attempt.address().address())
            .collect(Collectors.toSet());
    List<Endpoint> others =
        failed.keySet().stream()
            .filter(to -> to.port() != port)
            .filter(to -> to.port() != 0 || !refused.contains(to.address()))
            .toList();
    return isAnsweredSo(health) && others.size() == 1
        ? Optional.of(at(others.get(0), failed.getOrDefault(others.get(0), 0)))
        : Optional.empty();
  }

  private static FailedConnect at(Endpoint to, int attempts) {
    return new FailedConnect(
        to, attempts, UpstreamPlace.at(Optional.of(to.address())), Optional.empty());
  }

  /**
   * Whether a proxy may answer so, whose server cannot be connected to. One that does not answer
   * says nothing: in the seconds that are waited for it, others fail to connect somewhere.
   */
  private static boolean isAnsweredSo(HealthResult health) {
    return health.outcome() == Outcome.CLOSED || health.isOfGateway();
  }

  /** Address and port, or the address alone. */
  String target() {
    return target(to);
  }

  /** The same of any end; its port is 0 if it is not known. */
  static String target(Endpoint to) {
    return to.port() == 0 ? to.address().getHostAddress() : to.toString();
  }

  /** The same, with what was seen of the other server. */
  FailedConnect with(UpstreamServer seen) {
    return new FailedConnect(to, attempts, place, Optional.of(seen));
  }
}
