// SPDX-License-Identifier: Apache-2.0
package io.tcptable.junit;

import io.tcptable.TcpSocket;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Says which sockets are left, and which threads are at a socket. */
final class LeakReport {

  private LeakReport() {}

  static String of(List<TcpSocket> left, String since, Set<Thread> threadsBefore) {
    String sockets = left.stream().map(it -> "\n  " + describe(it)).collect(Collectors.joining());
    String threads =
        Thread.getAllStackTraces().entrySet().stream()
            .filter(it -> !threadsBefore.contains(it.getKey()))
            .flatMap(LeakReport::atSocket)
            .sorted()
            .collect(Collectors.joining());
    return (left.size() == 1 ? "1 socket is" : left.size() + " sockets are")
        + " open that "
        + (left.size() == 1 ? "was" : "were")
        + " not there "
        + since
        + ":"
        + sockets
        + (threads.isEmpty() ? "" : "\nThreads made since then that are at a socket:" + threads);
  }

  private static String describe(TcpSocket socket) {
    return switch (socket.state()) {
      case LISTEN -> "listens on " + socket.local().unmapped();
      case CLOSED -> "bound to " + socket.local().unmapped() + ", neither listening nor connected";
      case CLOSE_WAIT ->
          "connection "
              + ends(socket)
              + " in CLOSE_WAIT: the peer has closed it, this side has not";
      default -> "connection " + ends(socket) + " in " + socket.state();
    };
  }

  private static String ends(TcpSocket socket) {
    return socket.local().unmapped() + " to " + socket.remote().unmapped();
  }

  /** A thread that is in a call of a socket, with the first line that is not the JDK's. */
  private static Stream<String> atSocket(Map.Entry<Thread, StackTraceElement[]> thread) {
    StackTraceElement[] stack = thread.getValue();
    boolean isAtSocket =
        Arrays.stream(stack)
            .map(StackTraceElement::getClassName)
            .anyMatch(it -> it.startsWith("sun.nio.ch.") || it.startsWith("java.net."));
    return isAtSocket
        ? Stream.of(
            "\n  "
                + thread.getKey().getName()
                + Arrays.stream(stack)
                    .filter(it -> !it.getClassName().matches("(java|javax|sun|jdk)\\..*"))
                    .findFirst()
                    .map(LeakReport::line)
                    .orElse(""))
        : Stream.of();
  }

  private static String line(StackTraceElement at) {
    return " at "
        + at.getClassName()
        + "."
        + at.getMethodName()
        + "("
        + at.getFileName()
        + ":"
        + at.getLineNumber()
        + ")";
  }
}
