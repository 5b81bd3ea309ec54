// SPDX-License-Identifier: Apache-2.0
package io.tcptable.agreement;

import io.tcptable.internal.binding.LinuxCalls;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Real system calls, in whose midst something happens: right after so many of those that look into
 * one process, by the thread that does so.
 */
final class LookInterrupted {

  private final LinuxCalls calls;
  private final String descriptors;
  private final int after;
  private final Runnable event;

  private volatile @Nullable Thread looking;
  private Object directory = -1;
  private int made;
  private boolean interrupted;

  LookInterrupted(LinuxCalls calls, long pid, int after, Runnable event) {
    this.calls = calls;
    this.descriptors = pid + "/fd\0";
    this.after = after;
    this.event = event;
  }

  LinuxCalls calls() {
    return (LinuxCalls)
        Proxy.newProxyInstance(
            LinuxCalls.class.getClassLoader(),
            new Class<?>[] {LinuxCalls.class},
            (proxy, method, arguments) -> call(method, arguments));
  }

  boolean isInterrupted() {
    return interrupted;
  }

  private Object call(Method method, Object[] arguments) throws Throwable {
    boolean begins =
        method.getName().equals("openat") && opensDescriptors((ByteBuffer) arguments[1]);
    Object result;
    try {
      result = method.invoke(calls, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
    if (begins) {
      looking = Thread.currentThread();
      directory = result;
    }
    if (Thread.currentThread().equals(looking)) {
      step();
      if (method.getName().equals("close") && arguments[0].equals(directory)) {
        looking = null;
      }
    }
    return result;
  }

  private boolean opensDescriptors(ByteBuffer path) {
    for (int i = 0; i < descriptors.length(); i++) {
      if (path.get(i) != descriptors.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private void step() {
    if (made++ == after) {
      interrupted = true;
      event.run();
    }
  }
}
