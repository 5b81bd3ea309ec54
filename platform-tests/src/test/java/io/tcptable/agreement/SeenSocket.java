// SPDX-License-Identifier: Apache-2.0
package io.tcptable.agreement;

import io.tcptable.OsProcess;
import io.tcptable.Ownership;
import io.tcptable.TcpDetail;
import io.tcptable.TcpSocket;
import io.tcptable.TcpTimer;
import java.io.Serializable;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One socket as somebody saw it.
 *
 * @param ownership what the table says; null from {@code ss}, which does not tell no owner from an
 *     unknown one
 * @param startedAt when each owner started, by its PID; empty from {@code ss}
 */
record SeenSocket(
    Row row,
    @Nullable Ownership ownership,
    @Nullable Timer timer,
    @Nullable Detail detail,
    Map<Long, Instant> startedAt)
    implements Serializable {

  /**
   * @param resolution to how many milliseconds the remaining time is exact
   */
  record Timer(TcpTimer.Kind kind, long millis, int retransmits, long resolution)
      implements Serializable {}

  record Detail(
      double roundTripMillis,
      double variationMillis,
      long retransmits,
      long lastSentMillis,
      long lastReceivedMillis)
      implements Serializable {}

  static SeenSocket of(TcpSocket socket) {
    Map<Long, Instant> startedAt = new TreeMap<>();
    socket.owners().forEach(owner -> startedAt.put(owner.pid(), owner.startedAt()));
    return new SeenSocket(
        row(socket),
        socket.ownership(),
        socket.timer().map(SeenSocket::timer).orElse(null),
        socket.detail().map(SeenSocket::detail).orElse(null),
        startedAt);
  }

  Timer requireTimer() {
    return Objects.requireNonNull(timer, () -> "no timer: " + row);
  }

  Detail requireDetail() {
    return Objects.requireNonNull(detail, () -> "no detail: " + row);
  }

  private static Row row(TcpSocket socket) {
    return new Row(
        socket.state(),
        socket.local().toString(),
        socket.remote().toString(),
        orNothing(socket.receiveQueue()),
        orNothing(socket.sendQueue()),
        orNothing(socket.uid()),
        orNothing(socket.inode()),
        orNothing(socket.cookie()),
        device(socket.interfaceIndex().orElse(0)),
        orNothing(socket.mark()),
        socket.isV6Only(),
        socket.owners().stream().map(OsProcess::toString).toList());
  }

  private static long orNothing(OptionalLong value) {
    return value.orElse(0);
  }

  private static String device(int index) {
    try {
      return index == 0 ? "" : NetworkInterface.getByIndex(index).getName();
    } catch (SocketException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Timer timer(TcpTimer timer) {
    return new Timer(timer.kind(), timer.remaining().toMillis(), timer.retransmits(), 1);
  }

  private static Detail detail(TcpDetail detail) {
    return new Detail(
        detail.roundTrip().toNanos() / 1e6,
        detail.roundTripVariation().toNanos() / 1e6,
        detail.retransmits(),
        detail.lastSent().toMillis(),
        detail.lastReceived().toMillis());
  }
}
