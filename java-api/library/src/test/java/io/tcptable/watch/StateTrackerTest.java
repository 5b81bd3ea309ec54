// SPDX-License-Identifier: Apache-2.0
package io.tcptable.watch;

import static io.tcptable.watch.Looks.CLOSE_WAIT;
import static io.tcptable.watch.Looks.ESTABLISHED;
import static io.tcptable.watch.Looks.START;
import static io.tcptable.watch.Looks.connection;
import static io.tcptable.watch.Looks.end;
import static io.tcptable.watch.Looks.listener;
import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.OsProcess;
import io.tcptable.SocketKey;
import io.tcptable.TcpQuery;
import io.tcptable.TcpState;
import io.tcptable.internal.linux.netlink.DiagMessage;
import io.tcptable.internal.platform.StateChange.Cause;
import io.tcptable.watch.TcpEvent.KnownBy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is told of made-up looks and changes of states. The looks begin at 0 s, 1 s and so on. */
class StateTrackerTest {

  private final Looks looks = new Looks(TcpQuery.all().localPort(3001));
  private final List<TcpEvent> events = new ArrayList<>();
  private final StateTracker tracker =
      new StateTracker(TcpQuery.all().localPort(3001), 0.8, Duration.ofSeconds(2), events::add);

  @BeforeEach
  void startServer() {
    looks.kernel.proc().start(100, "web").holds(11, 12, 13);
  }

  private List<TcpEvent> look(DiagMessage... now) {
    events.clear();
    tracker.startLook();
    tracker.look(looks.next(now));
    return List.copyOf(events);
  }

  private List<TcpEvent> push(
      long cookie, TcpState before, TcpState after, int remotePort, long millis) {
    return push(cookie, before, after, 3001, remotePort, Cause.NONE, millis);
  }

  private List<TcpEvent> push(
      long cookie,
      TcpState before,
      TcpState after,
      int localPort,
      int remotePort,
      Cause cause,
      long millis) {
    events.clear();
    tracker.changed(
        new PushedState(
            SocketKey.ofCookie(cookie),
            before,
            after,
            end(localPort),
            end(remotePort),
            cause,
            START.plusMillis(millis),
            TimeUnit.MILLISECONDS.toNanos(millis)));
    return List.copyOf(events);
  }

  private static <T> T only(List<TcpEvent> told, Class<T> kind) {
    assertThat(told).singleElement().isInstanceOf(kind);
    return kind.cast(told.get(0));
  }

  @Test
  void aConnectionTooShortForAnyLookIsToldFromItsOpeningToItsEnd() {
    look(listener(1, 11));

    TcpEvent.Opened opened =
        only(
            push(2, TcpState.SYN_RECEIVED, TcpState.ESTABLISHED, 40_001, 300),
            TcpEvent.Opened.class);
    assertThat(opened.at()).isEqualTo(START.plusMillis(300));
    assertThat(opened.knownBy()).isEqualTo(KnownBy.PUSHED);
    assertThat(opened.listener()).map(WatchedSocket::key).contains(SocketKey.ofCookie(1));
    TcpEvent.StateChanged changed =
        only(
            push(2, TcpState.ESTABLISHED, TcpState.CLOSE_WAIT, 40_001, 305),
            TcpEvent.StateChanged.class);
    assertThat(changed.before()).isEqualTo(TcpState.ESTABLISHED);
    assertThat(changed.socket().state()).isEqualTo(TcpState.CLOSE_WAIT);
    push(2, TcpState.CLOSE_WAIT, TcpState.LAST_ACK, 40_001, 306);
    TcpEvent.Closed closed =
        only(push(2, TcpState.LAST_ACK, TcpState.CLOSED, 40_001, 307), TcpEvent.Closed.class);
    assertThat(closed.livedAtLeast()).isEqualTo(Duration.ofMillis(7));
    assertThat(closed.livedAtMost()).contains(Duration.ofMillis(7));
    assertThat(closed.ending()).isEqualTo(Ending.CLOSED_BY_PEER);

    assertThat(look(listener(1, 11))).isEmpty();
  }

  @Test
  void aLookAddsWhoHasAccepted() {
    look(listener(1, 11));
    push(2, TcpState.SYN_RECEIVED, TcpState.ESTABLISHED, 40_001, 300);
    assertThat(look(listener(1, 11), connection(2, ESTABLISHED, 40_001, 0))).isEmpty();

    TcpEvent.Accepted accepted =
        only(
            look(listener(1, 11), connection(2, ESTABLISHED, 40_001, 12)), TcpEvent.Accepted.class);
    assertThat(accepted.socket().owners()).extracting(OsProcess::pid).containsExactly(100L);
    assertThat(look(listener(1, 11), connection(2, ESTABLISHED, 40_001, 12))).isEmpty();
  }

