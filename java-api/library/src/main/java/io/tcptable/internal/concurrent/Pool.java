// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.concurrent;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Reuses expensive objects. One may come back in any state, even after a failure; one that is not
 * given back is collected.
 */
public final class Pool<T> {

  private static final int MOST_KEPT = 4;

  private final ConcurrentLinkedQueue<T> kept = new ConcurrentLinkedQueue<>();
  private final AtomicInteger count = new AtomicInteger();
  private final Supplier<T> maker;

  public Pool(Supplier<T> maker) {
    this.maker = maker;
  }

  public T take() {
    T thing = kept.poll();
    if (thing == null) {
      return maker.get();
    }
    count.decrementAndGet();
    return thing;
  }

  public void giveBack(T thing) {
    if (count.incrementAndGet() <= MOST_KEPT) {
      kept.add(thing);
    } else {
      count.decrementAndGet();
    }
  }
}
