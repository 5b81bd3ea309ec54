package io.tcptable.cli;

import io.tcptable.TcpSocket;
import io.tcptable.TcpTimer;
import java.net.StandardProtocolFamily;
import java.util.Locale;

/** What JSON and CSV call things: part of their schema. */
final class StableNames {

  private StableNames() {}

  static String family(TcpSocket socket) {
    return socket.family() == StandardProtocolFamily.INET6 ? "ipv6" : "ipv4";
  }

  /** {@code owned}, {@code none} or {@code unknown}. */
  static String ownership(TcpSocket socket) {
    return socket.ownership().name().toLowerCase(Locale.ROOT);
  }

  /** {@code retransmit}, {@code keepalive}, {@code time_wait}, {@code probe} or {@code other}. */
  static String timer(TcpTimer timer) {
    return timer.kind().name().toLowerCase(Locale.ROOT);
  }
}
