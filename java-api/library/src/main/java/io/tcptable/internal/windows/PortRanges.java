// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.windows;

import io.tcptable.process.PortPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which ports Windows gives to whom, as {@code netsh} prints it: nothing else that is documented
 * tells. Its words are those of the user's language, so only the numbers count.
 *
 * <pre>
 * Start Port    End Port
 * ----------    --------
 *      1025        1124
 *      3001        3001     *
 * </pre>
 *
 * <p>A star marks a range that an administrator has reserved: outgoing connections do not get these
 * ports, servers do. No program can bind a port of the other ranges, which Hyper-V and others have
 * reserved.
 */
final class PortRanges {

  private static final int UNKNOWN = -1;

  private static final Pattern RANGE = Pattern.compile("(?m)^\\s*(\\d+)\\s+(\\d+)\\s*(\\*?)\\s*$");
  private static final Pattern NUMBER = Pattern.compile("(?m):\\s*(\\d+)\\s*$");

  private PortRanges() {}

  /**
   * Reads it now; what is not told is unknown.
   *
   * @param netsh prints the answer to the rest of its command line, or nothing
   */
  static PortPolicy read(UnaryOperator<String> netsh) {
    List<PortPolicy.Range> reserved = new ArrayList<>();
    List<PortPolicy.Range> excluded = new ArrayList<>();
    for (String family : List.of("ipv4", "ipv6")) {
      Matcher range =
          RANGE.matcher(netsh.apply("interface " + family + " show excludedportrange tcp"));
      while (range.find()) {
        List<PortPolicy.Range> ranges = range.group(3).isEmpty() ? excluded : reserved;
        ranges.add(new PortPolicy.Range(port(range.group(1)), port(range.group(2))));
      }
    }
    Matcher dynamic = NUMBER.matcher(netsh.apply("interface ipv4 show dynamicport tcp"));
    int first = dynamic.find() ? port(dynamic.group(1)) : UNKNOWN;
    int count = first != UNKNOWN && dynamic.find() ? port(dynamic.group(1)) : UNKNOWN;
    boolean isKnown = count != UNKNOWN;
    return new PortPolicy(
        isKnown ? OptionalInt.of(first) : OptionalInt.empty(),
        isKnown ? OptionalInt.of(first + count - 1) : OptionalInt.empty(),
        reserved,
        OptionalInt.empty(),
        excluded);
  }

  private static int port(String digits) {
    return digits.length() > 5 ? UNKNOWN : Integer.parseInt(digits);
  }
}
