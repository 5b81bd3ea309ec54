// SPDX-License-Identifier: Apache-2.0
package io.tcptable.restart;

import io.tcptable.Advice;
import io.tcptable.health.HealthProbe;
import io.tcptable.health.HealthResult;
import io.tcptable.health.HealthResult.Mismatch;
import io.tcptable.health.HealthResult.Outcome;
import io.tcptable.restart.Refusal.Kind;
import java.time.Duration;
import java.util.Optional;

/**
 * Whether the health check of a restart can succeed at all. It is asked before anything is stopped:
 * a check that no server can pass would stop one and then call the next one unhealthy.
 */
final class HealthPrecheck {

  /** A server that hangs, as the reason for the restart may be, is not waited for. */
  private static final Duration SHORT = Duration.ofSeconds(2);

  /** To find the address of a host takes longer now and then. */
  private static final Duration LONG = Duration.ofSeconds(10);

  private HealthPrecheck() {}

  /** Why it cannot; empty if it may. A check that nobody has named is not asked. */
  static Optional<Refusal> refusal(PortRestart request) throws InterruptedException {
    HealthProbe probe = request.health();
    if (request.start().mode() == StartSettings.Mode.NOTHING || probe.isAssumed()) {
      return Optional.empty();
    }
    HealthResult now = probe.deadline(SHORT).run();
    if (isUnreachable(now)) {
      now = probe.deadline(LONG).run();
    }
    String message = "the health check cannot succeed: " + now.url() + " " + now.detail();
    return advice(request, now).map(advice -> Refusal.of(Kind.HEALTH_UNUSABLE, message, advice));
  }

  /** What to do instead; empty if it may succeed once the server was started. */
  private static Optional<Advice> advice(PortRestart request, HealthResult now) {
    if (isUnreachable(now)) {
      return Optional.of(new Advice.Hint("Name a health check URL whose host can be reached."));
    }
    if (!request.stops()) {
      return Optional.empty();
    }
    if (now.isMismatch(Mismatch.UNTRUSTED_CERTIFICATE)) {
      return Optional.of(new Advice.TrustCertificate());
    }
    // Another command may speak another protocol than the server that runs.
    boolean isMismatch =
        request.start().mode() == StartSettings.Mode.AS_IT_WAS
            && (now.isMismatch(Mismatch.SPEAKS_TLS) || now.isMismatch(Mismatch.SPEAKS_PLAIN_TEXT));
    return isMismatch
        ? Optional.of(new Advice.Hint("Name the health check URL with the protocol it speaks."))
        : Optional.empty();
  }

  /** No host of that name, or no way to any of its addresses. */
  private static boolean isUnreachable(HealthResult now) {
    return now.outcome() == Outcome.UNREACHABLE
        && now.attempts().stream().allMatch(it -> it.outcome() == Outcome.UNREACHABLE);
  }
}
