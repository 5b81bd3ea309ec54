// SPDX-License-Identifier: Apache-2.0
package io.tcptable;

import java.time.Duration;

/**
 * What the kernel measures of a connection: {@code struct tcp_info} of {@code tcp(7)}.
 *
 * @param roundTrip the smoothed round-trip time, in microseconds
 * @param roundTripVariation how much it varies, in microseconds
 * @param retransmits segments sent again since the connection began
 * @param lastSent time since data was last sent, to the millisecond; if none ever was, since the
 *     connection began
 * @param lastReceived time since data was last received, to the millisecond; if none ever was,
 *     since the connection began. Of a socket in {@link TcpState#CLOSE_WAIT}, this bounds its age.
 */
public record TcpDetail(
    Duration roundTrip,
    Duration roundTripVariation,
    long retransmits,
    Duration lastSent,
    Duration lastReceived) {}
