// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** All kinds of findings, causes before their effects; and what they find, worst first. */
final class FindingRules {

  static final List<FindingRule> ALL =
      List.of(
          new ProcessStopped(),
          new ProcessTraced(),
          new ProcessBlocked(),
          new ProcessFrozen(),
          new ProcessZombie(),
          new CrashLoop(),
          new ContainerDown(),
          new Deadlock(),
          new ThreadsStuck(),
          new CpuBusy(),
          new DescriptorsExhausted(),
          new WaitsForServer(),
          new CannotConnect(),
          new MemoryLimit(),
          new Forwarded(),
          new NobodyListening(),
          new BindRefused(),
          new LoopbackDown(),
          new SeveralServers(),
          new SilentClients(),
          new AcceptQueueFull(),
          new NotAccepting(),
          new NotReading(),
          new CloseWaitPileup(),
          new OutgoingCloseWait(),
          new SynBacklog(),
          new ListenDrops(),
          new PeerNotReading(),
          new PortsExhausted(),
          new FinWaitPileup(),
          new Orphans(),
          new AddressMismatch(),
          new HealthRefused(),
          new HealthUnreachable(),
          new HealthConnectTimeout(),
          new HealthNoResponse(),
          new HealthClosed(),
          new HealthTlsFailed(),
          new HealthNotHttp(),
          new HealthWrongStatus(),
          new HealthWrongBody(),
          new HealthSlow(),
          new OtherProtocol(),
          new OwnerUnknown(),
          new BoundToInterface(),
          new SharedListener(),
          new InheritedListener(),
          new OtherPortsServed(),
          new Supervised(),
          new ReloaderParent(),
          new InContainer(),
          new OtherNamespace(),
          new OtherUser(),
          new Logs());

  private FindingRules() {}

  /** What a forwarded port is not told: the server there is told of instead. */
  private static boolean isToldOf(UpstreamServer server, FindingCode code) {
    return switch (code) {
      case SUPERVISED, NOBODY_LISTENING, OTHER_NAMESPACE, LOGS -> false;
      case ADDRESS_MISMATCH -> !server.isFaulty();
      case WAITS_FOR_SERVER -> !server.isCutOff() && server.there().isEmpty();
      case NOT_READING -> !server.isCutOff();
      default -> true;
    };
  }

  /** Worst first; among equals in the order of the rules. */
  static List<Finding> findings(Observations observed) {
    Optional<UpstreamServer> forwarded = observed.surroundings().forwarded();
    Optional<UpstreamServer> asked = WaitsForServer.upstream(observed);
    // The causes on the server stand before their effects on the port.
    List<Finding> findings =
        Stream.concat(
                forwarded.or(() -> asked).stream().flatMap(server -> server.findings().stream()),
                ALL.stream()
                    .filter(rule -> asked.isEmpty() || rule.code() != FindingCode.LOGS)
                    .filter(rule -> forwarded.isEmpty() || isToldOf(forwarded.get(), rule.code()))
                    .flatMap(rule -> rule.findings(observed).stream()))
            .toList();
    boolean isFaulty = findings.stream().anyMatch(Finding::isFault);
    return findings.stream()
        .filter(finding -> isFaulty || finding.code() != FindingCode.LOGS)
        .sorted(Comparator.comparing(Finding::severity))
        .toList();
  }
}
