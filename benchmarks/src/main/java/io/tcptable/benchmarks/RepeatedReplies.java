package io.tcptable.benchmarks;

import io.tcptable.internal.binding.LinuxCalls;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * A kernel that gives to each request the replies of sock_diag that were once heard from the real
 * one, without a system call.
 */
final class RepeatedReplies {

  private static final int LENGTH = 0;
  private static final int SEQUENCE = 8;
  private static final int ALIGNMENT = 4;
  private static final int DESCRIPTOR = 1000;

  private final List<ByteBuffer> replies = new ArrayList<>();
  private int sequence;
  private int next;

  /** Hands all calls on, and remembers what is received. */
  LinuxCalls recording(LinuxCalls kernel) {
    return seam(
        (method, arguments) -> {
          Object result = method.invoke(kernel, arguments);
          if (method.getName().equals("recvfrom")) {
            int length = (int) result;
            ByteBuffer copy = ByteBuffer.allocateDirect(length).order(ByteOrder.nativeOrder());
            copy.put(0, (ByteBuffer) arguments[1], 0, length);
            replies.add(copy);
          }
          return result;
        });
  }

  void forget() {
    replies.clear();
  }

  LinuxCalls repeating() {
    return seam(
        (method, arguments) ->
            switch (method.getName()) {
              case "socket" -> DESCRIPTOR;
              case "send" -> send((ByteBuffer) arguments[1]);
              case "recvfrom" ->
                  receive(
                      (ByteBuffer) arguments[1],
                      (ByteBuffer) arguments[3],
                      (ByteBuffer) arguments[4]);
              case "close" -> 0;
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
    Object to(java.lang.reflect.Method method, Object[] arguments) throws Throwable;
  }

  private int send(ByteBuffer request) {
    sequence = request.getInt(SEQUENCE);
    next = 0;
    return request.limit();
  }

  private int receive(ByteBuffer message, ByteBuffer sender, ByteBuffer senderLength) {
    ByteBuffer reply = replies.get(next++);
    message.put(0, reply, 0, reply.capacity());
    int at = 0;
    while (at < reply.capacity()) {
      message.putInt(at + SEQUENCE, sequence);
      at += (message.getInt(at + LENGTH) + ALIGNMENT - 1) & -ALIGNMENT;
    }
    sender.putInt(4, 0);
    senderLength.putInt(0, sender.capacity());
    return reply.capacity();
  }
}
