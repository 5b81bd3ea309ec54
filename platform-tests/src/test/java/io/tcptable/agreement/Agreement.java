// SPDX-License-Identifier: Apache-2.0
package io.tcptable.agreement;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tcptable.TcpState;
import io.tcptable.agreement.SeenSocket.Detail;
import io.tcptable.agreement.SeenSocket.Timer;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Whether every binding, with owners from every source, sees each socket of a namespace as {@code
 * ss} sees it.
 *
 * <p>{@code ss} is asked before and after. If the two differ, the scene itself moved and all are
 * asked again. Figures that run by themselves, such as timers, must lie between the two.
 *
 * <p>One thing is left out: {@code ss} 6.1 does not ask for sockets that are bound and no more.
 */
final class Agreement {

  private static final int MOST_ATTEMPTS = 50;

  /** {@code /proc/net/tcp} tells times in hundredths of a second. */
  private static final long CLOCK_TICK_MILLIS = 10;

  private Agreement() {}

  /** What all agree on, bound sockets included, as the best binding told it. */
  static List<SeenSocket> in(Namespace namespace) {
    return in(namespace, UserAccount.ROOT).get(0).sockets();
  }

  /** What all agree on of the sockets in one state. */
  static List<SeenSocket> in(Namespace namespace, TcpState state) {
    return in(namespace).stream().filter(seen -> seen.row().state() == state).toList();
  }

  /** What all agree on of the only socket in this state. */
  static SeenSocket onlyIn(Namespace namespace, TcpState state) {
    List<SeenSocket> found = in(namespace, state);
    assertThat(found).as("in %s", state).hasSize(1);
    return found.get(0);
  }

