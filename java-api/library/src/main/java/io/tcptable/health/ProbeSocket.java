// SPDX-License-Identifier: Apache-2.0
package io.tcptable.health;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Proxy;
import java.net.Socket;

/**
 * The connection of a health probe: to the very address, through no proxy of this JVM, and each
 * read ends with the time of the probe. A TLS handshake, which is many reads, is bounded by that
 * too.
 */
final class ProbeSocket extends Socket {

  private final ProbeClock clock;
  private volatile boolean hasReceived;

  ProbeSocket(ProbeClock clock) {
    super(Proxy.NO_PROXY);
    this.clock = clock;
  }

  /** Whether any byte has come. */
  boolean hasReceived() {
    return hasReceived;
  }

  @Override
  public InputStream getInputStream() throws IOException {
    return new FilterInputStream(super.getInputStream()) {
      @Override
      public int read() throws IOException {
        byte[] next = new byte[1];
        return read(next, 0, 1) < 0 ? -1 : next[0] & 0xff;
      }

      @Override
      public int read(byte[] into, int offset, int length) throws IOException {
        setSoTimeout(clock.millisLeft());
        int count = super.read(into, offset, length);
        hasReceived |= count > 0;
        return count;
      }
    };
  }
}
