// SPDX-License-Identifier: Apache-2.0
package io.tcptable.watch;

import static io.tcptable.watch.Looks.CLOSE_WAIT;
import static io.tcptable.watch.Looks.ESTABLISHED;
import static io.tcptable.watch.Looks.FIN_WAIT_2;
import static io.tcptable.watch.Looks.LAST_ACK;
import static io.tcptable.watch.Looks.START;
import static io.tcptable.watch.Looks.SYN_RECEIVED;
import static io.tcptable.watch.Looks.TIME_WAIT;
import static io.tcptable.watch.Looks.connection;
import static io.tcptable.watch.Looks.end;
import static io.tcptable.watch.Looks.listener;
import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.OsProcess;
import io.tcptable.Ownership;
import io.tcptable.SocketKey;
import io.tcptable.TcpQuery;
import io.tcptable.TcpState;
import io.tcptable.internal.linux.netlink.DiagMessage;
import io.tcptable.watch.TcpEvent.KnownBy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is told of made-up looks and pushes. */
class SocketTrackerTest {

  private static final Duration CLOSE_WAIT_LIMIT = Duration.ofSeconds(2);

  private final Looks looks = new Looks(TcpQuery.all().localPort(3001));
  private final List<TcpEvent> events = new ArrayList<>();
  private SocketTracker tracker = tracker(false);

  private SocketTracker tracker(boolean isPushed) {
    return new SocketTracker(
        TcpQuery.all().localPort(3001), isPushed, 0.8, CLOSE_WAIT_LIMIT, events::add);
  }

  @BeforeEach
  void startServer() {
    looks.kernel.proc().start(100, "web").holds(11, 12, 13);
  }

  /** The events of the next look. */
  private List<TcpEvent> look(DiagMessage... now) {
    events.clear();
    tracker.look(looks.next(now));
    return List.copyOf(events);
  }

  /** The events of the end of a socket, told so many milliseconds after the first look. */
  private List<TcpEvent> push(long cookie, int remotePort, long millis) {
    events.clear();
    tracker.ended(
        SocketKey.ofCookie(cookie),
        end(3001),
        end(remotePort),
        START.plusMillis(millis),
        TimeUnit.MILLISECONDS.toNanos(millis));
    return List.copyOf(events);
  }

  private static List<Class<?>> kinds(List<TcpEvent> told) {
    return told.stream().<Class<?>>map(Object::getClass).toList();
  }

  private static <T> T only(List<TcpEvent> told, Class<T> kind) {
    assertThat(told).singleElement().isInstanceOf(kind);
    return kind.cast(told.get(0));
  }

  @Test
  void whatWasThereBeforeIsNoEvent() {
    assertThat(look(listener(1, 11), connection(2, ESTABLISHED, 40_001, 12))).isEmpty();
    assertThat(look(listener(1, 11), connection(2, ESTABLISHED, 40_001, 12))).isEmpty();
  }

  @Test
  void aConnectionIsOpenedThenAcceptedThenClosed() {
    look(listener(1, 11));

    TcpEvent.Opened opened =
        only(look(listener(1, 11), connection(2, ESTABLISHED, 40_001, 0)), TcpEvent.Opened.class);
    assertThat(opened.at()).isEqualTo(START.plusSeconds(1));
    assertThat(opened.knownBy()).isEqualTo(KnownBy.BETWEEN_LOOKS);
    assertThat(opened.socket().key()).isEqualTo(SocketKey.ofCookie(2));
    assertThat(opened.socket().state()).isEqualTo(TcpState.ESTABLISHED);
    assertThat(opened.socket().remote().port()).isEqualTo(40_001);
    assertThat(opened.socket().ownership()).isEqualTo(Ownership.NONE);
    assertThat(opened.listener()).map(WatchedSocket::key).contains(SocketKey.ofCookie(1));

    TcpEvent.Accepted accepted =
        only(
            look(listener(1, 11), connection(2, ESTABLISHED, 40_001, 12)), TcpEvent.Accepted.class);
    assertThat(accepted.socket().owners()).extracting(OsProcess::pid).containsExactly(100L);
    assertThat(accepted.listener()).map(WatchedSocket::key).contains(SocketKey.ofCookie(1));

    TcpEvent.Closed closed = only(look(listener(1, 11)), TcpEvent.Closed.class);
    assertThat(closed.socket()).isEqualTo(accepted.socket());
    assertThat(closed.ending()).isEqualTo(Ending.NOT_SEEN);
    // Seen from 1.1 s to 2 s; missing from 0 s on and at 3.1 s again.
    assertThat(closed.livedAtLeast()).isEqualTo(Duration.ofMillis(900));
    assertThat(closed.livedAtMost()).contains(Duration.ofMillis(3100));
  }

