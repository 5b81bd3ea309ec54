// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.linux;

import io.tcptable.internal.platform.StackStats;
import io.tcptable.process.PortPolicy;
import io.tcptable.process.TcpCounters;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;

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
    String netstat = read(NET.resolve("netstat"));
    String sockstat = read(NET.resolve("sockstat"));
    return TcpCounters.builder()
        .listenOverflows(netstat(netstat, "TcpExt:", "ListenOverflows"))
        .listenDrops(netstat(netstat, "TcpExt:", "ListenDrops"))
        .synCookies(netstat(netstat, "TcpExt:", "SyncookiesSent"))
        .orphans(sockstat(sockstat, "TCP:", "orphan"))
        .orphanLimit(setting("tcp_max_orphans"))
        .timeWaits(sockstat(sockstat, "TCP:", "tw"))
        .timeWaitLimit(setting("tcp_max_tw_buckets"))
        .build();
  }

  @Override
  public PortPolicy ports() {
    String[] range = setting(SETTINGS.resolve("ip_local_port_range")).split("\\s+", -1);
    boolean isKnown = range.length == 2;
    long firstUnprivileged = setting("ip_unprivileged_port_start");
    return new PortPolicy(
        isKnown ? OptionalInt.of(Integer.parseInt(range[0])) : OptionalInt.empty(),
        isKnown ? OptionalInt.of(Integer.parseInt(range[1])) : OptionalInt.empty(),
        ranges(setting(SETTINGS.resolve("ip_local_reserved_ports"))),
        firstUnprivileged < 0 ? OptionalInt.empty() : OptionalInt.of((int) firstUnprivileged),
        List.of());
  }

  /** Two lines for each group: the names, then the numbers in the same order. */
  static long netstat(String text, String group, String name) {
    String[][] pair =
        text.lines()
            .filter(line -> line.startsWith(group))
            .limit(2)
            .map(line -> line.split(" ", -1))
            .toArray(String[][]::new);
    int column = pair.length == 2 ? Arrays.asList(pair[0]).indexOf(name) : UNKNOWN;
    return column > 0 && column < pair[1].length ? Long.parseLong(pair[1][column]) : UNKNOWN;
  }

  /** Names and numbers by turns: {@code TCP: inuse 5 orphan 0 tw 2 alloc 6 mem 1}. */
  static long sockstat(String text, String group, String name) {
    return text.lines()
        .filter(line -> line.startsWith(group))
        .map(line -> Arrays.asList(line.split(" ", -1)))
        .filter(words -> words.indexOf(name) > 0 && words.indexOf(name) + 1 < words.size())
        .mapToLong(words -> Long.parseLong(words.get(words.indexOf(name) + 1)))
        .findFirst()
        .orElse(UNKNOWN);
  }

  /** The ranges in {@code 8080,9000-9100}. */
  static List<PortPolicy.Range> ranges(String text) {
    return text.isEmpty()
        ? List.of()
        : Arrays.stream(text.split(",", -1)).map(LinuxStackStats::range).toList();
  }

  private static PortPolicy.Range range(String text) {
    String[] ends = text.split("-", -1);
    return new PortPolicy.Range(Integer.parseInt(ends[0]), Integer.parseInt(ends[ends.length - 1]));
  }

  private static long setting(String name) {
    String text = setting(SETTINGS.resolve(name));
    return text.isEmpty() ? UNKNOWN : Long.parseLong(text);
  }

  /** With one read: whoever reads a setting in parts is told the first part only. */
  private static String setting(Path file) {
    ByteBuffer bytes = ByteBuffer.allocate(64 * 1024);
    try (SeekableByteChannel channel = Files.newByteChannel(file)) {
      channel.read(bytes);
      return new String(bytes.array(), 0, bytes.position(), StandardCharsets.US_ASCII).strip();
    } catch (IOException e) {
      return "";
    }
  }

  /** Empty if this kernel or sandbox does not have the file: what it would tell is not known. */
  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return "";
    }
  }
}
