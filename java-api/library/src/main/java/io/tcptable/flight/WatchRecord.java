// SPDX-License-Identifier: Apache-2.0
package io.tcptable.flight;

import io.tcptable.Endpoint;
import io.tcptable.OsProcess;
import io.tcptable.TcpState;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import jdk.jfr.FlightRecorder;

/**
 * Writes an event {@code io.tcptable.TcpEvent} of each event of a watch into the recordings that
 * run. Safe for use by many threads.
 */
public final class WatchRecord {

  private WatchRecord() {}

  /**
   * Whether a recording that has it enabled runs. If there is none, or no module {@code jdk.jfr},
   * this is all that it costs.
   */
  public static boolean isWanted() {
    return FlightModule.IS_THERE && Recorder.isWanted();
  }

  /**
   * An event that is about no socket. Only to be called if {@link #isWanted}.
   *
   * @param details the event as JSON
   */
  public static void write(String kind, Instant at, String details) {
    Recorder.event(kind, at, details).commit();
  }

  /**
   * An event of a socket. Only to be called if {@link #isWanted}.
   *
   * @param details the event as JSON
   */
  public static void write(
      String kind,
      Instant at,
      String knownBy,
      Endpoint local,
      Endpoint remote,
      TcpState state,
      List<OsProcess> owners,
      String details) {
    WatchEvent event = Recorder.event(kind, at, details);
    event.knownBy = knownBy;
    event.localAddress = local.unmapped().host();
    event.localPort = local.port();
    event.remoteAddress = remote.unmapped().host();
    event.remotePort = remote.port();
    event.state = state.name();
    event.owners = owners.stream().map(OsProcess::toString).collect(Collectors.joining(", "));
    event.commit();
  }

  /** Knows the classes that may be missing. */
  private static final class Recorder {

    static boolean isWanted() {
      // If there never was a recording, not even the event is loaded.
      return FlightRecorder.isInitialized() && new WatchEvent().isEnabled();
    }

    static WatchEvent event(String kind, Instant at, String details) {
      WatchEvent event = new WatchEvent();
      event.kind = kind;
      event.happenedAt = at.toEpochMilli();
      event.details = details;
      return event;
    }
  }
}