  @Test
  void oneThatIsAcceptedAtOnceIsToldAsBoth() {
    look(listener(1, 11));

    assertThat(kinds(look(listener(1, 11), connection(2, ESTABLISHED, 40_001, 12))))
        .containsExactly(TcpEvent.Opened.class, TcpEvent.Accepted.class);
  }

  @Test
  void aConnectionMadeHereHasNoListener() {
    look();

    TcpEvent.Opened opened =
        only(look(connection(2, ESTABLISHED, 40_001, 12)), TcpEvent.Opened.class);
    assertThat(opened.listener()).isEmpty();
  }

  @Test
  void theLastStateSaysHowItEnded() {
    look(
        listener(1, 11),
        connection(2, ESTABLISHED, 40_001, 12),
        connection(3, LAST_ACK, 40_002, 0));

    List<TcpEvent> told =
        look(
            listener(1, 11),
            connection(2, CLOSE_WAIT, 40_001, 12),
            connection(3, LAST_ACK, 40_002, 0));
    TcpEvent.StateChanged changed = only(told, TcpEvent.StateChanged.class);
    assertThat(changed.before()).isEqualTo(TcpState.ESTABLISHED);
    assertThat(changed.socket().state()).isEqualTo(TcpState.CLOSE_WAIT);

    assertThat(look(listener(1, 11)))
        .hasSize(2)
        .allSatisfy(
            it ->
                assertThat(it)
                    .isInstanceOfSatisfying(
                        TcpEvent.Closed.class,
                        closed -> {
                          assertThat(closed.ending()).isEqualTo(Ending.CLOSED_BY_PEER);
                          assertThat(closed.livedAtMost()).isEmpty();
                        }));
  }

  @Test
  void inTimeWaitItIsOverAndToldOnce() {
    look(listener(1, 11), connection(2, ESTABLISHED, 40_001, 12));

    TcpEvent.Closed closed =
        only(look(listener(1, 11), connection(2, TIME_WAIT, 40_001, 0)), TcpEvent.Closed.class);
    assertThat(closed.ending()).isEqualTo(Ending.CLOSED_HERE);
    assertThat(look(listener(1, 11))).isEmpty();
  }

  @Test
  void oneThatOnlyItsTimeWaitIsSeenOfIsClosedAlone() {
    look(listener(1, 11));

    TcpEvent.Closed closed =
        only(look(listener(1, 11), connection(2, TIME_WAIT, 40_001, 0)), TcpEvent.Closed.class);
    assertThat(closed.livedAtLeast()).isZero();
    assertThat(closed.livedAtMost()).contains(Duration.ofMillis(1100));
    assertThat(look(listener(1, 11))).isEmpty();
  }

  @Test
  void listenersComeAndGo() {
    look();

    TcpEvent.ListenerOpened opened = only(look(listener(1, 11)), TcpEvent.ListenerOpened.class);
    assertThat(opened.socket().owners()).extracting(OsProcess::pid).containsExactly(100L);
    TcpEvent.ListenerClosed closed = only(look(), TcpEvent.ListenerClosed.class);
    assertThat(closed.socket()).isEqualTo(opened.socket());
    assertThat(closed.livedAtMost()).contains(Duration.ofMillis(2100));
  }

  @Test
  void aBoundSocketThatListensIsANewListener() {
    look();

    assertThat(kinds(look(DiagMessage.v4(7, 3001, 0).cookie(1).inode(11))))
        .containsExactly(TcpEvent.Opened.class);
    assertThat(kinds(look(listener(1, 11)))).containsExactly(TcpEvent.ListenerOpened.class);
  }

  @Test
  void otherOwners() {
    look(listener(1, 11));
    looks.kernel.proc().start(200, "worker").holds(11);

    TcpEvent.OwnersChanged changed = only(look(listener(1, 11)), TcpEvent.OwnersChanged.class);
    assertThat(changed.before()).extracting(OsProcess::pid).containsExactly(100L);
    assertThat(changed.socket().owners()).extracting(OsProcess::pid).containsExactly(100L, 200L);
  }

