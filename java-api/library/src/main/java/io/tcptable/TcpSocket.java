// SPDX-License-Identifier: Apache-2.0
package io.tcptable;

import static io.tcptable.TcpTableException.asking;

import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.annotation.JsonValue;
import io.tcptable.internal.json.JsonDocument;
import io.tcptable.internal.table.SocketColumns;
import io.tcptable.internal.table.SocketColumns.Column;
import io.tcptable.process.NetworkNamespace;
import java.net.StandardProtocolFamily;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/**
 * One socket of a {@link TcpTable}: a view, made when asked for. What the source of the table
 * cannot tell is empty, never 0. Immutable and safe for use by many threads.
 *
 * <p>The figures are those of {@code struct inet_diag_msg} in {@code sock_diag(7)}.
 */
public final class TcpSocket {

  /**
   * Listeners first, then by local port, state, remote port, remote and local address, and inode:
   * the order of the program's tables. It is not consistent with {@link #equals}.
   */
  public static final Comparator<TcpSocket> LISTENERS_FIRST = TcpSocket::listenersFirst;

  private final TcpTable table;
  private final SocketColumns columns;
  private final int row;

  TcpSocket(TcpTable table, SocketColumns columns, int row) {
    this.table = table;
    this.columns = columns;
    this.row = row;
  }

  // No class archive of the JDK keeps what Comparator.comparing makes: it would be made at each
  // start.
  private static int listenersFirst(TcpSocket one, TcpSocket other) {
    int order = Boolean.compare(one.state() != TcpState.LISTEN, other.state() != TcpState.LISTEN);
    if (order == 0) {
      order = Integer.compare(one.localPort(), other.localPort());
    }
    if (order == 0) {
      order = one.state().compareTo(other.state());
    }
    if (order == 0) {
      order = Integer.compare(one.remotePort(), other.remotePort());
    }
    if (order == 0) {
      order = one.remote().host().compareTo(other.remote().host());
    }
    if (order == 0) {
      order = one.local().host().compareTo(other.local().host());
    }
    return order != 0 ? order : Long.compare(one.inode().orElse(0), other.inode().orElse(0));
  }

  /** {@link StandardProtocolFamily#INET} or {@link StandardProtocolFamily#INET6}. */
  public StandardProtocolFamily family() {
    return columns.isV6(row) ? StandardProtocolFamily.INET6 : StandardProtocolFamily.INET;
  }

  /** The state when the snapshot was taken. */
  public TcpState state() {
    return TcpState.ofNumber(columns.state(row));
  }

  /**
   * The number of a state of {@link TcpState#UNKNOWN}, as this system itself has it: from {@code
   * net/tcp_states.h}, or {@code MIB_TCP_STATE} on Windows. Empty if the state has a name, and if
   * there is no number from 1 to 127.
   */
  public OptionalInt stateNumber() {
    int number = columns.stateNumber(row);
    return state() == TcpState.UNKNOWN && number > 0 ? OptionalInt.of(number) : OptionalInt.empty();
  }

  /** The local address and port. */
  public Endpoint local() {
    return new Endpoint(columns.localAddress(row), localPort());
  }

  /** The remote address and port; the wildcard address and port 0 if there is none. */
  public Endpoint remote() {
    return new Endpoint(columns.remoteAddress(row), remotePort());
  }

  /** The local port, 1 to 65535. Makes no object. */
  public int localPort() {
    return columns.localPort(row);
  }

  /** The remote port, 0 if there is none. Makes no object. */
  public int remotePort() {
    return columns.remotePort(row);
  }

  /**
   * Bytes received that the application has not read. Of a listener: connections that wait to be
   * accepted.
   */
  public OptionalLong receiveQueue() {
    return known(Column.QUEUES, columns.receiveQueue(row));
  }

  /**
   * Bytes sent that the peer has not acknowledged. Of a listener: how many connections may wait to
   * be accepted ({@code backlog} of {@code listen(2)}).
   */
  public OptionalLong sendQueue() {
    boolean limit = columns.state(row) == TcpState.LISTEN.number();
    return known(limit ? Column.ACCEPT_QUEUE_LIMIT : Column.QUEUES, columns.sendQueue(row));
  }

  /** The ID of the user who made the socket; empty if the kernel keeps none, as in TIME_WAIT. */
  public OptionalLong uid() {
    return columns.uid(row) == 0 && columns.inode(row) == 0
        ? OptionalLong.empty()
        : known(Column.UID, columns.uid(row));
  }

  /** The inode, by which processes hold the socket; 0 if no process can hold it. */
  public OptionalLong inode() {
    return known(Column.INODE, columns.inode(row));
  }

  /** The kernel's identity of the socket, never given twice until the next boot. */
  public OptionalLong cookie() {
    return known(Column.COOKIE, columns.cookie(row));
  }

  /**
   * Identifies the socket: equal to the key of the same socket in another table of this system. It
   * is the {@link #cookie()} where there is one, else the {@link #inode()} and both ends, else both
   * ends alone; on Windows the time when the socket was made and both ends. {@link
   * SocketKey#kind()} says which, and so how sure it is.
   */
  public SocketKey key() {
    SocketKey key = keyWithin();
    Optional<NetworkNamespace> place = namespace();
    return place.isEmpty() || place.get().isOwn() ? key : key.in(place.get().inode());
  }

