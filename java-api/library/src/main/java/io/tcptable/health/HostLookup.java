// SPDX-License-Identifier: Apache-2.0
package io.tcptable.health;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Which addresses a host has. */
@FunctionalInterface
interface HostLookup {

  /** Both loopback addresses for localhost, whatever the system's tables say: RFC 6761, 6.3. */
  HostLookup SYSTEM =
      host ->
          host.toLowerCase(Locale.ROOT).equals("localhost")
              ? List.of(loopback(4, 127), loopback(16, 0))
              : List.of(InetAddress.getAllByName(host));

  /** At least one, in the order in which clients use them. */
  List<InetAddress> addresses(String host) throws UnknownHostException;

  /**
   * The same, but no longer than the clock runs: a lookup itself cannot be interrupted, so it is
   * left to a thread of its own.
   *
   * @throws TimeoutException if the time was over
   */
  default List<InetAddress> addresses(String host, ProbeClock clock)
      throws UnknownHostException, TimeoutException, InterruptedException {
    FutureTask<List<InetAddress>> lookup = new FutureTask<>(() -> addresses(host));
    Thread thread = new Thread(lookup, "tcptable-host-lookup");
    thread.setDaemon(true);
    thread.start();
    try {
      return lookup.get(clock.nanosLeft(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnknownHostException unknown) {
        throw unknown;
      }
      throw new IllegalStateException("looking up " + host, e.getCause());
    } finally {
      lookup.cancel(true);
    }
  }

  private static InetAddress loopback(int length, int first) throws UnknownHostException {
    byte[] bytes = new byte[length];
    bytes[0] = (byte) first;
    bytes[length - 1] = 1;
    return InetAddress.getByAddress("localhost", bytes);
  }
}