  @Test
  void whoHasResetAConnectionIsTold() {
    look(listener(1, 11));
    assertThat(reset(2, Cause.RESET_BY_PEER)).isEqualTo(Ending.RESET_BY_PEER);
    assertThat(reset(3, Cause.NONE)).isEqualTo(Ending.RESET_HERE);
    assertThat(reset(4, Cause.TIMED_OUT)).isEqualTo(Ending.TIMED_OUT);
  }

  private Ending reset(long cookie, Cause cause) {
    push(cookie, TcpState.SYN_RECEIVED, TcpState.ESTABLISHED, 40_001, 300);
    return only(
            push(cookie, TcpState.ESTABLISHED, TcpState.CLOSED, 3001, 40_001, cause, 301),
            TcpEvent.Closed.class)
        .ending();
  }

  @Test
  void aListenerIsToldWithItsOwnersByALookThatIsWantedAtOnce() {
    look();
    assertThat(push(1, TcpState.CLOSED, TcpState.LISTEN, 0, 300)).isEmpty();
    assertThat(tracker.wantsLook()).isTrue();

    TcpEvent.ListenerOpened opened = only(look(listener(1, 11)), TcpEvent.ListenerOpened.class);
    assertThat(tracker.wantsLook()).isFalse();
    assertThat(opened.at()).isEqualTo(START.plusMillis(300));
    assertThat(opened.knownBy()).isEqualTo(KnownBy.PUSHED);
    assertThat(opened.socket().owners()).extracting(OsProcess::pid).containsExactly(100L);
  }

  @Test
  void aListenerIsToldBeforeItsConnectionsAndBeforeItsEnd() {
    look();
    push(1, TcpState.CLOSED, TcpState.LISTEN, 0, 300);
    assertThat(push(2, TcpState.SYN_RECEIVED, TcpState.ESTABLISHED, 40_001, 301))
        .hasExactlyElementsOfTypes(TcpEvent.ListenerOpened.class, TcpEvent.Opened.class);

    push(5, TcpState.CLOSED, TcpState.LISTEN, 0, 302);
    assertThat(push(5, TcpState.LISTEN, TcpState.CLOSED, 0, 303))
        .hasExactlyElementsOfTypes(TcpEvent.ListenerOpened.class, TcpEvent.ListenerClosed.class);
  }

  @Test
  void whichOfSeveralListenersItWasIsNotGuessed() {
    look(listener(1, 11), listener(5, 13));
    assertThat(
            only(
                    push(2, TcpState.SYN_RECEIVED, TcpState.ESTABLISHED, 40_001, 300),
                    TcpEvent.Opened.class)
                .listener())
        .isEmpty();
  }

  @Test
  void whatEndsWhileALookIsTakenIsNotToldAgain() {
    look(listener(1, 11));
    push(2, TcpState.SYN_RECEIVED, TcpState.ESTABLISHED, 40_001, 900);
    tracker.startLook();
    Look look = looks.next(listener(1, 11), connection(2, ESTABLISHED, 40_001, 12));
    assertThat(push(2, TcpState.ESTABLISHED, TcpState.CLOSED, 40_001, 1_050)).hasSize(1);
    events.clear();
    tracker.look(look);
    assertThat(events).isEmpty();
    assertThat(look(listener(1, 11))).isEmpty();
  }

  @Test
  void aLookThatIsOlderThanAPushDoesNotUndoIt() {
    look(listener(1, 11), connection(2, ESTABLISHED, 40_001, 12));
    tracker.startLook();
    Look look = looks.next(listener(1, 11), connection(2, ESTABLISHED, 40_001, 12));
    assertThat(push(2, TcpState.ESTABLISHED, TcpState.CLOSE_WAIT, 40_001, 1_050)).hasSize(1);
    events.clear();
    tracker.look(look);
    assertThat(events).isEmpty();
    assertThat(look(listener(1, 11), connection(2, CLOSE_WAIT, 40_001, 12))).isEmpty();
  }