  @Test
  void aFilledAcceptQueueIsToldOnceUntilItIsBelow() {
    assertThat(look(listener(1, 11).queues(7, 10))).isEmpty();

    TcpEvent.AcceptQueueFilled filled =
        only(look(listener(1, 11).queues(8, 10)), TcpEvent.AcceptQueueFilled.class);
    assertThat(filled.waiting()).isEqualTo(8);
    assertThat(filled.limit()).isEqualTo(10);
    assertThat(look(listener(1, 11).queues(11, 10))).isEmpty();
    assertThat(look(listener(1, 11).queues(0, 10))).isEmpty();
    assertThat(kinds(look(listener(1, 11).queues(9, 10))))
        .containsExactly(TcpEvent.AcceptQueueFilled.class);
  }

  @Test
  void anEmptyQueueWithoutALimitIsNotFilled() {
    assertThat(look(listener(1, 11).queues(0, 0))).isEmpty();
  }

  @Test
  void closeWaitIsToldOnceItIsTooOld() {
    assertThat(look(connection(2, CLOSE_WAIT, 40_001, 12))).isEmpty();
    assertThat(look(connection(2, CLOSE_WAIT, 40_001, 12))).isEmpty();
    // 1.9 s so far.
    assertThat(look(connection(2, CLOSE_WAIT, 40_001, 12))).isEmpty();

    TcpEvent.CloseWaitAged aged =
        only(look(connection(2, CLOSE_WAIT, 40_001, 12)), TcpEvent.CloseWaitAged.class);
    assertThat(aged.atLeast()).isEqualTo(Duration.ofMillis(2900));
    assertThat(aged.socket().owners()).extracting(OsProcess::pid).containsExactly(100L);
    assertThat(look(connection(2, CLOSE_WAIT, 40_001, 12))).isEmpty();
  }

  @Test
  void aSecondServerIsToldOnceUntilItIsGone() {
    looks.kernel.proc().start(200, "other").holds(14);
    assertThat(look(listener(1, 11))).isEmpty();

    List<TcpEvent> told = look(listener(1, 11), listener(4, 14));
    assertThat(kinds(told))
        .containsExactly(TcpEvent.ListenerOpened.class, TcpEvent.SecondServer.class);
    TcpEvent.SecondServer second = (TcpEvent.SecondServer) told.get(1);
    assertThat(second.socket().owners()).extracting(OsProcess::pid).containsExactly(200L);
    assertThat(second.others())
        .singleElement()
        .extracting(WatchedSocket::key)
        .isEqualTo(SocketKey.ofCookie(1));

    assertThat(look(listener(1, 11), listener(4, 14))).isEmpty();
    assertThat(kinds(look(listener(1, 11)))).containsExactly(TcpEvent.ListenerClosed.class);
    assertThat(kinds(look(listener(1, 11), listener(5, 14))))
        .containsExactly(TcpEvent.ListenerOpened.class, TcpEvent.SecondServer.class);
  }

  @Test
  void twoListenersOfOneProcessAreOneServer() {
    assertThat(look(listener(1, 11), listener(4, 12))).isEmpty();
  }

  @Test
  void aPushEndsAConnectionAtOnceAndOnce() {
    tracker = tracker(true);
    look(listener(1, 11));
    look(listener(1, 11), connection(2, CLOSE_WAIT, 40_001, 12));

    TcpEvent.Closed closed = only(push(2, 40_001, 1500), TcpEvent.Closed.class);
    assertThat(closed.knownBy()).isEqualTo(KnownBy.PUSHED);
    assertThat(closed.at()).isEqualTo(START.plusMillis(1500));
    assertThat(closed.livedAtLeast()).isEqualTo(Duration.ofMillis(400));
    assertThat(closed.livedAtMost()).contains(Duration.ofMillis(1500));
    assertThat(closed.ending()).isEqualTo(Ending.CLOSED_BY_PEER);
    assertThat(closed.socket().owners()).extracting(OsProcess::pid).containsExactly(100L);
    assertThat(look(listener(1, 11))).isEmpty();
  }

  @Test
  void aPushTellsOfAConnectionThatNoLookHasSeen() {
    tracker = tracker(true);
    look(listener(1, 11));

    TcpEvent.Closed closed = only(push(2, 40_001, 300), TcpEvent.Closed.class);
    assertThat(closed.socket().key()).isEqualTo(SocketKey.ofCookie(2));
    assertThat(closed.socket().ownership()).isEqualTo(Ownership.UNKNOWN);
    assertThat(closed.livedAtLeast()).isZero();
    assertThat(closed.livedAtMost()).contains(Duration.ofMillis(300));
    // What is left of it is not another, though its cookie may be.
    assertThat(look(listener(1, 11), left(20))).isEmpty();
    assertThat(look(listener(1, 11), connection(20, TIME_WAIT, 40_001, 0))).isEmpty();
    assertThat(look(listener(1, 11))).isEmpty();
  }

