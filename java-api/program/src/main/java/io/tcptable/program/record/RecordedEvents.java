// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.record;

import io.tcptable.TcpState;
import io.tcptable.watch.TcpEvent;
import java.util.function.Consumer;

/**
 * Puts events into a recording, and counts them. Of the events that come with each connection, only
 * so many are written between two samples: the recording of a busy port stays small, and what is
 * left out is counted. Safe for use by the threads of the watch and of the samples.
 */
final class RecordedEvents implements Consumer<TcpEvent> {

  /** About 0.5 MB. */
  static final int MOST = 1_000;

  /** How many connections came, were accepted and ended between two samples. */
  record Counts(long opened, long accepted, long closed, long omitted) {}

  private final RecordingSink sink;
  private long opened;
  private long accepted;
  private long closed;
  private long written;
  private long omitted;
  private long total;

  RecordedEvents(RecordingSink sink) {
    this.sink = sink;
  }

  @Override
  public synchronized void accept(TcpEvent event) {
    total++;
    if (event instanceof TcpEvent.Opened) {
      opened++;
    } else if (event instanceof TcpEvent.Accepted) {
      accepted++;
    } else if (event instanceof TcpEvent.Closed end) {
      closed++;
      // No look has seen it: it came and went between two of them, and has no other event.
      opened += end.socket().state() == TcpState.CLOSED ? 1 : 0;
    }
    if (isOfEachConnection(event) && written >= MOST) {
      omitted++;
    } else {
      written++;
      sink.line(event.toJson());
    }
  }

  private static boolean isOfEachConnection(TcpEvent event) {
    return event instanceof TcpEvent.Opened
        || event instanceof TcpEvent.Accepted
        || event instanceof TcpEvent.StateChanged
        || event instanceof TcpEvent.Closed;
  }

  /** Writes another line among them. */
  synchronized void line(String json) {
    sink.line(json);
    sink.flush();
  }

  /** What happened since the last call. */
  synchronized Counts next() {
    Counts counts = new Counts(opened, accepted, closed, omitted);
    opened = 0;
    accepted = 0;
    closed = 0;
    omitted = 0;
    written = 0;
    return counts;
  }

  /** How many events there were in all. */
  synchronized long total() {
    return total;
  }
}
