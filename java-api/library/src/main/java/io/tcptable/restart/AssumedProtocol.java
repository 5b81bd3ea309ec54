// SPDX-License-Identifier: Apache-2.0
package io.tcptable.restart;

import io.tcptable.Advice;
import io.tcptable.TcpSocket;
import io.tcptable.health.HealthProbe;
import io.tcptable.health.HealthResult;
import io.tcptable.health.HealthResult.Outcome;
import io.tcptable.internal.server.PortScope;
import io.tcptable.internal.server.ServerProtocol;
import java.net.URI;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;

/**
 * A health check that assumes HTTP, since nobody has named one, of a server that may not speak it.
 */
final class AssumedProtocol {

  private static final Duration ACCEPT_TIME = Duration.ofSeconds(1);

  private AssumedProtocol() {}

  /**
   * What it speaks instead, as part of a sentence: it has closed the connection, or it is known for
   * another protocol and accepts connections without an answer. Empty if nothing says so.
   *
   * @param own its listeners
   */
  static Optional<String> other(HealthResult result, Collection<TcpSocket> own)
      throws InterruptedException {
    if (own.isEmpty() || !result.assumed()) {
      return Optional.empty();
    }
    Optional<String> known =
        Listeners.owners(own).stream()
            .flatMap(owner -> ServerProtocol.of(owner.name()).stream())
            .findFirst()
            .map(name -> "speaks " + name + ", not HTTP");
    if (result.isInconclusive()) {
      return known.or(() -> Optional.of("may speak another protocol than HTTP"));
    }
    return result.outcome() == Outcome.NO_RESPONSE && known.isPresent() && isAccepted(result)
        ? known
        : Optional.empty();
  }

  private static boolean isAccepted(HealthResult result) throws InterruptedException {
    return HealthProbe.of(tcp(result)).deadline(ACCEPT_TIME).run().isHealthy();
  }

  /** A health check that asks for a connection only, if one that assumes HTTP is not answered. */
  static Optional<Advice> advice(HealthResult result, PortScope scope) {
    return result.assumed() && result.outcome() == Outcome.NO_RESPONSE
        ? Optional.of(
            new Advice.Diagnose(
                scope.port(),
                Advice.Diagnose.How.OTHER_HEALTH,
                Optional.of(tcp(result).toString()),
                scope.address()))
        : Optional.empty();
  }

  private static URI tcp(HealthResult result) {
    URI asked = result.url();
    return URI.create("tcp://" + asked.getHost() + ":" + asked.getPort());
  }
}
