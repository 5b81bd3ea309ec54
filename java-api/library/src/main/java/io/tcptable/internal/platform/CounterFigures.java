// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.platform;

/**
 * What the kernel counts of TCP in this network namespace. A number below zero is not known.
 *
 * @param listenOverflows connections refused because an accept queue was full, since boot
 * @param listenDrops requests for a connection that were dropped, for that reason or another
 * @param synCookies requests answered with a cookie, because too many were open
 * @param orphans connections that no process holds any more
 * @param orphanLimit how many of them there may be
 * @param timeWaits sockets in TIME_WAIT
 * @param timeWaitLimit how many of them there may be
 */
public record CounterFigures(
    long listenOverflows,
    long listenDrops,
    long synCookies,
    long orphans,
    long orphanLimit,
    long timeWaits,
    long timeWaitLimit) {}
