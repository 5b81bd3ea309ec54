// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import io.tcptable.Endpoint;
import io.tcptable.internal.Platforms;
import io.tcptable.internal.platform.PushedSockets;
import io.tcptable.internal.platform.SourceException;
import io.tcptable.process.PortPolicy;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Attempts to connect of this network namespace that failed. Such a socket is there for less than a
 * millisecond, so that no look finds it: the system tells of its end, but not whose it was. Any
 * thread may read.
 */
final class FailedAttempts implements AutoCloseable {

  private Optional<PushedSockets> ended;

  private FailedAttempts(Optional<PushedSockets> ended) {
    this.ended = ended;
  }

  /** From now on; of none if the system does not tell of them, or not to this user. */
  static FailedAttempts open() {
    try {
      return new FailedAttempts(Optional.of(Platforms.access().ends().open()));
    } catch (SourceException e) {
      return new FailedAttempts(Optional.empty());
    }
  }

  /**
   * How many there were until now, by where to; none if some may be lost.
   *
   * @param policy which local ports a connection to another server has: the kernel tells in the
   *     same way of clients that a listener did not accept before it was closed
   */
  synchronized Map<Endpoint, Integer> read(PortPolicy policy) {
    Map<Endpoint, Integer> failed = new HashMap<>();
    try {
      boolean isLossy = ended.map(it -> it.read(into(failed, policy)).isLossy()).orElse(false);
      return isLossy ? Map.of() : failed;
    } catch (SourceException e) {
      return Map.of();
    }
  }

  private static PushedSockets.Sink into(Map<Endpoint, Integer> failed, PortPolicy policy) {
    return new PushedSockets.Sink() {
      @Override
      public void ended(long cookie, byte[] local, int localPort, byte[] remote, int remotePort) {
        // It may have been connected.
      }

      @Override
      public void failed(int localPort, byte[] remote, int remotePort) {
        if (policy.isGivenAway(localPort)) {
          failed.merge(endpoint(remote, remotePort), 1, Integer::sum);
        }
      }
    };
  }

  private static Endpoint endpoint(byte[] address, int port) {
    try {
      return Endpoint.of(InetAddress.getByAddress(address), port).unmapped();
    } catch (UnknownHostException e) {
      throw new IllegalStateException("an address of " + address.length + " bytes", e);
    }
  }

  @Override
  public synchronized void close() {
    ended.ifPresent(PushedSockets::close);
    ended = Optional.empty();
  }
}
