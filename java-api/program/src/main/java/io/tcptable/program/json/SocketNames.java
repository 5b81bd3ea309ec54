// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.json;

import io.tcptable.TcpSocket;
import io.tcptable.TcpTimer;
import io.tcptable.internal.json.SchemaNames;
import java.util.Locale;
import java.util.OptionalInt;

/** What CSV and tables call things, as JSON does. */
public final class SocketNames {

  private SocketNames() {}

  public static String family(TcpSocket socket) {
    return SchemaNames.family(socket.family());
  }

  /** The name in RFC 9293, or {@code UNKNOWN} and the system's own number, {@code UNKNOWN(13)}. */
  public static String state(TcpSocket socket) {
    OptionalInt number = socket.stateNumber();
    return socket.state() + (number.isPresent() ? "(" + number.getAsInt() + ")" : "");
  }

  /** {@code owned}, {@code none} or {@code unknown}. */
  public static String ownership(TcpSocket socket) {
    return socket.ownership().name().toLowerCase(Locale.ROOT);
  }

  /** {@code retransmit}, {@code keepalive}, {@code time_wait}, {@code probe} or {@code other}. */
  public static String timer(TcpTimer timer) {
    return timer.kind().name().toLowerCase(Locale.ROOT);
  }
}
