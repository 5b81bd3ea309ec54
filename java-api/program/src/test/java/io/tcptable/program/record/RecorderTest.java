// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tcptable.diagnose.PortDiagnosis;
import io.tcptable.program.Json;
import io.tcptable.program.command.PortArgument;
import io.tcptable.program.record.RecordingEnd.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever ends a recording, what was recorded is there, and its last line says why it ended. */
class RecorderTest {

  private static final Duration INTERVAL = Recorder.SHORTEST_INTERVAL;

  private static final PortArgument PORT = new PortArgument(1, Optional.empty());

  private final Sink sink = new Sink();

  /** Keeps what was passed on, as a file does when its program is killed. */
  private static final class Sink implements RecordingSink {
    private final List<String> taken = new ArrayList<>();
    private final List<String> kept = new ArrayList<>();
    private int room = Integer.MAX_VALUE;

    @Override
    public void line(String json) {
      taken.add(json);
    }

    @Override
    public void flush() {
      taken.stream().limit(room - kept.size()).forEach(kept::add);
      taken.clear();
    }

    @Override
    public boolean isBroken() {
      return kept.size() >= room;
    }

    List<@Nullable Object> schemas() {
      return kept.stream().map(line -> Json.object(line).get("schema")).toList();
    }

    @Nullable Object last(String field) {
      return Json.object(kept.get(kept.size() - 1)).get(field);
    }
  }

  @AfterEach
  void noInterruptionIsLeft() {
    assertThat(Thread.interrupted()).isFalse();
  }

  private static PortDiagnosis diagnosis() throws InterruptedException {
    return PortDiagnosis.request(1)
        .withoutHealthCheck()
        .secondLookAfter(PortDiagnosis.SHORTEST_DISTANCE)
        .run();
  }

  private static Recorder recorder(Duration time, Recorder.Diagnosis diagnosis) {
    return new Recorder(PORT, time, INTERVAL, diagnosis);
  }

  @Test
  void aWholeOneSaysSo() {
    Recorder.Summary summary = recorder(INTERVAL, RecorderTest::diagnosis).run(sink);

    assertThat(sink.schemas())
        .containsExactly(
            "tcptable.recording/1",
            "tcptable.diagnosis/2",
            "tcptable.sample/1",
            "tcptable.sample/1",
            "tcptable.diagnosis/2",
            "tcptable.end/1");
    assertThat(sink.last("reason")).isEqualTo("complete");
    assertThat(summary.samples()).isEqualTo(2);
    assertThat(summary.end().reason()).isEqualTo(Reason.COMPLETE);
  }

  /** However the interval divides the time, and be the time shorter than a look may be. */
  @ParameterizedTest
  @CsvSource({"250,100,4,83", "100,60000,2,100", "1,1000,2,10", "300,100,4,100"})
  void theLastSampleIsAtTheEnd(long time, long interval, int samples, long each) {
    Recorder.Summary summary =
        new Recorder(
                PORT, Duration.ofMillis(time), Duration.ofMillis(interval), RecorderTest::diagnosis)
            .run(sink);

    assertThat(summary.samples()).isEqualTo(samples);
    assertThat(Json.object(sink.kept.get(0))).containsEntry("intervalMillis", each);
  }

  @Test
  void aDiagnosisThatFailsAtTheEndLosesNothing() {
    List<Integer> made = new ArrayList<>();
    Recorder.Summary summary =
        recorder(
                INTERVAL,
                () -> {
                  made.add(1);
                  if (made.size() == 2) {
                    throw new IllegalStateException("broken");
                  }
                  return diagnosis();
                })
            .run(sink);

    assertThat(sink.schemas())
        .containsExactly(
            "tcptable.recording/1",
            "tcptable.diagnosis/2",
            "tcptable.sample/1",
            "tcptable.sample/1",
            "tcptable.end/1");
    assertThat(sink.last("reason")).isEqualTo("failed");
    assertThat(sink.last("message")).isEqualTo("java.lang.IllegalStateException: broken");
    assertThat(summary.end().failure()).isPresent();
  }

  @Test
  void withoutTheFirstDiagnosisThereIsNone() {
    assertThatThrownBy(
            () ->
                recorder(
                        INTERVAL,
                        () -> {
                          throw new IllegalStateException("broken");
                        })
                    .run(sink))
        .hasMessage("broken");
    assertThat(sink.schemas()).containsExactly("tcptable.recording/1");
  }

  @Test
  void anInterruptionEndsIt() {
    Thread recording = Thread.currentThread();
    Recorder.Summary summary =
        recorder(
                Duration.ofMinutes(Integer.MAX_VALUE),
                () -> {
                  PortDiagnosis made = diagnosis();
                  recording.interrupt();
                  return made;
                })
            .run(sink);

    assertThat(Thread.interrupted()).isTrue();
    assertThat(sink.schemas()).endsWith("tcptable.end/1");
    assertThat(sink.last("reason")).isEqualTo("interrupted");
    assertThat(summary.end().reason()).isEqualTo(Reason.INTERRUPTED);
  }

  @Test
  void aSinkThatTakesNoMoreEndsIt() {
    sink.room = 4;

    recorder(Duration.ofHours(1), RecorderTest::diagnosis).run(sink);

    assertThat(sink.schemas()).hasSize(4).endsWith("tcptable.sample/1");
  }
}