  @Test
  void whatTheFirstLookHasSeenAlreadyIsNotTold() {
    look(listener(1, 11), connection(2, CLOSE_WAIT, 40_001, 12));
    assertThat(push(3, TcpState.SYN_RECEIVED, TcpState.ESTABLISHED, 40_002, -5)).isEmpty();
    assertThat(push(2, TcpState.SYN_RECEIVED, TcpState.ESTABLISHED, 40_001, 10)).isEmpty();
    assertThat(push(2, TcpState.ESTABLISHED, TcpState.CLOSE_WAIT, 40_001, 20)).isEmpty();
    assertThat(push(2, TcpState.CLOSE_WAIT, TcpState.LAST_ACK, 40_001, 300)).hasSize(1);
  }

  @Test
  void whatWasLostIsFoundByLooks() {
    look(listener(1, 11));
    assertThat(look(listener(1, 11), connection(2, ESTABLISHED, 40_001, 12)))
        .hasExactlyElementsOfTypes(TcpEvent.Opened.class, TcpEvent.Accepted.class);
    TcpEvent.StateChanged changed =
        only(
            look(listener(1, 11), connection(2, CLOSE_WAIT, 40_001, 12)),
            TcpEvent.StateChanged.class);
    assertThat(changed.knownBy()).isEqualTo(KnownBy.BETWEEN_LOOKS);
    // Its push may be on its way, or the look has passed over it.
    assertThat(look(listener(1, 11))).isEmpty();
    TcpEvent.Closed closed = only(look(listener(1, 11)), TcpEvent.Closed.class);
    assertThat(closed.knownBy()).isEqualTo(KnownBy.BETWEEN_LOOKS);
    assertThat(look(listener(1, 11))).isEmpty();
  }

  @Test
  void whatIsOpenedByAPushAndEndsWithoutOneIsFoundByLooks() {
    look(listener(1, 11));
    push(2, TcpState.SYN_RECEIVED, TcpState.ESTABLISHED, 40_001, 300);
    assertThat(look(listener(1, 11))).isEmpty();
    assertThat(only(look(listener(1, 11)), TcpEvent.Closed.class).knownBy())
        .isEqualTo(KnownBy.BETWEEN_LOOKS);
  }

  @Test
  void anEndWithoutAnOpeningSaysSo() {
    look(listener(1, 11));
    TcpEvent.Closed closed =
        only(push(2, TcpState.FIN_WAIT_2, TcpState.CLOSED, 40_001, 300), TcpEvent.Closed.class);
    assertThat(closed.livedAtLeast()).isZero();
    assertThat(closed.livedAtMost()).isEmpty();
    assertThat(closed.ending()).isEqualTo(Ending.CLOSED_HERE);
    // It never was a connection.
    assertThat(push(3, TcpState.SYN_RECEIVED, TcpState.CLOSED, 40_001, 301)).isEmpty();
  }

  @Test
  void aConnectionFromHereIsToldOnceItHasItsPort() {
    look();
    assertThat(push(2, TcpState.CLOSED, TcpState.SYN_SENT, 0, 80, Cause.NONE, 300)).isEmpty();
    assertThat(push(2, TcpState.SYN_SENT, TcpState.ESTABLISHED, 80, 310))
        .hasExactlyElementsOfTypes(TcpEvent.Opened.class, TcpEvent.StateChanged.class)
        .first()
        .satisfies(
            it -> {
              TcpEvent.Opened opened = (TcpEvent.Opened) it;
              assertThat(opened.at()).isEqualTo(START.plusMillis(300));
              assertThat(opened.socket().state()).isEqualTo(TcpState.SYN_SENT);
              assertThat(opened.socket().local().port()).isEqualTo(3001);
            });
    // It never got one.
    push(3, TcpState.CLOSED, TcpState.SYN_SENT, 0, 80, Cause.NONE, 320);
    assertThat(push(3, TcpState.SYN_SENT, TcpState.CLOSED, 0, 80, Cause.NONE, 330)).isEmpty();
  }

  @Test
  void whatTheQueryDoesNotSelectIsNotTold() {
    look();
    assertThat(push(2, TcpState.SYN_RECEIVED, TcpState.ESTABLISHED, 3002, 40_001, Cause.NONE, 300))
        .isEmpty();
  }

  @Test
  void withoutPushesTheLooksTellAll() {
    look(listener(1, 11), connection(2, ESTABLISHED, 40_001, 12));
    tracker.stopPushes();
    assertThat(look(listener(1, 11))).hasExactlyElementsOfTypes(TcpEvent.Closed.class);
    assertThat(look()).hasExactlyElementsOfTypes(TcpEvent.ListenerClosed.class);
  }
}