  /** What all agree on if they run as this user; one answer per binding and source of owners. */
  static List<Answer> in(Namespace namespace, UserAccount account) {
    BindingReader reader = namespace.reader(account);
    for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
      List<SeenSocket> before = namespace.ss(account);
      List<Answer> answers = reader.ask(SocketQuestion.everything().withDetail());
      List<SeenSocket> after = namespace.ss(account);
      if (stoodStill(before, after)) {
        answers.forEach(answer -> check(answer, before, after));
        return answers;
      }
    }
    throw new AssertionError("ss saw moving sockets each of " + MOST_ATTEMPTS + " times");
  }

  /** Whether these are the same rows; AssertJ takes seconds for thousands. */
  static void assertSame(String what, Collection<Row> rows, Collection<Row> expected) {
    Map<Row, Integer> balance = new HashMap<>();
    rows.forEach(row -> balance.merge(row, 1, Integer::sum));
    expected.forEach(row -> balance.merge(row, -1, Integer::sum));
    balance.values().removeIf(count -> count == 0);
    assertThat(balance).as("%s: 1 is one too many, -1 is missing", what).isEmpty();
  }

  private static boolean stoodStill(List<SeenSocket> before, List<SeenSocket> after) {
    Map<Row, SeenSocket> late = byRow(after.stream(), UnaryOperator.identity());
    return before.size() == after.size()
        && before.stream().allMatch(seen -> ranOn(seen, late.get(seen.row())));
  }

  /** Whether nothing happened to a socket but the passing of time. */
  private static boolean ranOn(SeenSocket before, @Nullable SeenSocket after) {
    return after != null
        && ranOn(before.timer(), after.timer())
        && ranOn(before.detail(), after.detail());
  }

  private static boolean ranOn(@Nullable Timer before, @Nullable Timer after) {
    if (before == null || after == null) {
      return Objects.equals(before, after);
    }
    return before.kind() == after.kind()
        && before.retransmits() == after.retransmits()
        && before.millis() >= after.millis();
  }

  private static boolean ranOn(@Nullable Detail before, @Nullable Detail after) {
    if (before == null || after == null) {
      return Objects.equals(before, after);
    }
    return before.retransmits() == after.retransmits()
        && before.roundTripMillis() == after.roundTripMillis()
        && before.lastSentMillis() <= after.lastSentMillis()
        && before.lastReceivedMillis() <= after.lastReceivedMillis();
  }

  private static void check(Answer answer, List<SeenSocket> before, List<SeenSocket> after) {
    UnaryOperator<Row> visible = answer.isFromProc() ? Row::inProc : UnaryOperator.identity();
    // Which are bound and no more, ss tells since 6.8, and /proc/net/tcp never.
    boolean withClosed = !answer.isFromProc() && before.stream().anyMatch(Agreement::isClosed);
    Predicate<SeenSocket> compared = socket -> withClosed || !isClosed(socket);
    Map<Row, SeenSocket> early = byRow(before.stream().filter(compared), visible);
    Map<Row, SeenSocket> late = byRow(after.stream().filter(compared), visible);
    List<SeenSocket> seen = answer.sockets().stream().filter(compared).toList();
    assertSame(
        answer.reader() + " compared with ss",
        seen.stream().map(SeenSocket::row).map(visible).toList(),
        early.keySet());
    for (SeenSocket socket : seen) {
      String what = answer.reader() + ": " + socket.row();
      SeenSocket first = requireNonNull(early.get(visible.apply(socket.row())));
      SeenSocket last = requireNonNull(late.get(visible.apply(socket.row())));
      checkTimer(what, socket, answer.isFromProc(), first.timer(), last.timer());
      if (!answer.isFromProc()) {
        checkDetail(what, socket.detail(), first.detail(), last.detail());
      }
    }
  }

  private static boolean isClosed(SeenSocket socket) {
    return socket.row().state() == TcpState.CLOSED;
  }

  private static Map<Row, SeenSocket> byRow(
      Stream<SeenSocket> sockets, UnaryOperator<Row> visible) {
    return sockets.collect(
        Collectors.toMap(seen -> visible.apply(seen.row()), Function.identity()));
  }

  private static void checkTimer(
      String what,
      SeenSocket socket,
      boolean fromProc,
      @Nullable Timer first,
      @Nullable Timer last) {
    Timer timer = socket.timer();
    if (timer == null || first == null || last == null) {
      assertThat(timer).as(what).isEqualTo(first);
      return;
    }
    assertThat(timer.kind()).as(what).isEqualTo(first.kind());
    if (fromProc && socket.row().state() == TcpState.SYN_RECEIVED) {
      // The file tells how often the timer ran out; a SYN that came again was answered as well.
      assertThat(timer.retransmits()).as(what).isLessThanOrEqualTo(first.retransmits());
    } else {
      assertThat(timer.retransmits()).as(what).isEqualTo(first.retransmits());
    }
    assertThat(timer.millis())
        .as(what)
        .isBetween(
            last.millis() - CLOCK_TICK_MILLIS,
            first.millis() + first.resolution() + CLOCK_TICK_MILLIS);
  }

  private static void checkDetail(
      String what, @Nullable Detail detail, @Nullable Detail first, @Nullable Detail last) {
    if (first == null || last == null) {
      return;
    }
    assertThat(detail).as(what).isNotNull();
    requireNonNull(detail);
    assertThat(detail.retransmits()).as(what).isEqualTo(first.retransmits());
    assertThat(detail.lastSentMillis())
        .as(what)
        .isBetween(first.lastSentMillis(), last.lastSentMillis());
    assertThat(detail.lastReceivedMillis())
        .as(what)
        .isBetween(first.lastReceivedMillis(), last.lastReceivedMillis());
    // ss prints six significant digits.
    assertThat(detail.roundTripMillis())
        .as(what)
        .isCloseTo(first.roundTripMillis(), within(first.roundTripMillis() / 1e5));
    assertThat(detail.variationMillis())
        .as(what)
        .isCloseTo(first.variationMillis(), within(first.variationMillis() / 1e5));
  }
}
