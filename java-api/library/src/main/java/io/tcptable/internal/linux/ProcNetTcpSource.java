// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.linux;

import io.tcptable.internal.platform.SourceException;
import io.tcptable.internal.platform.SourceException.Kind;
import io.tcptable.internal.table.SocketColumns;
import io.tcptable.internal.table.SocketColumns.Column;
import io.tcptable.internal.table.SocketColumnsBuilder;
import io.tcptable.internal.table.SocketFilter;
import io.tcptable.internal.table.SocketSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;

/**
 * TCP sockets by {@code /proc/net/tcp} and {@code /proc/net/tcp6}, see {@code proc_pid_net(5)}: the
 * last resort, slower and with fewer columns, but without a native call.
 *
 * <p>The kernel writes these files a page at a time and unlocks its tables in between, so a socket
 * that moves meanwhile may be missing, without a sign of it.
 */
final class ProcNetTcpSource implements SocketSource {

  static final String NAME = "proc";

  private static final Path NET = Path.of("/proc/thread-self/net");

  private static final Set<Column> FILLS =
      EnumSet.of(Column.QUEUES, Column.UID, Column.INODE, Column.TIMER);

  private final String noNetlink;
  private final Path net;

  /**
   * @param noNetlink why netlink is not in use
   */
  ProcNetTcpSource(String noNetlink) {
    this(noNetlink, NET);
  }

  /**
   * @param net the directory of the tables, such as {@code /proc/PID/net}
   */
  ProcNetTcpSource(String noNetlink, Path net) {
    this.noNetlink = noNetlink;
    this.net = net;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public void read(SocketFilter filter, SocketColumnsBuilder into) {
    into.start(filter, FILLS);
    if (filter.ipv4()) {
      read(net.resolve("tcp"), false, into);
    }
    if (filter.ipv6() && Files.exists(net.resolve("tcp6"))) {
      read(net.resolve("tcp6"), true, into);
    }
  }

  @Override
  public boolean drop(SocketColumns sockets, int row) {
    throw new SourceException(
        Kind.UNSUPPORTED,
        "",
        "",
        "dropping a connection: it takes netlink, which is not in use (" + noNetlink + ")");
  }

  private static void read(Path file, boolean v6, SocketColumnsBuilder into) {
    byte[] page = new byte[64 * 1024];
    ByteBuffer bytes = ByteBuffer.wrap(page);
    ProcNetTcpCodec codec = new ProcNetTcpCodec(v6, into);
    // A stream of java.nio.file is not closed by an interruption of its thread, unlike a channel.
    try (InputStream in = Files.newInputStream(file)) {
      for (int count = read(in, page, bytes); count >= 0; count = read(in, page, bytes)) {
        codec.decode(bytes.position(bytes.position() + count).flip());
        if (!bytes.compact().hasRemaining()) {
          throw malformed(file + " has a line that does not end");
        }
      }
    } catch (IOException e) {
      throw new SourceException(
          file.toString(), "asking the kernel for TCP sockets: cannot read " + e.getMessage(), e);
    }
    if (bytes.position() > 0) {
      throw malformed(file + " ends within a line");
    }
  }

  private static int read(InputStream in, byte[] page, ByteBuffer bytes) throws IOException {
    return in.read(page, bytes.position(), bytes.remaining());
  }

  private static SourceException malformed(String what) {
    return new SourceException("read", "", "asking the kernel for TCP sockets: " + what);
  }
}
