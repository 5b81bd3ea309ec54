// SPDX-License-Identifier: Apache-2.0
package io.tcptable.watch;

import io.tcptable.TcpTable;
import java.time.Instant;

/**
 * One look at the sockets. Each socket in it was there at some time from its begin to its end, and
 * each other one was missing then.
 *
 * @param at when it was done, by the clock of this system
 * @param begin by System.nanoTime()
 * @param end likewise
 */
record Look(TcpTable table, Instant at, long begin, long end) {}
