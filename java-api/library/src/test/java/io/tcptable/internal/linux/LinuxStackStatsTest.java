// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.linux;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.internal.linux.procfs.ProcText;
import io.tcptable.process.PortPolicy;
import io.tcptable.process.TcpCounters;
import java.util.List;
import org.junit.jupiter.api.Test;

class LinuxStackStatsTest {

  private static final String NETSTAT =
      """
      TcpExt: SyncookiesSent ListenOverflows ListenDrops
      TcpExt: 1 22 333
      IpExt: InNoRoutes ListenDrops
      IpExt: 7 8
      """;

  @Test
  void findsTheColumnByItsName() {
    assertThat(netstat(NETSTAT, "TcpExt:", "ListenOverflows")).isEqualTo(22);
    assertThat(netstat(NETSTAT, "TcpExt:", "ListenDrops")).isEqualTo(333);
    assertThat(netstat(NETSTAT, "IpExt:", "ListenDrops")).isEqualTo(8);
  }

  @Test
  void whatIsNotThereIsNotZero() {
    assertThat(netstat(NETSTAT, "TcpExt:", "TCPOther")).isNegative();
    assertThat(netstat("", "TcpExt:", "ListenDrops")).isNegative();
    assertThat(netstat("TcpExt: A B\nTcpExt: 1\n", "TcpExt:", "B")).isNegative();
    assertThat(sockstat("UDP: inuse 1\n", "TCP:", "orphan")).isNegative();
    assertThat(sockstat("TCP: inuse 1\n", "TCP:", "orphan")).isNegative();
  }

  @Test
  void readsTheSocketCounts() {
    String sockstat = "sockets: used 16\nTCP: inuse 1 orphan 5 tw 12 alloc 1 mem 0\nUDP: inuse 0\n";
    assertThat(sockstat(sockstat, "TCP:", "orphan")).isEqualTo(5);
    assertThat(sockstat(sockstat, "TCP:", "tw")).isEqualTo(12);
  }

  @Test
  void readsRangesOfPorts() {
    assertThat(LinuxStackStats.ranges("8080,9000-9100"))
        .containsExactly(new PortPolicy.Range(8080, 8080), new PortPolicy.Range(9000, 9100));
    assertThat(LinuxStackStats.ranges("")).isEmpty();
  }

  @Test
  void readsSettingsToTheirEnd() throws Exception {
    Process sysctl =
        new ProcessBuilder(
                "cat",
                "/proc/sys/net/ipv4/tcp_max_orphans",
                "/proc/sys/net/ipv4/ip_local_port_range")
            .start();
    List<String> lines = sysctl.inputReader().lines().toList();
    LinuxStackStats system = new LinuxStackStats();
    PortPolicy ports = system.ports();

    assertThat(system.counters().orphanLimit()).hasValue(Long.parseLong(lines.get(0)));
    assertThat(ports.lowestLocal().orElseThrow() + "\t" + ports.highestLocal().orElseThrow())
        .isEqualTo(lines.get(1));
  }

  @Test
  void thisKernelTellsAllOfIt() {
    LinuxStackStats system = new LinuxStackStats();
    TcpCounters counters = system.counters();
    long overflows = counters.listenOverflows().orElseThrow();
    assertThat(overflows).isNotNegative();
    assertThat(counters.listenDrops().orElseThrow()).isGreaterThanOrEqualTo(overflows);
    assertThat(counters.orphans().orElseThrow()).isNotNegative();
    assertThat(counters.orphanLimit().orElseThrow()).isPositive();
    assertThat(counters.timeWaits().orElseThrow()).isNotNegative();
    assertThat(counters.timeWaitLimit().orElseThrow()).isPositive();
    PortPolicy ports = system.ports();
    assertThat(ports.lowestLocal().orElseThrow()).isBetween(1, ports.highestLocal().orElseThrow());
    assertThat(ports.firstUnprivileged().orElseThrow()).isBetween(0, 1024);
  }

  private static long netstat(String text, String group, String name) {
    return LinuxStackStats.netstat(new ProcText(text), group, name);
  }

  private static long sockstat(String text, String group, String name) {
    return LinuxStackStats.sockstat(new ProcText(text), group, name);
  }
}
