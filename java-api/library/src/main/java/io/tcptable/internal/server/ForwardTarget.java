// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.server;

import io.tcptable.internal.platform.PortNumber;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a forwarder hands on the connections of a port, by its command line. What that does not
 * tell is empty.
 *
 * @param address the address that it connects to
 * @param port the port there
 * @param container the container, as its tools take it: runtime, then name or ID
 * @param words for people: {@code 172.17.0.2:80}, {@code db:5432 through the SSH connection}
 */
public record ForwardTarget(
    Optional<InetAddress> address, OptionalInt port, Optional<String> container, String words) {

  private static final Pattern NUMERIC = Pattern.compile("[0-9.]+|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

  /** {@code TCP:host:port}, {@code TCP4-CONNECT:host:port,option}. */
  private static final Pattern SOCAT =
      Pattern.compile("(?i)(?:TCP|TCP4|TCP6)(?:-CONNECT)?:(\\[[^\\]]*\\]|[^:,]+):([0-9]+)(?:,.*)?");

  /** {@code [address:]port:host:hostport} after {@code -L}. */
  private static final Pattern SSH =
      Pattern.compile("(?:\\[[^\\]]*\\]:|[^:]*:)?([0-9]+):(\\[[^\\]]*\\]|[^:]+):([0-9]+)");

  private static final Pattern CONTAINER_NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]*");

  /**
   * That of a process; empty if it is no forwarder, or its command line does not tell.
   *
   * @param port the port that it holds
   */
  public static Optional<ForwardTarget> of(ServerProcess process, int port) {
    List<String> words = process.commandLine();
    return ServerProgram.fileName(process).flatMap(program -> of(program, words, port));
  }

  static Optional<ForwardTarget> of(String program, List<String> words, int port) {
    return switch (program) {
      case "docker-proxy" -> dockerProxy(words, port);
      case "conmon" -> conmon(words);
      case "socat", "socat1" -> socat(words);
      case "ssh" -> ssh(words, port);
      default -> Optional.empty();
    };
  }

  /** {@code docker-proxy -proto tcp -host-ip A -host-port N -container-ip A -container-port N}. */
  private static Optional<ForwardTarget> dockerProxy(List<String> words, int port) {
    if (!after(words, "-host-port").filter(Integer.toString(port)::equals).isPresent()) {
      return Optional.empty();
    }
    return after(words, "-container-ip")
        .flatMap(ip -> after(words, "-container-port").flatMap(to -> to(ip, to, "")));
  }

  /**
   * It holds the port for the rules of the kernel that forward it: {@code conmon -c ID -n NAME}.
   */
  private static Optional<ForwardTarget> conmon(List<String> words) {
    return conmonContainer(words)
        .map(
            called ->
                new ForwardTarget(
                    Optional.empty(),
                    OptionalInt.empty(),
                    Optional.of("libpod " + called),
                    "the container " + called));
  }

  /** The name of the container that a {@code conmon} watches over, or its ID. */
  private static Optional<String> conmonContainer(List<String> words) {
    return after(words, "-n")
        .filter(CONTAINER_NAME.asMatchPredicate())
        .or(() -> after(words, "-c"));
  }

  /**
   * What people call a container, from the command line of the {@code conmon} that watches over it.
   *
   * @param id of the container
   */
  public static Optional<String> nameByConmon(
      Optional<Path> executable, List<String> words, String id) {
    return executable
        .filter(file -> file.endsWith("conmon"))
        .filter(conmon -> after(words, "-c").filter(id::equals).isPresent())
        .flatMap(conmon -> after(words, "-n"))
        .filter(CONTAINER_NAME.asMatchPredicate());
  }

  /** The ID of the container that a {@code conmon} watches over. */
  static Optional<String> idByConmon(ServerProcess process) {
    return ServerProgram.fileName(process)
        .filter("conmon"::equals)
        .flatMap(conmon -> after(process.commandLine(), "-c"))
        .filter(it -> it.matches("[0-9a-f]{64}"));
  }

  /** With two addresses; the one that connects by TCP is the target. */
  private static Optional<ForwardTarget> socat(List<String> words) {
    return words.stream()
        .skip(1)
        .map(SOCAT::matcher)
        .filter(Matcher::matches)
        .findFirst()
        .flatMap(target -> to(target.group(1), target.group(2), ""));
  }

  private static Optional<ForwardTarget> ssh(List<String> words, int port) {
    for (int i = 1; i < words.size(); i++) {
      boolean isApart = words.get(i).equals("-L") && i + 1 < words.size();
      if (isApart || (words.get(i).startsWith("-L") && words.get(i).length() > 2)) {
        Matcher forward = SSH.matcher(isApart ? words.get(i + 1) : words.get(i).substring(2));
        if (forward.matches() && forward.group(1).equals(Integer.toString(port))) {
          return Optional.of(
              new ForwardTarget(
                  Optional.empty(),
                  OptionalInt.empty(),
                  Optional.empty(),
                  forward.group(2)
                      + ":"
                      + forward.group(3)
                      + " on the other side of the SSH connection"));
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<ForwardTarget> to(String host, String port, String more) {
    int number = port.matches("[0-9]{1,5}") ? Integer.parseInt(port) : 0;
    return PortNumber.isValid(number)
        ? Optional.of(
            new ForwardTarget(
                address(host), OptionalInt.of(number), Optional.empty(), host + ":" + port + more))
        : Optional.empty();
  }

  /** Only of numbers: no name is looked up. */
  private static Optional<InetAddress> address(String host) {
    String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    if (bare.equals("localhost")) {
      return Optional.of(InetAddress.getLoopbackAddress());
    }
    try {
      return NUMERIC.matcher(bare).matches()
          ? Optional.of(InetAddress.getByName(bare))
          : Optional.empty();
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
  }

  private static Optional<String> after(List<String> words, String option) {
    int at = words.indexOf(option);
    return at > 0 && at + 1 < words.size() ? Optional.of(words.get(at + 1)) : Optional.empty();
  }
}
