// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.linux;

import io.tcptable.internal.platform.SocketUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The sockets that the service manager of the system has opened: {@code systemd.socket(5)}. */
final class SystemdSockets {

  /** As {@code systemctl show} prints a stream with a port: {@code [::]:3005 (Stream)}. */
  private static final Pattern STREAM = Pattern.compile("[\\[\\d].*:(\\d+)(?:%\\S+)? \\(Stream\\)");

  private static final Pattern BETWEEN_UNITS = Pattern.compile("\n\n+");

  private SystemdSockets() {}

  /** The unit of a TCP port; empty if it is not known. Runs {@code systemctl}: 10 ms. */
  static Optional<SocketUnit> unit(int port) {
    return TrustedTool.output("systemctl", "show", "--property=Id,Listen,Triggers", "*.socket")
        .flatMap(shown -> unit(shown, port));
  }

  /** The same of what {@code systemctl} printed; empty if several units have the port, too. */
  static Optional<SocketUnit> unit(String shown, int port) {
    List<List<String>> found =
        BETWEEN_UNITS
            .splitAsStream(shown)
            .map(unit -> unit.lines().toList())
            .filter(
                lines ->
                    values(lines, "Listen").stream()
                        .map(STREAM::matcher)
                        .anyMatch(it -> it.matches() && it.group(1).equals("" + port)))
            .toList();
    return found.size() == 1 ? unit(found.get(0)) : Optional.empty();
  }

  private static Optional<SocketUnit> unit(List<String> lines) {
    List<String> services =
        values(lines, "Triggers").stream().flatMap(it -> Arrays.stream(it.split(" "))).toList();
    return values(lines, "Id").stream()
        .findFirst()
        .map(
            id ->
                new SocketUnit(
                    id, services.size() == 1 ? Optional.of(services.get(0)) : Optional.empty()));
  }

  private static List<String> values(List<String> lines, String property) {
    String start = property + "=";
    return lines.stream()
        .filter(line -> line.startsWith(start))
        .map(line -> line.substring(start.length()))
        .filter(value -> !value.isEmpty())
        .toList();
  }
}
