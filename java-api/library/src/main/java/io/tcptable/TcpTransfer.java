// SPDX-License-Identifier: Apache-2.0
package io.tcptable;

import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.annotation.JsonValue;
import io.tcptable.internal.json.JsonDocument;
import io.tcptable.internal.table.SocketColumns;
import io.tcptable.internal.table.Transfer;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a connection has transferred, and what slows it down: {@code struct tcp_info} of the
 * kernel's header {@code linux/tcp.h}, whose field each method names. The structure has grown; what
 * is beyond the end of the running kernel's is empty, never 0. Immutable and safe for use by many
 * threads.
 */
public final class TcpTransfer {

  private final SocketColumns columns;
  private final int row;

  TcpTransfer(SocketColumns columns, int row) {
    this.columns = columns;
    this.row = row;
  }

  /**
   * Bytes of data sent, those sent again included ({@code tcpi_bytes_sent}, Linux 4.19 and later).
   */
  public OptionalLong bytesSent() {
    return figure(Transfer.BYTES_SENT);
  }

  /** Bytes of data received ({@code tcpi_bytes_received}, Linux 4.1 and later). */
  public OptionalLong bytesReceived() {
    return figure(Transfer.BYTES_RECEIVED);
  }

  /**
   * Bytes sent that the peer has acknowledged, SYN and FIN counted as one each ({@code
   * tcpi_bytes_acked}, Linux 4.1 and later).
   */
  public OptionalLong bytesAcknowledged() {
    return figure(Transfer.BYTES_ACKNOWLEDGED);
  }

  /** Bytes of data that were sent again ({@code tcpi_bytes_retrans}, Linux 4.19 and later). */
  public OptionalLong bytesRetransmitted() {
    return figure(Transfer.BYTES_RETRANSMITTED);
  }

  /**
   * The latest measured rate at which data reached the peer, in bytes a second ({@code
   * tcpi_delivery_rate}, Linux 4.9 and later); 0 if none was measured.
   */
  public OptionalLong deliveryRate() {
    return figure(Transfer.DELIVERY_RATE);
  }

  /** The congestion window, in segments ({@code tcpi_snd_cwnd}). */
  public long congestionWindow() {
    return columns.transfer(row, Transfer.CONGESTION_WINDOW);
  }

  /**
   * The rate at which segments are paced, in bytes a second ({@code tcpi_pacing_rate}, Linux 3.15
   * and later); empty too if they are not paced.
   */
  public OptionalLong pacingRate() {
    return figure(Transfer.PACING_RATE);
  }

  /** For how long there was data to send ({@code tcpi_busy_time}, Linux 4.10 and later). */
  public Optional<Duration> busy() {
    return micros(Transfer.BUSY_MICROS);
  }

  /**
   * For how long of that the peer's receive window held the data back ({@code tcpi_rwnd_limited},
   * Linux 4.10 and later).
   */
  public Optional<Duration> receiveWindowLimited() {
    return micros(Transfer.RECEIVE_WINDOW_LIMITED_MICROS);
  }

  /**
   * For how long of that the own send buffer was too small ({@code tcpi_sndbuf_limited}, Linux 4.10
   * and later).
   */
  public Optional<Duration> sendBufferLimited() {
    return micros(Transfer.SEND_BUFFER_LIMITED_MICROS);
  }

  /**
   * Time since an acknowledgment was last received, to the millisecond ({@code
   * tcpi_last_ack_recv}).
   */
  public Duration lastAcknowledged() {
    return Duration.ofMillis(columns.transfer(row, Transfer.LAST_ACKNOWLEDGED_MILLIS));
  }

  private OptionalLong figure(Transfer figure) {
    long value = columns.transfer(row, figure);
    return value == Transfer.UNKNOWN ? OptionalLong.empty() : OptionalLong.of(value);
  }

  private Optional<Duration> micros(Transfer figure) {
    long value = columns.transfer(row, figure);
    return value == Transfer.UNKNOWN
        ? Optional.empty()
        : Optional.of(Duration.of(value, ChronoUnit.MICROS));
  }

  /** As {@code detail.transfer} in the JSON of sockets. */
  @JsonValue
  @JsonRawValue
  public String toJson() {
    return JsonDocument.text(this, SocketJson::write);
  }

  /** The same as {@link #toJson()}. */
  @Override
  public String toString() {
    return toJson();
  }
}
