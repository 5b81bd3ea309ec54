// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.record;

import io.tcptable.TcpTableException;
import io.tcptable.diagnose.PortDiagnosis;
import io.tcptable.program.command.PortArgument;
import io.tcptable.program.diagnose.DiagnosisJson;
import io.tcptable.program.list.Selection;
import io.tcptable.watch.RunningWatch;
import io.tcptable.watch.TcpEvent;
import io.tcptable.watch.TcpWatch;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/**
 * Records a port: a header, a diagnosis, events and samples for a time, and a diagnosis again. The
 * health checks of the diagnoses are made while nothing is watched, so that no event is of them.
 * Each sample is a look of the watch: none is taken for it alone.
 *
 * @param on what is recorded
 * @param time how long events and samples are taken
 * @param interval the most from one sample to the next; it is shorter where it does not divide the
 *     time, as the last sample is taken at the end
 * @param diagnosis made before and after
 */
public record Recorder(PortArgument on, Duration time, Duration interval, Diagnosis diagnosis) {

  /** How long it takes unless told otherwise. */
  public static final Duration DEFAULT_TIME = Duration.ofMinutes(1);

  /** How far apart samples are unless told otherwise. */
  public static final Duration DEFAULT_INTERVAL = Duration.ofSeconds(1);

  /** Samples take a look at each process; closer together, they would disturb what they measure. */
  public static final Duration SHORTEST_INTERVAL = Duration.ofMillis(100);

  /** How long the last look may take. */
  private static final Duration LONGEST_LOOK = Duration.ofSeconds(10);

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
    lines.line(new RecordingHeader(on, Instant.now(), ZoneId.systemDefault(), each()).toJson());
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

  /** How many intervals the time has. */
  private long intervals() {
    long whole = time.dividedBy(interval);
    return interval.multipliedBy(whole).compareTo(time) < 0 ? whole + 1 : whole;
  }

  /** From one sample to the next. */
  private Duration each() {
    Duration each = time.dividedBy(intervals());
    return each.compareTo(TcpWatch.SHORTEST_INTERVAL) < 0 ? TcpWatch.SHORTEST_INTERVAL : each;
  }

  @SuppressWarnings("try") // The watch is only closed.
  private void watch(RecordingLines lines) throws InterruptedException {
    Selection selection = new Selection(List.of(on), List.of(), Optional.empty(), List.of());
    long samples = intervals() + 1;
    CompletableFuture<Void> end = new CompletableFuture<>();
    TcpWatch watch =
        TcpWatch.of(selection.query())
            .every(each())
            .eachLook(
                table ->
                    until(
                        end,
                        () -> {
                          lines.sample(
                              on.address().isEmpty()
                                  ? Sample.of(table)
                                  : Sample.of(table.takenAt(), selection.of(table)));
                          return lines.samples() == samples || lines.isBroken();
                        }));
    try (RunningWatch running =
        watch.start(event -> until(end, () -> take(event, selection, lines)))) {
      end.get(time.plus(LONGEST_LOOK).toMillis(), TimeUnit.MILLISECONDS);
      assert running.pushes() != null;
    } catch (TimeoutException e) {
      // Looks have failed or take long: the time is over all the same.
    } catch (ExecutionException e) {
      throw new IllegalStateException("a line could not be made", e.getCause());
    }
  }

  private static boolean take(TcpEvent event, Selection selection, RecordingLines lines) {
    if (selection.includes(event)) {
      lines.accept(event);
    }
    return lines.isBroken();
  }

  /** By the thread of the watch, which may go on for a while after the end. */
  private static void until(CompletableFuture<Void> end, BooleanSupplier isOver) {
    if (end.isDone()) {
      return;
    }
    try {
      if (isOver.getAsBoolean()) {
        end.complete(null);
      }
    } catch (RuntimeException e) {
      end.completeExceptionally(e);
    }
  }
}
