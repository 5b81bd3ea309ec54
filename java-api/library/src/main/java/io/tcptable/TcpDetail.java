// SPDX-License-Identifier: Apache-2.0
package io.tcptable;

import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.annotation.JsonValue;
import io.tcptable.internal.json.JsonDocument;
import io.tcptable.internal.table.SocketColumns;
import io.tcptable.internal.table.SocketColumns.Detail;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * What the kernel measures of a connection: {@code struct tcp_info} of {@code tcp(7)}. Immutable
 * and safe for use by many threads.
 */
public final class TcpDetail {

  private final SocketColumns columns;
  private final int row;

  TcpDetail(SocketColumns columns, int row) {
    this.columns = columns;
    this.row = row;
  }

  /** The smoothed round-trip time, in microseconds. */
  public Duration roundTrip() {
    return Duration.of(columns.detail(row, Detail.RTT_MICROS), ChronoUnit.MICROS);
  }

  /** How much the round-trip time varies, in microseconds. */
  public Duration roundTripVariation() {
    return Duration.of(columns.detail(row, Detail.RTT_VARIATION_MICROS), ChronoUnit.MICROS);
  }

  /** Segments sent again since the connection began. */
  public long retransmits() {
    return columns.detail(row, Detail.RETRANSMITS);
  }

  /**
   * Time since data was last sent, to the millisecond; if none ever was, since the connection
   * began.
   */
  public Duration lastSent() {
    return Duration.ofMillis(columns.detail(row, Detail.LAST_SENT_MILLIS));
  }

  /**
   * Time since data was last received, to the millisecond; if none ever was, since the connection
   * began. Of a socket in {@link TcpState#CLOSE_WAIT}, this bounds its age.
   */
  public Duration lastReceived() {
    return Duration.ofMillis(columns.detail(row, Detail.LAST_RECEIVED_MILLIS));
  }

  /**
   * Whether the peer has sent no data since the connection began; false too if the kernel does not
   * tell it, as before Linux 4.6.
   */
  public boolean isPeerSilent() {
    return columns.isPeerSilent(row);
  }

  /**
   * What was transferred, and what slows it down; empty unless the query asked for it by {@link
   * TcpQuery#withTransferDetail()}.
   */
  public Optional<TcpTransfer> transfer() {
    return columns.hasTransfer(row) ? Optional.of(new TcpTransfer(columns, row)) : Optional.empty();
  }

  /** As {@code detail} in the JSON of sockets. */
  @JsonValue
  @JsonRawValue
  public String toJson() {
    return JsonDocument.text(this, SocketJson::write);
  }

  /** Round-trip time, segments sent again, and the times since data was sent and received. */
  @Override
  public String toString() {
    return "rtt "
        + roundTrip()
        + ", retransmits "
        + retransmits()
        + ", sent "
        + lastSent()
        + ", received "
        + lastReceived();
  }
}
