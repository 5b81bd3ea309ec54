// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.server;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Where {@code ssh -L} forwards a local port to, by its arguments, see {@code ssh(1)}. What is set
 * in a configuration file, and a forward by {@code -D}, whose clients choose the target, is not
 * told.
 */
final class SshForward {

  /** Options without a value may stand before it in one word: {@code -fNL}. */
  private static final Pattern OPTION = Pattern.compile("-[46AaCfGgKkMNnqsTtVvXxYy]*L(.*)");

  private static final String HOST = "(\\[[^\\]]*\\]|[^:/]+)";

  /** {@code [address:]port:host:hostport}; with slashes instead of colons too. */
  private static final Pattern FORWARD =
      Pattern.compile(
          "(?:(?:\\[[^\\]]*\\]|[^:/]*)[:/])?([0-9]+)[:/](?:" + HOST + "[:/]([0-9]+)|(/.+))");

  private SshForward() {}

  /** {@code db:5432}, or a path of a socket; empty if the arguments do not tell. */
  static Optional<String> target(List<String> words, int port) {
    return IntStream.range(1, words.size())
        .boxed()
        .flatMap(i -> value(words, i).stream())
        .map(FORWARD::matcher)
        .filter(forward -> forward.matches() && isOf(port, forward.group(1)))
        .map(
            forward ->
                forward.group(2) == null
                    ? forward.group(4)
                    : forward.group(2) + ":" + forward.group(3))
        .findFirst();
  }

  private static boolean isOf(int port, String digits) {
    return digits.equals(Integer.toString(port));
  }

  private static Optional<String> value(List<String> words, int at) {
    return Stream.of(words.get(at))
        .map(OPTION::matcher)
        .filter(Matcher::matches)
        .map(option -> option.group(1))
        .map(value -> value.isEmpty() && at + 1 < words.size() ? words.get(at + 1) : value)
        .findFirst();
  }
}