  /** Within its network namespace. */
  private SocketKey keyWithin() {
    if (columns.has(Column.COOKIE)) {
      return SocketKey.ofCookie(columns.cookie(row));
    }
    long number = 0;
    SocketKey.Kind kind = SocketKey.Kind.ENDS;
    if (columns.has(Column.CREATION) && columns.cookie(row) != 0) {
      kind = SocketKey.Kind.CREATION;
      number = columns.cookie(row);
    } else if (columns.has(Column.INODE) && columns.inode(row) != 0) {
      kind = SocketKey.Kind.INODE;
      number = columns.inode(row);
    }
    return SocketKey.ofEnds(kind, number, local(), remote());
  }

  /** Whether that is the same socket, also in another table; see {@link #key()}. */
  public boolean isSameAs(TcpSocket other) {
    Objects.requireNonNull(other, "other");
    return key().equals(other.key());
  }

  /**
   * Whether that is the same socket, be it of another table and in another state: they have equal
   * {@linkplain #key() keys}.
   */
  @Override
  public boolean equals(Object other) {
    return other instanceof TcpSocket that && isSameAs(that);
  }

  @Override
  public int hashCode() {
    return key().hashCode();
  }

  /** The index of the network interface the socket is bound to; 0 for all of them. */
  public OptionalInt interfaceIndex() {
    return columns.has(Column.INTERFACE)
        ? OptionalInt.of(columns.interfaceIndex(row))
        : OptionalInt.empty();
  }

  /**
   * The name of the network interface that it is bound to, asked once for this table; its index if
   * there is no such interface now, or it is in another network namespace. Empty if it is bound to
   * none.
   */
  public Optional<String> interfaceName() {
    int index = interfaceIndex().orElse(0);
    return index == 0 ? Optional.empty() : Optional.of(table.interfaceName(row, index));
  }

  /**
   * The socket mark ({@code SO_MARK} of {@code socket(7)}); empty unless this process may know it
   * (CAP_NET_ADMIN).
   */
  public OptionalLong mark() {
    long mark = columns.mark(row);
    return mark < 0 ? OptionalLong.empty() : OptionalLong.of(mark);
  }

  /** Whether an IPv6 socket is known to take no IPv4 connections ({@code IPV6_V6ONLY}). */
  public boolean isV6Only() {
    return columns.isV6Only(row);
  }

  private OptionalLong known(Column column, long value) {
    return columns.has(column) ? OptionalLong.of(value) : OptionalLong.empty();
  }

  /** The timer that runs, if any. */
  public Optional<TcpTimer> timer() {
    int number = columns.timer(row);
    return number == 0
        ? Optional.empty()
        : Optional.of(
            new TcpTimer(
                TcpTimer.kind(number),
                Duration.ofMillis(Math.max(0, columns.timerMillis(row))),
                columns.timerRetransmits(row)));
  }

  /**
   * What the kernel measures of the connection; empty if the query did not ask for it, and for
   * sockets that are no connection.
   */
  public Optional<TcpDetail> detail() {
    return columns.hasDetail(row) ? Optional.of(new TcpDetail(columns, row)) : Optional.empty();
  }

  /**
   * The network namespace that the socket is in; empty unless the query asked for {@linkplain
   * TcpQuery#inNamespaceOf another one} or {@linkplain TcpQuery#allNamespaces all}.
   */
  public Optional<NetworkNamespace> namespace() {
    return table.namespace(row);
  }

  /** Whether it is known who owns the socket. */
  public Ownership ownership() {
    return table.ownership(row);
  }

  /**
   * All processes that own the socket, in ascending order of PID; empty unless {@link #ownership()}
   * is {@link Ownership#OWNED}.
   */
  public List<OsProcess> owners() {
    return IntStream.range(0, table.ownerCount(row)).mapToObj(n -> table.owner(row, n)).toList();
  }

  /**
   * Who opened it, if that process has ended and the socket lives on; the processes it started are
   * looked up now. Windows only: empty elsewhere, and if owners were not looked for.
   *
   * @throws TcpTableException if the processes could not be listed
   */
  public Optional<InheritedSocket> endedOwner() {
    return asking(() -> table.endedOwner(row));
  }

  /**
   * Resets the connection at once, without terminating its owner: the owner's writes fail, and its
   * reads fail or return EOF. The owner keeps the descriptor until it closes it.
   *
   * <p>Linux does it by {@code SOCK_DESTROY} of {@code linux/sock_diag.h}, as {@code ss -K} does,
   * for root and CAP_NET_ADMIN, by the {@link #cookie}: never another connection between the same
   * addresses. Windows does it by {@code SetTcpEntry} with {@code MIB_TCP_STATE_DELETE_TCB}, for
   * administrators and for IPv4, by both addresses alone.
   *
   * @return whether there was still one to drop: false if it has ended meanwhile
   * @throws UnsupportedOperationException if it is no connection, as a listener
   * @throws TcpTableException if this system offers no way, this user may not, or it is in another
   *     network namespace
   */
  public boolean drop() {
    if (state() == TcpState.LISTEN || remotePort() == 0) {
      throw new UnsupportedOperationException("only a connection can be dropped: " + this);
    }
    return asking(() -> table.drop(row));
  }

  /**
   * The socket as in {@code sockets[]} of the schema {@code tcptable.list/1}: one line in ASCII;
   * what is unknown is absent. Jackson writes it so, too.
   */
  @JsonValue
  @JsonRawValue
  public String toJson() {
    return JsonDocument.text(this, SocketJson::write);
  }

  /** One line: state, both addresses, owners. */
  @Override
  public String toString() {
    return state() + " " + local() + " " + remote() + " " + owners();
  }
}
