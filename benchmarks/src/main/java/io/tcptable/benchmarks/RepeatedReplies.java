// SPDX-License-Identifier: Apache-2.0
package io.tcptable.benchmarks;

import io.tcptable.internal.binding.LinuxCalls;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A kernel that gives to each request the replies of sock_diag that were once heard to the like of
 * it from the real one, without a system call. Safe for use by many threads, one a descriptor.
 */
final class RepeatedReplies {

  private static final int LENGTH = 0;
  private static final int SEQUENCE = 8;
  private static final int ALIGNMENT = 4;

  /** By request, whatever its sequence number. */
  private final Map<ByteBuffer, List<ByteBuffer>> replies = new ConcurrentHashMap<>();

  /** To what was last asked on a descriptor. */
  private final Map<Integer, List<ByteBuffer>> heard = new ConcurrentHashMap<>();

  private final Map<Integer, Repetition> repetitions = new ConcurrentHashMap<>();
  private final AtomicInteger descriptors = new AtomicInteger();

  private record Repetition(int sequence, Iterator<ByteBuffer> replies) {}

  /** Hands all calls on, and remembers what is received. */
  LinuxCalls recording(LinuxCalls kernel) {
    return seam(
        (method, arguments) -> {
          Object result = method.invoke(kernel, arguments);
          if (method.getName().equals("send")) {
            List<ByteBuffer> afresh = new ArrayList<>();
            replies.put(withoutSequence((ByteBuffer) arguments[1]), afresh);
            heard.put((int) arguments[0], afresh);
          } else if (method.getName().equals("recvfrom")) {
            ByteBuffer reply = copy((ByteBuffer) arguments[1], (int) result);
            Objects.requireNonNull(heard.get((int) arguments[0])).add(reply);
          }
          return result;
        });
  }

  private static ByteBuffer copy(ByteBuffer bytes, int length) {
    ByteBuffer copy = ByteBuffer.allocateDirect(length).order(ByteOrder.nativeOrder());
    return copy.put(0, bytes, 0, length);
  }

  private static ByteBuffer withoutSequence(ByteBuffer request) {
    return copy(request, request.limit()).putInt(SEQUENCE, 0);
  }

  LinuxCalls repeating() {
    return seam(
        (method, arguments) ->
            switch (method.getName()) {
              case "socket" -> descriptors.incrementAndGet();
              case "send" -> send((int) arguments[0], (ByteBuffer) arguments[1]);
              case "recvfrom" ->
                  receive(
                      Objects.requireNonNull(repetitions.get((int) arguments[0])),
                      (ByteBuffer) arguments[1],
                      (ByteBuffer) arguments[3],
                      (ByteBuffer) arguments[4]);
              case "close" -> repetitions.remove((int) arguments[0]) == null ? -1 : 0;
              default -> throw new UnsupportedOperationException(method.getName());
            });
  }

  private static LinuxCalls seam(Answer answer) {
    return (LinuxCalls)
        Proxy.newProxyInstance(
            LinuxCalls.class.getClassLoader(),
            new Class<?>[] {LinuxCalls.class},
            (proxy, method, arguments) -> answer.to(method, arguments));
  }

  private interface Answer {
    Object to(Method method, Object[] arguments) throws Throwable;
  }

  private int send(int descriptor, ByteBuffer request) {
    List<ByteBuffer> again = replies.get(withoutSequence(request));
    if (again == null) {
      throw new IllegalStateException("a request that was never made before");
    }
    repetitions.put(descriptor, new Repetition(request.getInt(SEQUENCE), again.iterator()));
    return request.limit();
  }

  private static int receive(
      Repetition repetition, ByteBuffer message, ByteBuffer sender, ByteBuffer senderLength) {
    ByteBuffer reply = repetition.replies().next();
    message.put(0, reply, 0, reply.capacity());
    int at = 0;
    while (at < reply.capacity()) {
      message.putInt(at + SEQUENCE, repetition.sequence());
      at += (message.getInt(at + LENGTH) + ALIGNMENT - 1) & -ALIGNMENT;
    }
    sender.putInt(4, 0);
    senderLength.putInt(0, sender.capacity());
    return reply.capacity();
  }
}
