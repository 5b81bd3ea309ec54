// SPDX-License-Identifier: Apache-2.0
package io.tcptable.flight;

import io.tcptable.ListenAddress;
import io.tcptable.TcpQuery;
import io.tcptable.TcpSocket;
import io.tcptable.TcpState;
import io.tcptable.TcpTable;
import io.tcptable.TcpTableException;
import io.tcptable.internal.platform.PortNumber;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import jdk.jfr.FlightRecorder;
import org.jspecify.annotations.Nullable;

/**
 * Writes an event {@code io.tcptable.Listener} for each listener, once in ten seconds of a
 * recording unless that sets another period: its owners, its accept queue, and its connections by
 * state. While no recording has it enabled, nothing is read.
 *
 * <pre>{@code
 * ListenerEvents.register();
 * }</pre>
 *
 * <p>Needs the module {@code jdk.jfr}, of which the first registration loads some classes. Safe for
 * use by many threads.
 */
public final class ListenerEvents {

  private static @Nullable Runnable registered;

  private ListenerEvents() {}

  /**
   * For the ports on which this process listens at the time. Replaces an earlier registration. One
   * event more takes a snapshot of these ports, with all their owners.
   */
  public static void register() {
    register((Ports) ListenerEvents::ownPorts);
  }

  /**
   * For these local ports, whoever listens there. Replaces an earlier registration.
   *
   * @param ports each 1 to 65535; none writes nothing
   * @throws IllegalArgumentException if one is out of range
   */
  public static void register(int... ports) {
    Objects.requireNonNull(ports, "ports");
    int[] checked = Arrays.stream(ports).map(PortNumber::checked).toArray();
    register((Ports) () -> checked);
  }

  private interface Ports {
    int[] now();
  }

  private static synchronized void register(Ports ports) {
    unregister();
    Runnable hook = () -> write(ports);
    FlightRecorder.addPeriodicEvent(ListenerEvent.class, hook);
    registered = hook;
  }

  /** Writes no further ones. */
  public static synchronized void unregister() {
    Runnable hook = registered;
    if (hook != null) {
      FlightRecorder.removePeriodicEvent(hook);
      registered = null;
    }
  }

  private static int[] ownPorts() {
    return TcpTable.snapshot(TcpQuery.all().ownedByThisProcess().states(TcpState.LISTEN)).stream()
        .mapToInt(TcpSocket::localPort)
        .distinct()
        .toArray();
  }

  private static void write(Ports ports) {
    try {
      int[] wanted = ports.now();
      if (wanted.length > 0) {
        write(TcpTable.snapshot(TcpQuery.all().localPorts(wanted)));
      }
    } catch (TcpTableException e) {
      // An event that is not known is not there.
    }
  }

  private static void write(TcpTable table) {
    List<TcpSocket> connections =
        table.stream().filter(it -> it.state() != TcpState.LISTEN).toList();
    for (TcpSocket listener : table.listeners()) {
      ListenAddress address = ListenAddress.of(listener);
      ListenerEvent.of(
              listener,
              connections.stream().filter(it -> address.takes(ListenAddress.of(it))).toList())
          .commit();
    }
  }
}
