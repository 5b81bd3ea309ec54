// SPDX-License-Identifier: Apache-2.0
package io.tcptable.flight;

import java.util.List;
import jdk.jfr.FlightRecorder;
import org.jspecify.annotations.Nullable;

/**
 * Writes an event {@code io.tcptable.Diagnosis} of a diagnosis into the recordings that run; does
 * nothing if there is none, or no module {@code jdk.jfr}. For one thread.
 */
public final class DiagnosisRecord {

  private final @Nullable Recorder recorder;

  private DiagnosisRecord(@Nullable Recorder recorder) {
    this.recorder = recorder;
  }

  /** The diagnosis begins. */
  public static DiagnosisRecord begin() {
    return new DiagnosisRecord(FlightModule.IS_THERE ? Recorder.begin() : null);
  }

  /**
   * The diagnosis is done.
   *
   * @param findings their codes
   */
  public void end(int port, String verdict, String headline, List<String> findings) {
    if (recorder != null) {
      recorder.end(port, verdict, headline, findings);
    }
  }

  /** Knows the classes that may be missing. */
  private static final class Recorder {

    private final DiagnosisEvent event = new DiagnosisEvent();

    static @Nullable Recorder begin() {
      if (!FlightRecorder.isInitialized()) {
        // There never was a recording: not even the event is loaded.
        return null;
      }
      Recorder recorder = new Recorder();
      recorder.event.begin();
      return recorder;
    }

    void end(int port, String verdict, String headline, List<String> findings) {
      if (event.shouldCommit()) {
        event.port = port;
        event.verdict = verdict;
        event.headline = headline;
        event.findings = String.join(", ", findings);
        event.commit();
      }
    }
  }
}
