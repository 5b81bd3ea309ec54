// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.record;

import io.tcptable.TcpState;
import io.tcptable.watch.TcpEvent;

/**
 * Puts the lines of a recording into its sink, and counts them. Each is passed on at once, so that
 * a program that is killed loses none. Of the events that come with each connection, only so many
 * are written between two samples: the recording of a busy port stays small, and what is left out
 * is counted. Safe for use by the threads of the watch and of the recorder.
 */
final class RecordingLines {

  /** About 0.5 MB. */
  static final int MOST_EVENTS = 1_000;

  /** How many connections came, were accepted and ended between two samples. */
  record Counts(long opened, long accepted, long closed, long omitted) {}

  private final RecordingSink sink;
  private long opened;
  private long accepted;
  private long closed;
  private long written;
  private long omitted;
  private long events;
  private long samples;

  RecordingLines(RecordingSink sink) {
    this.sink = sink;
  }

  /** An event has happened. */
  synchronized void accept(TcpEvent event) {
    events++;
    if (event instanceof TcpEvent.Opened) {
      opened++;
    } else if (event instanceof TcpEvent.Accepted) {
      accepted++;
    } else if (event instanceof TcpEvent.Closed end) {
      closed++;
      // No look has seen it: it came and went between two of them, and has no other event.
      opened += end.socket().state() == TcpState.CLOSED ? 1 : 0;
    }
    if (isOfEachConnection(event) && written >= MOST_EVENTS) {
      omitted++;
    } else {
      written++;
      line(event.toJson());
    }
  }

  private static boolean isOfEachConnection(TcpEvent event) {
    return event instanceof TcpEvent.Opened
        || event instanceof TcpEvent.Accepted
        || event instanceof TcpEvent.StateChanged
        || event instanceof TcpEvent.Closed;
  }

  /** The port was looked at. */
  synchronized void sample(Sample sample) {
    line(sample.toJson(next()));
    samples++;
  }

  /** Writes another line among them. */
  synchronized void line(String json) {
    sink.line(json);
    sink.flush();
  }

  /** What happened since the last call. */
  private Counts next() {
    Counts counts = new Counts(opened, accepted, closed, omitted);
    opened = 0;
    accepted = 0;
    closed = 0;
    omitted = 0;
    written = 0;
    return counts;
  }

  /** Whether nobody takes them any more. */
  synchronized boolean isBroken() {
    return sink.isBroken();
  }

  /** How many samples there were. */
  synchronized long samples() {
    return samples;
  }

  /** How many events there were, written or not. */
  synchronized long events() {
    return events;
  }
}
