package io.tcptable.internal.linux;

import io.tcptable.internal.binding.LinuxCalls;
import io.tcptable.internal.table.Pool;
import io.tcptable.internal.table.SocketColumns.Column;
import io.tcptable.internal.table.SocketColumnsBuilder;
import io.tcptable.internal.table.SocketFilter;
import io.tcptable.internal.table.SocketSource;
import io.tcptable.internal.table.SourceException;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * TCP sockets by a sock_diag dump, see {@code sock_diag(7)} and {@code netlink(7)}.
 *
 * <p>A dump that the kernel marks as interrupted, or loses a part of, is asked for again, each time
 * on a new netlink socket, so that no reply to an earlier request can ever be read as one to a
 * later.
 */
final class SockDiagSource implements SocketSource {

  static final String NAME = "netlink";

  static final int MOST_ATTEMPTS = 5;

  private static final Set<Column> FILLS = EnumSet.complementOf(EnumSet.of(Column.PID));

  private final AtomicInteger sequence = new AtomicInteger();
  private final LinuxCalls calls;
  private final Pool<SockDiagDump> dumps;

  SockDiagSource(LinuxCalls calls) {
    this.calls = calls;
    this.dumps = new Pool<>(() -> new SockDiagDump(calls));
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public void read(SocketFilter filter, SocketColumnsBuilder into) {
    SockDiagDump dump = dumps.take();
    try {
      read(dump, filter, into);
    } finally {
      dumps.giveBack(dump);
    }
  }

  private void read(SockDiagDump dump, SocketFilter filter, SocketColumnsBuilder into) {
    String lost = "";
    for (int attempt = 1; attempt <= MOST_ATTEMPTS; attempt++) {
      into.start(filter, FILLS);
      lost = attempt(dump, filter, into);
      if (lost.isEmpty()) {
        return;
      }
    }
    throw new SourceException(
        "recvfrom",
        lost,
        "the kernel interrupted the dump of TCP sockets or lost part of it "
            + MOST_ATTEMPTS
            + " times in a row ("
            + lost
            + "), so no complete answer could be had; try again");
  }

  private String attempt(SockDiagDump dump, SocketFilter filter, SocketColumnsBuilder into) {
    int fd = calls.socket(Netlink.AF_NETLINK, Netlink.SOCK_RAW_CLOEXEC, Netlink.NETLINK_SOCK_DIAG);
    if (fd < 0) {
      throw Errno.failure("socket", fd, SockDiagDump.WHAT);
    }
    try {
      return dump.run(fd, sequence.incrementAndGet(), filter, into);
    } finally {
      calls.close(fd);
    }
  }
}
