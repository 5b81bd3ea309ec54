// SPDX-License-Identifier: Apache-2.0
package io.tcptable;

import static io.tcptable.TcpTableException.asking;

import io.tcptable.internal.Platforms;
import io.tcptable.internal.platform.CounterFigures;
import java.util.OptionalLong;

/**
 * What the kernel counts of TCP in this network namespace, for all ports together. What this system
 * does not tell is empty, never 0.
 *
 * @param listenOverflows how often a connection was not taken because an accept queue was full,
 *     since boot ({@code TcpExt ListenOverflows} in {@code /proc/net/netstat})
 * @param listenDrops how often a listener dropped a packet that asked for a connection, for that
 *     reason or another, since boot ({@code TcpExt ListenDrops})
 * @param synCookies how often such a packet was answered with a cookie because too many connections
 *     were half open, since boot ({@code TcpExt SyncookiesSent})
 * @param orphans connections now that no process holds any more but that still have bytes to send
 *     ({@code /proc/net/sockstat})
 * @param orphanLimit how many of them there may be ({@code tcp_max_orphans}); those beyond are
 *     reset
 * @param timeWaits sockets now in {@link TcpState#TIME_WAIT} ({@code /proc/net/sockstat})
 * @param timeWaitLimit how many of them there may be ({@code tcp_max_tw_buckets})
 */
public record TcpCounters(
    OptionalLong listenOverflows,
    OptionalLong listenDrops,
    OptionalLong synCookies,
    OptionalLong orphans,
    OptionalLong orphanLimit,
    OptionalLong timeWaits,
    OptionalLong timeWaitLimit) {

  /**
   * Reads them now.
   *
   * @throws TcpTableException if this operating system is not supported
   */
  public static TcpCounters read() {
    CounterFigures figures = asking(Platforms::access).system().counters();
    return new TcpCounters(
        ProcessStatus.known(figures.listenOverflows()),
        ProcessStatus.known(figures.listenDrops()),
        ProcessStatus.known(figures.synCookies()),
        ProcessStatus.known(figures.orphans()),
        ProcessStatus.known(figures.orphanLimit()),
        ProcessStatus.known(figures.timeWaits()),
        ProcessStatus.known(figures.timeWaitLimit()));
  }
}
