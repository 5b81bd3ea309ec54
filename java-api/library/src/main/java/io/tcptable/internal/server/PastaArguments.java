// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.server;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What the arguments of {@code pasta} and {@code passt} tell of a port: the port in the network
 * namespace or virtual machine, and which namespace that is. See {@code passt(1)}.
 *
 * @param words the program and its arguments
 */
record PastaArguments(List<String> words) {

  /** Those that take no value. Each is followed by a PID, if one is the last word. */
  private static final Set<String> WITHOUT_VALUE =
      Set.of(
          "-d",
          "--debug",
          "--trace",
          "-q",
          "--quiet",
          "-f",
          "--foreground",
          "-e",
          "--stderr",
          "-4",
          "--ipv4-only",
          "-6",
          "--ipv6-only",
          "-1",
          "--one-off",
          "--config-net");

  /** {@code 8080}, {@code 8080:80}, {@code 8080-8089:80-89}. */
  private static final Pattern PORTS =
      Pattern.compile("([0-9]{1,5})(?:-([0-9]{1,5}))?(?::([0-9]{1,5})(?:-[0-9]{1,5})?)?");

  /** The port there to which a port of this machine is forwarded. */
  int port(int port) {
    List<String> specs = IntStream.range(1, words.size()).boxed().flatMap(this::ports).toList();
    for (String spec : specs) {
      for (String part : spec.substring(spec.lastIndexOf('/') + 1).split(",", -1)) {
        Matcher ports = PORTS.matcher(part);
        if (ports.matches() && begin(ports) <= port && port <= end(ports)) {
          return ports.group(3) == null
              ? port
              : Integer.parseInt(ports.group(3)) + port - begin(ports);
        }
      }
    }
    // Otherwise it forwards the ports that are listened on there, under their numbers.
    return port;
  }

  private static int begin(Matcher ports) {
    return Integer.parseInt(ports.group(1));
  }

  private static int end(Matcher ports) {
    return ports.group(2) == null ? begin(ports) : Integer.parseInt(ports.group(2));
  }

  private Stream<String> ports(int at) {
    return value(at, "-t", "--tcp-ports").stream();
  }

  /** Where that port is. */
  ForwardPlace place() {
    if (!Path.of(words.get(0)).endsWith("pasta")) {
      return new ForwardPlace.OtherMachine();
    }
    Optional<String> file =
        IntStream.range(1, words.size())
            .boxed()
            .flatMap(at -> value(at, "--netns", "--netns").stream())
            .findFirst();
    return file.<ForwardPlace>map(it -> new ForwardPlace.OfFile(Path.of(it)))
        .orElseGet(this::ofProcess);
  }

  private ForwardPlace ofProcess() {
    String last = words.get(words.size() - 1);
    String before = words.get(Math.max(0, words.size() - 2));
    boolean isValue =
        before.startsWith("-")
            && !before.contains("=")
            && !before.startsWith("--no-")
            && !WITHOUT_VALUE.contains(before);
    return words.size() > 1 && last.matches("[0-9]{1,9}") && !isValue && !words.contains("--")
        ? new ForwardPlace.OfProcess(Long.parseLong(last))
        : new ForwardPlace.OfChild();
  }

  private Optional<String> value(int at, String option, String longOption) {
    String word = words.get(at);
    if (word.equals(option) || word.equals(longOption)) {
      return at + 1 < words.size() ? Optional.of(words.get(at + 1)) : Optional.empty();
    }
    if (word.startsWith(longOption + "=")) {
      return Optional.of(word.substring(longOption.length() + 1));
    }
    return option.length() == 2 && word.startsWith(option) && !word.startsWith("--")
        ? Optional.of(word.substring(2))
        : Optional.empty();
  }
}
