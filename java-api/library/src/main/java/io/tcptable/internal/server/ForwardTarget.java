// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.server;

import io.tcptable.internal.platform.PortNumber;
import java.net.InetAddress;
import java.net.UnknownHostException;
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
 * @param place in which network namespace that is
 * @param isFromOutside whether it connects to another address than a loopback one there
 * @param words for people: {@code 172.17.0.2:80}, {@code db:5432 through the SSH connection}
 */
public record ForwardTarget(
    Optional<InetAddress> address,
    OptionalInt port,
    Optional<String> container,
    ForwardPlace place,
    boolean isFromOutside,
    String words) {

  private static final Pattern NUMERIC = Pattern.compile("[0-9.]+|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

  /** {@code TCP:host:port}, {@code TCP4-CONNECT:host:port,option}. */
  private static final Pattern SOCAT =
      Pattern.compile("(?i)(?:TCP|TCP4|TCP6)(?:-CONNECT)?:(\\[[^\\]]*\\]|[^:,]+):([0-9]+)(?:,.*)?");

  /** Of one that is known by its place and nothing else. */
  private ForwardTarget(ForwardPlace place, OptionalInt port, boolean isFromOutside, String words) {
    this(Optional.empty(), port, Optional.empty(), place, isFromOutside, words);
  }

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
    if (words.isEmpty()) {
      return Optional.empty();
    }
    return switch (program) {
      case "docker-proxy" -> dockerProxy(words, port);
      case "conmon" -> conmon(words);
      case "rootlessport" ->
          Optional.of(
              new ForwardTarget(
                  new ForwardPlace.OfChild(), OptionalInt.empty(), true, "a rootless container"));
      case "slirp4netns" ->
          Optional.of(
              new ForwardTarget(
                  SlirpArguments.place(words), OptionalInt.empty(), true, "a network namespace"));
      case "rootlesskit" -> Optional.of(rootlesskit(words, port));
      // It starts another build of itself, for the instructions that the processor has.
      case "pasta", "passt", "pasta.avx2", "passt.avx2" -> Optional.of(pasta(words, port));
      case "socat", "socat1" -> socat(words);
      case "ssh" ->
          SshForward.target(words, port)
              .map(
                  target ->
                      new ForwardTarget(
                          new ForwardPlace.OtherMachine(),
                          OptionalInt.empty(),
                          false,
                          target + " on the other side of the SSH connection"));
      default -> Optional.empty();
    };
  }

  /** {@code docker-proxy -proto tcp -host-ip A -host-port N -container-ip A -container-port N}. */
  private static Optional<ForwardTarget> dockerProxy(List<String> words, int port) {
    if (!OptionValue.after(words, "-host-port")
        .filter(Integer.toString(port)::equals)
        .isPresent()) {
      return Optional.empty();
    }
    return OptionValue.after(words, "-container-ip")
        .flatMap(ip -> OptionValue.after(words, "-container-port").flatMap(to -> to(ip, to)));
  }

  /** It holds the port for the rules of the kernel that forward it. */
  private static Optional<ForwardTarget> conmon(List<String> words) {
    return Conmon.called(words)
        .map(
            called ->
                new ForwardTarget(
                    Optional.empty(),
                    OptionalInt.empty(),
                    Optional.of("libpod " + called),
                    new ForwardPlace.OfChild(),
                    true,
                    "the container " + called));
  }

  /**
   * {@code rootlesskit -p 0.0.0.0:8080:80/tcp}, which connects to the loopback address of its
   * child. Ports that Docker has it open have the same number there.
   */
  private static ForwardTarget rootlesskit(List<String> words, int port) {
    Pattern publish = Pattern.compile("(?:.*:)?" + port + ":([0-9]{1,5})/tcp[46]?");
    int there =
        words.stream()
            .map(word -> word.substring(word.indexOf('=') + 1))
            .map(publish::matcher)
            .filter(Matcher::matches)
            .mapToInt(spec -> Integer.parseInt(spec.group(1)))
            .filter(PortNumber::isValid)
            .findFirst()
            .orElse(port);
    return new ForwardTarget(
        Optional.of(InetAddress.getLoopbackAddress()),
        OptionalInt.of(there),
        Optional.empty(),
        new ForwardPlace.OfChild(),
        false,
        "port " + there + " in its network namespace");
  }

  private static ForwardTarget pasta(List<String> words, int port) {
    PastaArguments arguments = new PastaArguments(words);
    int there = arguments.port(port);
    ForwardPlace place = arguments.place();
    return new ForwardTarget(
        place,
        PortNumber.isValid(there) ? OptionalInt.of(there) : OptionalInt.empty(),
        false,
        "port "
            + there
            + (place instanceof ForwardPlace.OtherMachine
                ? " of a virtual machine"
                : " in its network namespace"));
  }

  /** With two addresses; the one that connects by TCP is the target. */
  private static Optional<ForwardTarget> socat(List<String> words) {
    return words.stream()
        .skip(1)
        .map(SOCAT::matcher)
        .filter(Matcher::matches)
        .findFirst()
        .flatMap(target -> to(target.group(1), target.group(2)));
  }

  private static Optional<ForwardTarget> to(String host, String port) {
    int number = port.matches("[0-9]{1,5}") ? Integer.parseInt(port) : 0;
    return PortNumber.isValid(number)
        ? Optional.of(
            new ForwardTarget(
                address(host),
                OptionalInt.of(number),
                Optional.empty(),
                new ForwardPlace.OfAddress(),
                false,
                host + ":" + port))
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
}
