// SPDX-License-Identifier: Apache-2.0
package io.tcptable.restart;

import io.tcptable.TcpTableException;
import io.tcptable.restart.Refusal.Kind;
import java.io.IOException;
import java.io.Serial;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Takes the steps of a run one by one, tells its listener, and keeps what came of them. */
final class StepRunner {

  /** What a step does. */
  interface Action<T> {
    Done<T> take() throws StepException, IOException, InterruptedException;
  }

  /**
   * A step that went as wanted.
   *
   * @param value what the next steps need
   * @param detail what was done or seen, in one line
   */
  record Done<T>(T value, Outcome outcome, String detail) {

    static <T> Done<T> of(T value, String detail) {
      return new Done<>(value, Outcome.DONE, detail);
    }
  }

  /** The run ends here; why is noted already. */
  static final class Ended extends Exception {

    @Serial private static final long serialVersionUID = 1L;

    private final Outcome outcome;

    private Ended(Outcome outcome) {
      this.outcome = outcome;
    }

    Outcome outcome() {
      return outcome;
    }
  }

  private final StepListener listener;
  private final List<StepResult> results = new ArrayList<>();
  private boolean changed;

  StepRunner(StepListener listener) {
    this.listener = listener;
  }

  List<StepResult> results() {
    return results;
  }

  /** From now on, things are not as they were: who fails has to say so. */
  void changing() {
    changed = true;
  }

  /**
   * Takes a step.
   *
   * @param what what it is about to do, in one line
   */
  <T> T take(Step step, String what, Action<T> action) throws Ended {
    listener.began(step, what);
    long start = System.nanoTime();
    try {
      if (Thread.currentThread().isInterrupted()) {
        throw new InterruptedException();
      }
      Done<T> done = action.take();
      note(step, done.outcome(), start, done.detail(), Optional.empty());
      return done.value();
    } catch (StepException e) {
      throw failed(step, start, e.obstacle());
    } catch (TcpTableException | IOException e) {
      // Reading a file fails if the thread is interrupted meanwhile.
      if (Thread.currentThread().isInterrupted()) {
        throw cancelled(step, start, what);
      }
      throw failed(step, start, Refusal.of(Kind.SYSTEM_ERROR, String.valueOf(e.getMessage())));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw cancelled(step, start, what);
    }
  }

  private Ended failed(Step step, long start, Refusal obstacle) {
    Outcome outcome = changed ? Outcome.FAILED : Outcome.REFUSED;
    note(step, outcome, start, obstacle.message(), Optional.of(obstacle));
    return new Ended(outcome);
  }

  private Ended cancelled(Step step, long start, String what) {
    note(step, Outcome.CANCELLED, start, "cancelled: " + what, Optional.empty());
    return new Ended(Outcome.CANCELLED);
  }

  private void note(
      Step step, Outcome outcome, long start, String detail, Optional<Refusal> obstacle) {
    Duration duration = Duration.ofNanos(System.nanoTime() - start);
    StepResult result = new StepResult(step, outcome, duration, detail, obstacle);
    results.add(result);
    listener.ended(result);
  }
}
