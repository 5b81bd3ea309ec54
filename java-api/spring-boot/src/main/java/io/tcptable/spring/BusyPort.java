// SPDX-License-Identifier: Apache-2.0
package io.tcptable.spring;

import io.tcptable.PortHolders;
import io.tcptable.TcpTable;
import io.tcptable.TcpTableException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says who holds a port, since when, with which command, and what to do. */
final class BusyPort {

  private static final int LONGEST_LINE = 1_000;

  private BusyPort() {}

  /** Empty if the sockets cannot be read, or if nobody is seen on the port. */
  static Optional<FailureAnalysis> analysis(int port, @Nullable Throwable failure) {
    try {
      return analysis(port, TcpTable.holders(port), failure);
    } catch (TcpTableException e) {
      return Optional.empty();
    }
  }

  private static Optional<FailureAnalysis> analysis(
      int port, PortHolders holders, @Nullable Throwable failure) {
    List<PortHolders.Holder> listening =
        holders.holders().stream().filter(PortHolders.Holder::isListening).toList();
    if (!holders.isListenedOn()) {
      return Optional.empty();
    }
    String title = "Web server failed to start: port " + port + " is in use";
    if (listening.isEmpty()) {
      return Optional.of(
          new FailureAnalysis(
              title + " by a process of another user, which this user may not see.",
              "See it as root or administrator: tcptable diagnose " + port + "\n" + otherPort(),
              failure));
    }
    if (listening.stream().allMatch(BusyPort::isThisProcess)) {
      return Optional.of(
          new FailureAnalysis(
              title + " by this application itself.",
              "Look for a second server on that port, such as management.server.port.",
              failure));
    }
    String who =
        listening.stream()
            .map(holder -> "  " + printable(holder.description().toString()))
            .collect(Collectors.joining("\n"));
    return Optional.of(
        new FailureAnalysis(
            title + " by:\n" + who,
            "See whether it works: tcptable diagnose "
                + port
                + "\nStop it: tcptable free "
                + port
                + "\n"
                + otherPort(),
            failure));
  }

  private static String otherPort() {
    return "Or configure this application to listen on another port.";
  }

  private static boolean isThisProcess(PortHolders.Holder holder) {
    return holder.process().pid() == ProcessHandle.current().pid();
  }

  /** Others choose names and arguments: none of them moves a cursor or begins a line of the log. */
  private static String printable(String text) {
    String whole =
        text.codePoints()
            .map(BusyPort::printable)
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();
    return whole.length() > LONGEST_LINE ? whole.substring(0, LONGEST_LINE) + ".." : whole;
  }

  private static int printable(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          '?';
      default -> character;
    };
  }
}
