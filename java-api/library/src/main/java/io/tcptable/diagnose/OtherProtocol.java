// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import io.tcptable.Advice;
import io.tcptable.diagnose.Finding.Confidence;
import io.tcptable.diagnose.Finding.Severity;
import io.tcptable.health.HealthResult;
import io.tcptable.internal.server.ServerProtocol;
import java.util.List;
import java.util.Optional;

/** The server speaks another protocol than the health check, which was a guess. */
final class OtherProtocol extends FindingRule {

  OtherProtocol() {
    super(FindingCode.OTHER_PROTOCOL, "");
  }

  @Override
  List<Finding> findings(Observations observed) {
    if (!isSpoken(observed)) {
      return List.of();
    }
    String who = observed.named(observed.ownersOf(observed.listeners()));
    Optional<String> protocol = known(observed);
    HealthResult health = observed.health();
    Finding.Builder found =
        found(Severity.INFO, protocol.isPresent() ? Confidence.LIKELY : Confidence.CERTAIN)
            .of(observed.ownersOf(observed.listeners()))
            .seen((who.isEmpty() ? "the server" : who) + " " + spoken(observed))
            .text("detail", health.detail());
    protocol.ifPresent(name -> found.text("protocol", name));
    return List.of(
        found
            .means(
                "The default health check asks over HTTP. The server reacted to it, so it runs;"
                    + " whether it is healthy inside is not known.")
            .advise(tcp(observed))
            .done());
  }

  /**
   * Whether the server has reacted as one of another protocol: it answered something else, or it is
   * a program that is known not to speak HTTP and took the request.
   */
  static boolean isSpoken(Observations observed) {
    HealthResult health = observed.health();
    if (!health.assumed() || observed.listeners().isEmpty()) {
      return false;
    }
    return switch (health.outcome()) {
      case HEALTHY -> health.decisive().filter(it -> it.status().isEmpty()).isPresent();
      case CLOSED -> known(observed).isPresent();
      // Some wait for the rest of what is a message in their protocol.
      case NO_RESPONSE -> known(observed).isPresent() && HealthRule.isMaybeWrongUrl(observed);
      default -> false;
    };
  }

  /** What it speaks, as part of a sentence. */
  static String spoken(Observations observed) {
    boolean isOne = observed.ownersOf(observed.listeners()).size() <= 1;
    String speaks = isOne ? "speaks " : "speak ";
    return known(observed)
        .map(name -> speaks + name + ", not HTTP")
        .orElse(
            isTls(observed)
                ? speaks + "TLS, not plain HTTP"
                : (isOne ? "answers" : "answer") + ", but not in HTTP");
  }

  /** A diagnosis with a health check that fits. */
  static Advice tcp(Observations observed) {
    return HealthUrl.diagnose(
        observed, HealthUrl.server(observed, isTls(observed) ? "https" : "tcp"));
  }

  private static boolean isTls(Observations observed) {
    return observed.health().isTlsSpoken();
  }

  private static Optional<String> known(Observations observed) {
    return observed.ownersOf(observed.listeners()).stream()
        .flatMap(pid -> observed.process(pid).stream())
        .flatMap(owner -> ServerProtocol.of(owner.name()).stream())
        .findFirst();
  }
}
