// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.linux;

import io.tcptable.internal.linux.procfs.ProcFile;
import io.tcptable.internal.linux.procfs.ProcText;
import io.tcptable.internal.platform.PortNumber;
import io.tcptable.internal.platform.StackStats;
import io.tcptable.process.PortPolicy;
import io.tcptable.process.TcpCounters;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * What the kernel counts and rules, by {@code /proc/net/netstat}, {@code /proc/net/sockstat} and
 * the settings under {@code /proc/sys/net/ipv4}, see the kernel's {@code networking/ip-sysctl.rst}.
 * All are those of the calling thread's network namespace.
 */
final class LinuxStackStats implements StackStats {

  private static final int UNKNOWN = -1;

  private static final Path NET = Path.of("/proc/thread-self/net");
  private static final Path SETTINGS = Path.of("/proc/sys/net/ipv4");

  @Override
  public TcpCounters counters() {
    ProcText netstat = ProcFile.textIfKnown(NET.resolve("netstat"));
    ProcText sockstat = ProcFile.textIfKnown(NET.resolve("sockstat"));
    return TcpCounters.builder()
        .listenOverflows(netstat(netstat, "TcpExt:", "ListenOverflows"))
        .listenDrops(netstat(netstat, "TcpExt:", "ListenDrops"))
        .synCookies(netstat(netstat, "TcpExt:", "SyncookiesSent"))
        .orphans(sockstat(sockstat, "TCP:", "orphan"))
        .orphanLimit(setting("tcp_max_orphans").number())
        .timeWaits(sockstat(sockstat, "TCP:", "tw"))
        .timeWaitLimit(setting("tcp_max_tw_buckets").number())
        .build();
  }

  @Override
  public PortPolicy ports() {
    String[] range = setting("ip_local_port_range").line().split("\\s+", -1);
    boolean isKnown = range.length == 2;
    return new PortPolicy(
        isKnown ? port(range[0]) : OptionalInt.empty(),
        isKnown ? port(range[1]) : OptionalInt.empty(),
        ranges(setting("ip_local_reserved_ports").line()),
        port(setting("ip_unprivileged_port_start").line()),
        List.of());
  }

  /** Two lines for each group: the names, then the numbers in the same order. */
  static long netstat(ProcText text, String group, String name) {
    String[][] pair =
        text.lines().stream()
            .filter(line -> line.startsWith(group))
            .limit(2)
            .map(line -> line.split(" ", -1))
            .toArray(String[][]::new);
    int column = pair.length == 2 ? Arrays.asList(pair[0]).indexOf(name) : UNKNOWN;
    return column > 0 && column < pair[1].length ? ProcText.number(pair[1][column]) : UNKNOWN;
  }

  /** Names and numbers by turns: {@code TCP: inuse 5 orphan 0 tw 2 alloc 6 mem 1}. */
  static long sockstat(ProcText text, String group, String name) {
    return text.lines().stream()
        .filter(line -> line.startsWith(group))
        .map(line -> Arrays.asList(line.split(" ", -1)))
        .filter(words -> words.indexOf(name) > 0 && words.indexOf(name) + 1 < words.size())
        .mapToLong(words -> ProcText.number(words.get(words.indexOf(name) + 1)))
        .findFirst()
        .orElse(UNKNOWN);
  }

  /** The ranges in {@code 8080,9000-9100}. */
  static List<PortPolicy.Range> ranges(String text) {
    return Arrays.stream(text.split(",", -1)).flatMap(LinuxStackStats::range).toList();
  }

  private static Stream<PortPolicy.Range> range(String text) {
    String[] ends = text.split("-", -1);
    OptionalInt first = port(ends[0]);
    OptionalInt last = port(ends[ends.length - 1]);
    return first.isPresent() && last.isPresent()
        ? Stream.of(new PortPolicy.Range(first.getAsInt(), last.getAsInt()))
        : Stream.of();
  }

  /** Also 65,536, which as the first unprivileged port leaves none. */
  private static OptionalInt port(String text) {
    long number = ProcText.number(text);
    return number >= 0 && number <= PortNumber.HIGHEST + 1
        ? OptionalInt.of((int) number)
        : OptionalInt.empty();
  }

  private static ProcText setting(String name) {
    return ProcFile.setting(SETTINGS.resolve(name));
  }
}
