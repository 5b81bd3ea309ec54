// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.record;

import io.tcptable.TcpQuery;
import io.tcptable.TcpTable;
import io.tcptable.TcpTableException;
import io.tcptable.diagnose.PortDiagnosis;
import io.tcptable.program.diagnose.DiagnosisJson;
import io.tcptable.watch.RunningWatch;
import io.tcptable.watch.TcpWatch;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.concurrent.TimeUnit;

/**
 * Records a port: a header, a diagnosis, events and samples for a time, and a diagnosis again. The
 * health checks of the diagnoses are made while nothing is watched, so that no event is of them.
 *
 * @param time how long events and samples are taken
 * @param interval from one sample to the next, and from one look of the watch to the next
 * @param diagnosis made before and after
 */
public record Recorder(int port, Duration time, Duration interval, Diagnosis diagnosis) {

  /** How long it takes unless told otherwise. */
  public static final Duration DEFAULT_TIME = Duration.ofMinutes(1);

  /** How far apart samples are unless told otherwise. */
  public static final Duration DEFAULT_INTERVAL = Duration.ofSeconds(1);

  /** Samples take a look at each process; closer together, they would disturb what they measure. */
  public static final Duration SHORTEST_INTERVAL = Duration.ofMillis(100);

  /** What is made before and after. */
  public interface Diagnosis {
    /** As {@link PortDiagnosis.Request#run()}. */
    PortDiagnosis run() throws InterruptedException;
  }

  /**
   * What there is now.
   *
   * @param end whether it is whole and, if not, why
   */
  public record Summary(long samples, long events, RecordingEnd end) {}

  /**
   * Records until the time is over, this thread is interrupted, or the sink is broken. After the
   * first diagnosis, an error ends the recording, and nothing of it is lost.
   *
   * @throws TcpTableException if the first diagnosis fails: then there is no recording
   */
  public Summary run(RecordingSink sink) {
    RecordingLines lines = new RecordingLines(sink);
    lines.line(new RecordingHeader(port, Instant.now(), ZoneId.systemDefault(), interval).toJson());
    RecordingEnd end;
    try {
      lines.line(DiagnosisJson.text(diagnosis.run()));
      end = recordAfterFirst(lines);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      end = RecordingEnd.of(RecordingEnd.Reason.INTERRUPTED);
    }
    lines.line(end.toJson());
    return new Summary(lines.samples(), lines.events(), end);
  }

  private RecordingEnd recordAfterFirst(RecordingLines lines) throws InterruptedException {
    try {
      watch(lines);
      if (lines.isBroken()) {
        return RecordingEnd.of(RecordingEnd.Reason.INTERRUPTED);
      }
      lines.line(DiagnosisJson.text(diagnosis.run()));
      return RecordingEnd.of(RecordingEnd.Reason.COMPLETE);
    } catch (RuntimeException e) {
      return RecordingEnd.of(e);
    }
  }

  @SuppressWarnings("try") // The watch is only closed.
  private void watch(RecordingLines lines) throws InterruptedException {
    TcpQuery query = TcpQuery.all().localPort(port);
    long begin = System.nanoTime();
    try (RunningWatch running = TcpWatch.of(query).every(interval).start(lines)) {
      boolean isOver = false;
      for (long next = begin; !isOver; next += interval.toNanos()) {
        // The last one is taken at the end, however the interval divides the time.
        long end = begin + time.toNanos();
        isOver = next - end >= 0;
        TimeUnit.NANOSECONDS.sleep((isOver ? end : next) - System.nanoTime());
        if (System.nanoTime() - next > interval.toNanos()) {
          // A look took longer than the interval: what is too late is left out.
          next = System.nanoTime();
        }
        sample(query, lines);
        isOver |= lines.isBroken();
      }
    }
  }

  /** Takes one, unless the look fails: the watch tells that as an event of its own. */
  private static void sample(TcpQuery query, RecordingLines lines) {
    TcpTable table;
    try {
      table = TcpTable.snapshot(query);
    } catch (TcpTableException e) {
      return;
    }
    lines.sample(table);
  }
}
