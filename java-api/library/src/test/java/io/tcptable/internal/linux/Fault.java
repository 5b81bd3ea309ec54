// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.linux;

import java.util.function.IntSupplier;

/**
 * What happens when a call is made: by default each time it is, and nothing at all until one of
 * {@link #fail}, {@link #run} is told.
 */
public final class Fault {

  private final String call;
  private final String path;
  private int skip;
  private int times = Integer.MAX_VALUE;
  private IntSupplier effect = () -> 0;

  Fault(String call, String path) {
    this.call = call;
    this.path = path;
  }

  /** Lets the first calls pass. */
  public synchronized Fault after(int calls) {
    skip = calls;
    return this;
  }

  /** Happens so many times only. */
  public synchronized Fault times(int calls) {
    times = calls;
    return this;
  }

  public Fault once() {
    return times(1);
  }

  /** The call does nothing and returns {@code -errno}. */
  public void fail(int errno) {
    returns(-errno);
  }

  /** The call does nothing and returns this. */
  public void returns(int result) {
    happens(() -> result);
  }

  /** This is done first, on the thread of the call, which then goes on. */
  public void run(Runnable action) {
    happens(
        () -> {
          action.run();
          return 0;
        });
  }

  private synchronized void happens(IntSupplier effect) {
    this.effect = effect;
  }

  /** The action runs without a lock held, so that it may wait for another thread. */
  int strike(String call, String path) {
    return isMeant(call, path) ? effect().getAsInt() : 0;
  }

  private synchronized IntSupplier effect() {
    return effect;
  }

  private synchronized boolean isMeant(String call, String path) {
    if (!this.call.equals(call) || !(this.path.isEmpty() || this.path.equals(path))) {
      return false;
    }
    if (skip > 0) {
      skip--;
      return false;
    }
    return times > 0 && times-- > 0;
  }
}
