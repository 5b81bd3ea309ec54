// SPDX-License-Identifier: Apache-2.0
package io.tcptable.agreement;

import io.tcptable.TcpState;
import io.tcptable.TcpTimer;
import io.tcptable.agreement.SeenSocket.Detail;
import io.tcptable.agreement.SeenSocket.Timer;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What {@code ss} of iproute2 tells: the socket tool that everybody trusts. */
final class Ss {

  /** All sockets, numeric, with processes, details, timers and tcp_info, one line each. */
  static final List<String> COMMAND = List.of("ss", "-tanpeoiOH");

  private static final Pattern DEVICE = Pattern.compile("%([^:]+)");
  private static final Pattern UID = Pattern.compile(" uid:(\\d+)");
  private static final Pattern INODE = Pattern.compile(" ino:(\\d+)");
  private static final Pattern COOKIE = Pattern.compile(" sk:([0-9a-f]+)");
  private static final Pattern MARK = Pattern.compile(" fwmark:0x([0-9a-f]+)");
  private static final Pattern V6_ONLY = Pattern.compile(" v6only:(\\d)");
  private static final Pattern RETRANSMITS = Pattern.compile(" retrans:\\d+/(\\d+)");
  private static final Pattern LAST_SENT = Pattern.compile(" lastsnd:(\\d+)");
  private static final Pattern LAST_RECEIVED = Pattern.compile(" lastrcv:(\\d+)");
  private static final Pattern OWNER = Pattern.compile("\\(\"([^\"]*)\",pid=(\\d+),fd=\\d+\\)");
  private static final Pattern TIMER = Pattern.compile("timer:\\((\\w+),(\\w[\\w.]*)?,(\\d+)\\)");
  private static final Pattern SPAN =
      Pattern.compile(
          "(?:(\\d+)min)?(?:(\\d+)(?:sec|\\.(?=\\d+(?:ms|sec))))?(?:(\\d+)(?:ms|sec))?");
  private static final Pattern ROUND_TRIP = Pattern.compile(" rtt:([\\d.e-]+)/([\\d.e-]+)");

  private Ss() {}

  static List<SeenSocket> parse(String output) {
    return output.lines().map(Ss::socket).toList();
  }

  private static SeenSocket socket(String line) {
    String[] columns = line.trim().split("\\s+", 6);
    String more = columns.length > 5 ? " " + columns[5].trim() : "";
    Matcher device = DEVICE.matcher(columns[3]);
    Row row =
        new Row(
            TcpState.parse(columns[0]),
            end(columns[3]),
            end(columns[4]),
            Long.parseLong(columns[1]),
            Long.parseLong(columns[2]),
            number(UID, 10, more),
            number(INODE, 10, more),
            number(COOKIE, 16, more),
            device.find() ? device.group(1) : "",
            number(MARK, 16, more),
            number(V6_ONLY, 10, more) == 1,
            owners(more));
    return new SeenSocket(row, null, timer(more), detail(more), Map.of());
  }

  /** Writes {@code *:3001}, which stands for a dual-stack wildcard, and {@code %lo} as we do. */
  private static String end(String end) {
    return end.replaceFirst("%[^:\\]]+", "").replaceFirst("^\\*", "[::]").replaceFirst("\\*$", "0");
  }

  /** The number that a pattern finds; 0 if there is none, for ss leaves out most zeros. */
  private static long number(Pattern pattern, int radix, String more) {
    Matcher matcher = pattern.matcher(more);
    return matcher.find() ? Long.parseUnsignedLong(matcher.group(1), radix) : 0;
  }

  /** Names a process once, however many of its descriptors lead to the socket. */
  private static List<String> owners(String more) {
    Map<Long, String> byPid = new TreeMap<>();
    for (MatchResult owner : OWNER.matcher(more).results().toList()) {
      byPid.put(Long.parseLong(owner.group(2)), owner.group(1) + "(" + owner.group(2) + ")");
    }
    return List.copyOf(byPid.values());
  }

  private static @Nullable Timer timer(String more) {
    Matcher timer = TIMER.matcher(more);
    if (!timer.find()) {
      return null;
    }
    Matcher span = SPAN.matcher(timer.group(2) == null ? "" : timer.group(2));
    if (!span.matches()) {
      throw new AssertionError("a timer in an unknown form: " + more);
    }
    long minutes = part(span, 1);
    long seconds = part(span, 2);
    // ss leaves out the finer figures of longer times.
    long resolution = minutes > 9 ? 60_000 : minutes > 0 || seconds > 9 ? 1_000 : 1;
    return new Timer(
        kind(timer.group(1)),
        60_000 * minutes + 1_000 * seconds + part(span, 3),
        Integer.parseInt(timer.group(3)),
        resolution);
  }

  private static long part(Matcher span, int group) {
    return span.group(group) == null ? 0 : Long.parseLong(span.group(group));
  }

  private static TcpTimer.Kind kind(String name) {
    return switch (name) {
      case "on" -> TcpTimer.Kind.RETRANSMIT;
      case "keepalive" -> TcpTimer.Kind.KEEPALIVE;
      case "timewait" -> TcpTimer.Kind.TIME_WAIT;
      case "persist" -> TcpTimer.Kind.PROBE;
      default -> TcpTimer.Kind.OTHER;
    };
  }

  private static @Nullable Detail detail(String more) {
    Matcher roundTrip = ROUND_TRIP.matcher(more);
    if (!roundTrip.find()) {
      return null;
    }
    return new Detail(
        Double.parseDouble(roundTrip.group(1)),
        Double.parseDouble(roundTrip.group(2)),
        number(RETRANSMITS, 10, more),
        number(LAST_SENT, 10, more),
        number(LAST_RECEIVED, 10, more));
  }
}
