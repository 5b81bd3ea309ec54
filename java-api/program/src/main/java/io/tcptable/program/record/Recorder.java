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
public record Recorder(
    int port, Duration time, Duration interval, PortDiagnosis.Request diagnosis) {

  /** How long it takes unless told otherwise. */
  public static final Duration DEFAULT_TIME = Duration.ofMinutes(1);

  /** How far apart samples are unless told otherwise. */
  public static final Duration DEFAULT_INTERVAL = Duration.ofSeconds(1);

  /** Samples take a look at each process; closer together, they would disturb what they measure. */
  public static final Duration SHORTEST_INTERVAL = Duration.ofMillis(100);

  /**
   * What there is now.
   *
   * @param isWhole false if it was interrupted, or the sink broke
   */
  public record Summary(long samples, long events, boolean isWhole) {}

  /**
   * Records until the time is over, this thread is interrupted, or the sink is broken.
   *
   * @throws TcpTableException if the sockets cannot be read at all
   */
  public Summary run(RecordingSink sink) {
    sink.line(new RecordingHeader(port, Instant.now(), ZoneId.systemDefault(), interval).toJson());
    sink.flush();
    RecordedEvents lines = new RecordedEvents(sink);
    long samples = 0;
    boolean isWhole = false;
    try {
      lines.line(DiagnosisJson.text(diagnosis.run()));
      samples = watch(sink, lines);
      isWhole = !sink.isBroken() && !Thread.currentThread().isInterrupted();
      if (isWhole) {
        lines.line(DiagnosisJson.text(diagnosis.run()));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      isWhole = false;
    }
    return new Summary(samples, lines.total(), isWhole && !sink.isBroken());
  }

  /** Returns the number of samples. An interruption stays set. */
  @SuppressWarnings("try") // The watch is only closed.
  private long watch(RecordingSink sink, RecordedEvents lines) {
    TcpQuery query = TcpQuery.all().localPort(port);
    long begin = System.nanoTime();
    long samples = 0;
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
        samples += sample(query, lines);
        isOver |= sink.isBroken();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return samples;
  }

  /** Takes one, unless the look fails: the watch tells that as an event of its own. */
  private static int sample(TcpQuery query, RecordedEvents lines) {
    try {
      lines.line(new Sample(TcpTable.snapshot(query), lines.next()).toJson());
      return 1;
    } catch (TcpTableException e) {
      return 0;
    }
  }
}
