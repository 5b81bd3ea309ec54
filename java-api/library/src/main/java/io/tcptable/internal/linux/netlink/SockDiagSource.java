// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.linux.netlink;

import io.tcptable.internal.binding.LinuxCalls;
import io.tcptable.internal.concurrent.HelperTask;
import io.tcptable.internal.concurrent.Pool;
import io.tcptable.internal.platform.SourceException;
import io.tcptable.internal.platform.SourceException.Kind;
import io.tcptable.internal.table.SocketColumns;
import io.tcptable.internal.table.SocketColumns.Column;
import io.tcptable.internal.table.SocketColumnsBuilder;
import io.tcptable.internal.table.SocketFilter;
import io.tcptable.internal.table.SocketSource;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * TCP sockets by a sock_diag dump, see {@code sock_diag(7)} and {@code netlink(7)}.
 *
 * <p>A large table comes in two halves at once, on two threads: the kernel takes most of the time
 * for each socket that it tells, little for one that it passes over. No socket can be in both or in
 * neither, as its ports never change.
 *
 * <p>A dump that the kernel marks as interrupted, or loses a part of, is asked for again.
 */
public final class SockDiagSource implements SocketSource {

  public static final String NAME = "netlink";

  static final int MOST_ATTEMPTS = 5;

  /** Below this many sockets, a dump is over soon after another thread has woken up. */
  public static final int FEWEST_TO_SPLIT = 2_000;

  private static final Set<Column> FILLS =
      EnumSet.complementOf(EnumSet.of(Column.PID, Column.CREATION));

  private final LinuxCalls calls;
  private final AtomicInteger sequence = new AtomicInteger();
  private final Pool<SockDiagDump> dumps;
  private final Pool<SocketColumnsBuilder> halves = new Pool<>(SocketColumnsBuilder::new);
  private final boolean mayShare;

  /** How many sockets there were in all when they were last asked for. */
  private volatile int lastSize;

  public SockDiagSource(LinuxCalls calls) {
    this(calls, Runtime.getRuntime().availableProcessors() > 1);
  }

  /**
   * @param mayShare whether the work may be split
   */
  public SockDiagSource(LinuxCalls calls, boolean mayShare) {
    this.calls = calls;
    this.dumps = new Pool<>(() -> new SockDiagDump(calls));
    this.mayShare = mayShare;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public void read(SocketFilter filter, SocketColumnsBuilder into) {
    boolean all = filter.isAnyPortInAnyState();
    String lost = "";
    for (int attempt = 1; attempt <= MOST_ATTEMPTS; attempt++) {
      into.start(filter, FILLS);
      boolean split = all && mayShare && lastSize >= FEWEST_TO_SPLIT;
      lost = split ? halves(filter, into) : whole(filter, into);
      if (lost.isEmpty()) {
        lastSize = all ? into.size() : lastSize;
        return;
      }
    }
    throw new SourceException(
        lost.equals(SockDiagDump.INTERRUPTED) ? Kind.INTERRUPTED : Kind.EXHAUSTED,
        "recvfrom",
        lost,
        "the kernel interrupted the dump of TCP sockets or lost part of it "
            + MOST_ATTEMPTS
            + " times in a row ("
            + lost
            + "): there is no complete answer; try again");
  }

  @Override
  public boolean drop(SocketColumns sockets, int row) {
    return new SockDestroy(calls).of(sockets, row, sequence.incrementAndGet());
  }

  private String whole(SocketFilter filter, SocketColumnsBuilder into) {
    SockDiagDump dump = dumps.take();
    try {
      dump.ask(sequence.incrementAndGet(), filter, DumpPart.WHOLE);
      return dump.read(into);
    } finally {
      dump.end();
      dumps.giveBack(dump);
    }
  }

  /**
   * Asks on this thread for both: what a netlink socket tells of is the network namespace of the
   * thread that made it.
   */
  private String halves(SocketFilter filter, SocketColumnsBuilder into) {
    SockDiagDump one = dumps.take();
    SockDiagDump other = dumps.take();
    SocketColumnsBuilder rest = halves.take();
    try {
      one.ask(sequence.incrementAndGet(), filter, DumpPart.ONE_HIGH_PORT);
      other.ask(sequence.incrementAndGet(), filter, DumpPart.NONE_OR_BOTH);
      rest.start(filter, FILLS);
      HelperTask<String> helper = HelperTask.call(() -> other.read(rest));
      String lost;
      try {
        lost = one.read(into);
      } finally {
        helper.join();
      }
      into.append(rest);
      return lost.isEmpty() ? helper.join() : lost;
    } finally {
      one.end();
      other.end();
      dumps.giveBack(one);
      dumps.giveBack(other);
      halves.giveBack(rest);
    }
  }
}