  /** In FIN_WAIT_2, with the timer of TIME_WAIT. */
  private static DiagMessage left(long cookie) {
    return connection(cookie, FIN_WAIT_2, 40_001, 0).timer(3, 0, 60_000);
  }

  @Test
  void whatIsLeftAfterAPushIsNoEvent() {
    tracker = tracker(true);
    look(connection(2, ESTABLISHED, 40_001, 12));

    assertThat(push(2, 40_001, 300)).hasSize(1);
    assertThat(look(left(2))).isEmpty();
    assertThat(look(connection(2, TIME_WAIT, 40_001, 0))).isEmpty();
    assertThat(look()).isEmpty();
  }

  @Test
  void withoutPushesWhatIsLeftIsTheEnd() {
    look(connection(2, ESTABLISHED, 40_001, 12));

    assertThat(only(look(left(2)), TcpEvent.Closed.class).ending()).isEqualTo(Ending.CLOSED_HERE);
    assertThat(look(connection(2, TIME_WAIT, 40_001, 0))).isEmpty();
    assertThat(look()).isEmpty();
  }

  @Test
  void aLookMayPassOverASocketThatIsPushed() {
    tracker = tracker(true);
    look(connection(2, ESTABLISHED, 40_001, 12));

    assertThat(look()).isEmpty();
    assertThat(look(connection(2, ESTABLISHED, 40_001, 12))).isEmpty();
    TcpEvent.Closed closed = only(push(2, 40_001, 3000), TcpEvent.Closed.class);
    assertThat(closed.livedAtLeast()).isEqualTo(Duration.ofMillis(2900));
  }

  @Test
  void aHandshakeIsNoConnectionYet() {
    look(listener(1, 11));

    assertThat(look(listener(1, 11), connection(2, SYN_RECEIVED, 40_001, 0))).isEmpty();
    assertThat(kinds(look(listener(1, 11), connection(2, ESTABLISHED, 40_001, 12))))
        .containsExactly(TcpEvent.Opened.class, TcpEvent.Accepted.class);
    assertThat(kinds(look(listener(1, 11)))).containsExactly(TcpEvent.Closed.class);
    assertThat(look(listener(1, 11), connection(3, SYN_RECEIVED, 40_001, 0))).isEmpty();
    assertThat(look(listener(1, 11))).isEmpty();
  }

  @Test
  void aPushOfAnotherPortOrOfNoConnectionIsNotTold() {
    tracker = tracker(true);
    look();
    events.clear();

    tracker.ended(SocketKey.ofCookie(8), end(3002), end(40_001), START, 0);
    tracker.ended(SocketKey.ofCookie(9), end(3001), end(0), START, 0);
    assertThat(events).isEmpty();
  }

  @Test
  void aLookWaitsForThePushAndTellsOnceIfNoneComes() {
    tracker = tracker(true);
    look(connection(2, ESTABLISHED, 40_001, 12), connection(3, ESTABLISHED, 40_002, 13));
    assertThat(look()).isEmpty();

    // It was there at 0 s, and missing at 1.1 s.
    TcpEvent.Closed pushed = only(push(2, 40_001, 1200), TcpEvent.Closed.class);
    assertThat(pushed.knownBy()).isEqualTo(KnownBy.PUSHED);
    TcpEvent.Closed seen = only(look(), TcpEvent.Closed.class);
    assertThat(seen.socket().key()).isEqualTo(SocketKey.ofCookie(3));
    assertThat(seen.knownBy()).isEqualTo(KnownBy.BETWEEN_LOOKS);
    // Late.
    assertThat(push(3, 40_002, 2200)).isEmpty();
    assertThat(look()).isEmpty();
  }

  @Test
  void aListenerThatIsPushedIsToldAsOne() {
    tracker = tracker(true);
    look(listener(1, 11));

    TcpEvent.ListenerClosed closed = only(push(1, 0, 500), TcpEvent.ListenerClosed.class);
    assertThat(closed.knownBy()).isEqualTo(KnownBy.PUSHED);
    assertThat(closed.livedAtLeast()).isEqualTo(Duration.ofMillis(400));
    assertThat(closed.livedAtMost()).isEmpty();
  }
}
