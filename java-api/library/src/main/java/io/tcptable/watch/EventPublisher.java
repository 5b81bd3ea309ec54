// SPDX-License-Identifier: Apache-2.0
package io.tcptable.watch;

import io.tcptable.TcpTableException;
import java.util.Objects;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Starts a watch for each subscriber. */
final class EventPublisher implements Flow.Publisher<TcpEvent> {

  private final TcpWatch watch;

  EventPublisher(TcpWatch watch) {
    this.watch = watch;
  }

  @Override
  public void subscribe(Flow.Subscriber<? super TcpEvent> subscriber) {
    Objects.requireNonNull(subscriber, "subscriber");
    Subscription subscription = new Subscription(subscriber);
    try {
      subscription.begin(new RunningWatch(watch, subscriber::onNext, subscription::tellError));
    } catch (TcpTableException e) {
      subscriber.onSubscribe(new Ended());
      subscriber.onError(e);
    }
  }

  /** What a subscriber has whose watch could not begin. */
  private static final class Ended implements Flow.Subscription {

    @Override
    public void request(long more) {
      // There is nothing.
    }

    @Override
    public void cancel() {
      // It has ended.
    }
  }

  private static final class Subscription implements Flow.Subscription {

    private final Flow.Subscriber<? super TcpEvent> subscriber;
    private final AtomicReference<@Nullable RunningWatch> running = new AtomicReference<>();
    private volatile @Nullable IllegalArgumentException error;

    Subscription(Flow.Subscriber<? super TcpEvent> subscriber) {
      this.subscriber = subscriber;
    }

    void begin(RunningWatch watch) {
      running.set(watch);
      boolean isTaken = false;
      try {
        subscriber.onSubscribe(this);
        isTaken = true;
      } finally {
        if (!isTaken) {
          cancel();
        }
        // If it is cancelled already, the threads end at once.
        watch.start();
      }
    }

    @Override
    public void request(long more) {
      if (more <= 0) {
        error = new IllegalArgumentException(more + " events are asked for, at least 1 expected");
        cancel();
        return;
      }
      RunningWatch watch = running.get();
      if (watch != null) {
        watch.request(more);
      }
    }

    @Override
    public void cancel() {
      RunningWatch watch = running.getAndSet(null);
      if (watch != null) {
        watch.stop();
      }
    }

    /** On the thread that delivers, as the signals to a subscriber must not overlap. */
    void tellError() {
      IllegalArgumentException told = error;
      if (told != null) {
        subscriber.onError(told);
      }
    }
  }

  /** What each subscription watches. */
  @Override
  public String toString() {
    return "events of the " + watch;
  }
}
