// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import java.util.List;

/** The verdict on a port in one sentence, with its causes; the findings tell the rest. */
final class Headline {

  /** More are not taken in at a glance. */
  private static final int MOST_CAUSES = 3;

  private Headline() {}

  static String of(Verdict verdict, Observations evidence, List<Finding> findings) {
    String port = "Port " + evidence.port();
    String causes = causes(findings);
    return switch (verdict) {
      case HEALTHY -> port + " is healthy: " + healthy(evidence) + ".";
      case DEGRADED -> port + " answers, but " + (causes.isEmpty() ? "not well" : causes) + ".";
      case HANGING -> port + " hangs" + because(causes);
      case DOWN -> port + " is down" + because(causes);
      case FREE -> port + " is free: nobody listens.";
      case UNKNOWN -> port + " cannot be judged" + because(causes);
    };
  }

  private static String healthy(Observations evidence) {
    String who = evidence.named(evidence.ownersOf(evidence.listeners()));
    return (who.isEmpty() ? "it" : who) + " " + evidence.health().detail();
  }

  private static String because(String causes) {
    return causes.isEmpty() ? "." : ": " + causes + ".";
  }

  /** Findings stand in the order in which causes come before their effects. */
  private static String causes(List<Finding> findings) {
    List<String> causes =
        findings.stream()
            .filter(f -> f.isFault() && f.code() != FindingCode.OWNER_UNKNOWN)
            .map(Headline::cause)
            .distinct()
            .limit(MOST_CAUSES)
            .toList();
    int last = causes.size() - 1;
    return last < 1
        ? String.join("", causes)
        : String.join(", ", causes.subList(0, last)) + " and " + causes.get(last);
  }

  private static String cause(Finding finding) {
    return switch (finding.code()) {
      case PROCESS_STOPPED -> "its process is stopped";
      case PROCESS_TRACED -> "a debugger holds its process";
      case PROCESS_BLOCKED -> "its process waits inside the kernel";
      case PROCESS_ZOMBIE -> "its process has ended in part";
      case DEADLOCK -> "its threads wait for each other";
      case DESCRIPTORS_EXHAUSTED -> "it runs out of descriptors";
      case MEMORY_LIMIT -> "it runs out of memory";
      case NOBODY_LISTENING -> "nobody listens";
      case BIND_REFUSED -> "a server could not have it";
      case SEVERAL_SERVERS -> finding.evidence().get("servers") + " independent servers listen";
      case ACCEPT_QUEUE_FULL -> "the accept queue is full";
      case NOT_ACCEPTING -> "connections are not accepted";
      case NOT_READING -> "requests are not read";
      case CLOSE_WAIT_PILEUP -> finding.evidence().get("closeWait") + " connections are not closed";
      case SYN_BACKLOG -> "handshakes are not completed";
      case LISTEN_DROPS -> "the kernel turns clients away";
      case PEER_NOT_READING -> "clients do not take what they are sent";
      case PORTS_EXHAUSTED -> "clients run out of ports to connect from";
      case FIN_WAIT_PILEUP -> "clients do not close their connections";
      case ORPHANS -> "closed connections do not come to their end";
      case ADDRESS_MISMATCH -> "it listens at another address than the one asked";
      case HEALTH_REFUSED -> "the health check is refused";
      case HEALTH_UNREACHABLE -> "the health check cannot reach it";
      case HEALTH_CONNECT_TIMEOUT -> "the health check gets no connection";
      case HEALTH_NO_RESPONSE -> "the health check gets no answer";
      case HEALTH_CLOSED -> "the health check is hung up on";
      case HEALTH_TLS_FAILED -> "the health check gets no secure connection";
      case HEALTH_NOT_HTTP -> "the health check is not answered in HTTP";
      case HEALTH_WRONG_STATUS ->
          "the health check is answered with " + finding.evidence().get("status");
      case HEALTH_WRONG_BODY -> "the health check is answered with another body";
      case HEALTH_SLOW -> "the health check takes too long";
      default -> finding.seen();
    };
  }
}
