// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import java.util.Comparator;
import java.util.List;
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

  /** What is found on a server one hop away, in the order of the rules. */
  static List<Finding> onServer(Observations there) {
    return ALL.stream()
        .filter(ServerRule.class::isInstance)
        .flatMap(rule -> rule.findings(there).stream())
        .toList();
  }

  /** Worst first; among equals in the order of the rules. */
  static List<Finding> findings(Observations observed) {
    // The causes on the server stand before their effects on the port.
    List<Finding> findings =
        Stream.concat(
                observed.upstream().stream().flatMap(server -> server.findings().stream()),
                ALL.stream().flatMap(rule -> rule.findings(observed).stream()))
            .toList();
    boolean isFaulty = findings.stream().anyMatch(Finding::isFault);
    return findings.stream()
        .filter(finding -> isFaulty || finding.code() != FindingCode.LOGS)
        .sorted(Comparator.comparing(Finding::severity))
        .toList();
  }
}
