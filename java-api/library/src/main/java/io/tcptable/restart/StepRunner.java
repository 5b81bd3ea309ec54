// SPDX-License-Identifier: Apache-2.0
package io.tcptable.restart;

import io.tcptable.TcpTableException;
import io.tcptable.restart.Refusal.Kind;
import java.io.IOException;
import java.io.Serial;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Takes the steps of a run one by one, tells its listener, and keeps the results.
 *
 * <p>Once something was stopped or started, a failure ends the run with a result, never with an
 * exception: what was done must be reported.
 */
final class StepRunner {

  /** The run ends here; why is noted already. */
  private static final class Aborted extends Exception {
    @Serial private static final long serialVersionUID = 1L;

    private final Outcome outcome;

    Aborted(Outcome outcome) {
      this.outcome = outcome;
    }
  }

  private final RunContext context;
  private final StepListener listener;
  private final List<StepResult> results = new ArrayList<>();
  private Optional<Throwable> listenerFailure = Optional.empty();

  StepRunner(RunContext context, StepListener listener) {
    this.context = context;
    this.listener = listener;
  }

  List<StepResult> results() {
    return results;
  }

  /** What the listener has thrown after something was stopped or started, if it has. */
  Optional<Throwable> listenerFailure() {
    return listenerFailure;
  }

  /** Takes these steps and those that follow from them. */
  Outcome run(List<Step> steps) {
    Deque<Step> ahead = new ArrayDeque<>(steps);
    try {
      while (!ahead.isEmpty()) {
        List<Step> next = take(ahead.pop()).next();
        for (int i = next.size() - 1; i >= 0; i--) {
          ahead.push(next.get(i));
        }
      }
      return Outcome.DONE;
    } catch (Aborted e) {
      return e.outcome;
    }
  }

  private StepOk take(Step step) throws Aborted {
    long start = System.nanoTime();
    String what = step.name().toString();
    try {
      what = step.describe();
      began(step.name(), what);
      if (Thread.currentThread().isInterrupted()) {
        throw new InterruptedException();
      }
      StepOk ok = step.run(context);
      if (step.name() == StepName.START) {
        context.server().ifPresent(it -> tell(() -> listener.started(it.process())));
      }
      note(step, ok.outcome(), start, ok.detail(), Optional.empty());
      return ok;
    } catch (StepException e) {
      throw failed(step, start, e.refusal());
    } catch (TcpTableException | IOException e) {
      // Reading a file fails if the thread is interrupted meanwhile.
      if (Thread.currentThread().isInterrupted()) {
        throw cancelled(step, start, what);
      }
      throw failed(step, start, Refusal.of(Kind.SYSTEM_ERROR, String.valueOf(e.getMessage())));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw cancelled(step, start, what);
    } catch (RuntimeException | Error e) {
      if (!context.hasChanged()) {
        throw e;
      }
      throw failed(step, start, Refusal.of(Kind.SYSTEM_ERROR, what + ": " + e));
    }
  }

  private void began(StepName step, String what) {
    tell(() -> listener.began(step, what));
  }

  private Aborted failed(Step step, long start, Refusal refusal) {
    Outcome outcome = context.hasChanged() ? Outcome.FAILED : Outcome.REFUSED;
    note(step, outcome, start, refusal.message(), Optional.of(refusal));
    return new Aborted(outcome);
  }

  private Aborted cancelled(Step step, long start, String what) {
    note(step, Outcome.CANCELLED, start, "cancelled: " + what, Optional.empty());
    return new Aborted(Outcome.CANCELLED);
  }

  private void note(
      Step step, Outcome outcome, long start, String detail, Optional<Refusal> refusal) {
    Duration duration = Duration.ofNanos(System.nanoTime() - start);
    StepResult result = new StepResult(step.name(), outcome, duration, detail, refusal);
    results.add(result);
    tell(() -> listener.ended(result));
  }

  private void tell(Runnable call) {
    try {
      call.run();
    } catch (RuntimeException | Error e) {
      if (!context.hasChanged()) {
        throw e;
      }
      listenerFailure = listenerFailure.or(() -> Optional.of(e));
    }
  }
}
