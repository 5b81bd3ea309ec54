// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.Endpoint;
import io.tcptable.OsProcess;
import io.tcptable.Ownership;
import io.tcptable.SocketKey;
import io.tcptable.TcpState;
import io.tcptable.watch.Ending;
import io.tcptable.watch.TcpEvent;
import io.tcptable.watch.TcpEvent.KnownBy;
import io.tcptable.watch.WatchedSocket;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Each kind of event, word by word. */
class EventTextTest {

  private static final Instant AT = Instant.parse("2026-11-24T06:00:00Z");
  private static final OsProcess SELF = OsProcess.of(ProcessHandle.current().pid()).orElseThrow();
  private static final Endpoint LOCAL = Endpoint.of(loopback(), 3001);
  private static final WatchedSocket LISTENER =
      socket(TcpState.LISTEN, Endpoint.of(anywhere(), 0), SELF);
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final String ENDS = "connection 127.0.0.1:3001 <-> 127.0.0.1:40001";

  private static InetAddress loopback() {
    return InetAddress.getLoopbackAddress();
  }

  private static InetAddress anywhere() {
    try {
      return Inet4Address.getByAddress(new byte[4]);
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }

  private static WatchedSocket socket(TcpState state, Endpoint remote, OsProcess... owners) {
    return new WatchedSocket(
        SocketKey.ofCookie(7),
        LOCAL,
        remote,
        state,
        owners.length == 0 ? Ownership.NONE : Ownership.OWNED,
        List.of(owners),
        Optional.empty());
  }

  private static WatchedSocket connection(TcpState state, OsProcess... owners) {
    return socket(state, Endpoint.of(loopback(), 40_001), owners);
  }

  private static void saysOf(TcpEvent event, String line) {
    assertThat(EventPrinter.line(event)).isEqualTo("2026-11-24T06:00:00.000Z  " + line);
  }

  @Test
  void connections() {
    KnownBy looks = KnownBy.BETWEEN_LOOKS;
    WatchedSocket waiting = connection(TcpState.ESTABLISHED);
    WatchedSocket owned = connection(TcpState.CLOSE_WAIT, SELF);
    saysOf(
        new TcpEvent.Opened(AT, looks, waiting, Optional.of(LISTENER)),
        "opened            "
            + ENDS
            + ", ESTABLISHED, for the listener of "
            + SELF
            + " (between two looks)");
    saysOf(
        new TcpEvent.Opened(AT, looks, owned, Optional.empty()),
        "opened            " + ENDS + ", CLOSE_WAIT, owner " + SELF + " (between two looks)");
    saysOf(
        new TcpEvent.Accepted(AT, looks, owned, Optional.of(LISTENER)),
        "accepted          " + SELF + " accepted " + ENDS + " (between two looks)");
    saysOf(
        new TcpEvent.Accepted(AT, looks, waiting, Optional.empty()),
        "accepted          a process accepted " + ENDS + " (between two looks)");
    saysOf(
        new TcpEvent.StateChanged(AT, KnownBy.PUSHED, owned, TcpState.ESTABLISHED),
        "state changed     " + ENDS + " of " + SELF + ": ESTABLISHED, now CLOSE_WAIT (pushed)");
    saysOf(
        new TcpEvent.OwnersChanged(AT, looks, waiting, List.of(SELF)),
        "owners changed    " + ENDS + ": " + SELF + ", now no owner (between two looks)");
    saysOf(
        new TcpEvent.CloseWaitAged(AT, looks, owned, Duration.ofSeconds(60)),
        "close wait aged   "
            + ENDS
            + " of "
            + SELF
            + ": closed by the peer and in CLOSE_WAIT for at least 1m00s (between two looks)");
  }

  @Test
  void endings() {
    saysOf(
        closed(2, Optional.of(3), Ending.CLOSED_HERE),
        closedLine("closed on this side first, open for 2s to 3s"));
    saysOf(
        closed(2, Optional.of(2), Ending.CLOSED_BY_PEER),
        closedLine("closed by the peer first, open for 2s"));
    saysOf(
        closed(2, Optional.empty(), Ending.NEVER_CONNECTED),
        closedLine("it was never connected, open for more than 2s"));
    saysOf(
        closed(0, Optional.of(1), Ending.NOT_SEEN),
        closedLine("how it ended was not seen, open for at most 1s"));
  }

  private static TcpEvent closed(int atLeast, Optional<Integer> atMost, Ending ending) {
    return new TcpEvent.Closed(
        AT,
        KnownBy.PUSHED,
        connection(TcpState.ESTABLISHED),
        Duration.ofSeconds(atLeast),
        atMost.map(Duration::ofSeconds),
        ending);
  }

  private static String closedLine(String how) {
    return "closed            " + ENDS + ": " + how + " (pushed)";
  }

  @Test
  void listeners() {
    KnownBy looks = KnownBy.BETWEEN_LOOKS;
    String known = " (between two looks)";
    saysOf(
        new TcpEvent.ListenerOpened(AT, looks, LISTENER),
        "listener opened   " + SELF + " listens on 127.0.0.1:3001" + known);
    saysOf(
        new TcpEvent.ListenerClosed(AT, looks, LISTENER, Duration.ofSeconds(5), Optional.empty()),
        "listener closed   listener 127.0.0.1:3001 of "
            + SELF
            + " is gone, was there for more than 5s"
            + known);
    saysOf(
        new TcpEvent.SecondServer(AT, looks, LISTENER, List.of(LISTENER)),
        "second server     "
            + SELF
            + " listens on 127.0.0.1:3001, and so does "
            + SELF
            + ": a client may reach either"
            + known);
    saysOf(
        new TcpEvent.AcceptQueueFilled(AT, looks, LISTENER, 6, 5),
        "accept queue filled listener 127.0.0.1:3001 of "
            + SELF
            + ": 6 connections in the accept queue, limit 5"
            + known);
  }

  @Test
  void whatIsMissing() {
    saysOf(
        new TcpEvent.Missed(AT, 1234),
        "missed            1,234 events not shown here: they came faster than they could be"
            + " printed");
    saysOf(
        new TcpEvent.Lost(AT, OptionalLong.of(2)),
        "lost              2 records of the system lost: connections that came and went are not"
            + " shown here");
    saysOf(
        new TcpEvent.Lost(AT, OptionalLong.empty()),
        "lost              records of the system lost: connections that came and went are not"
            + " shown here");
    saysOf(
        new TcpEvent.LookFailed(AT, "no\u001b[31m memory"),
        "look failed       no?[31m memory; the watch goes on");
  }

  /** The lines that docs/WATCH.md shows, but for numbers and the name of the owner. */
  @Test
  void theLinesOfTheDocumentationAreWordedSo() throws IOException {
    String page = Files.readString(Path.of("../../docs/WATCH.md"));
    String shown =
        page.substring(page.indexOf("\n20"), page.indexOf("\n```\n", page.indexOf("\n20")));
    WatchedSocket owned = connection(TcpState.ESTABLISHED, SELF);
    WatchedSocket waiting = connection(TcpState.ESTABLISHED);
    TcpEvent opened = new TcpEvent.Opened(AT, KnownBy.PUSHED, waiting, Optional.of(LISTENER));
    List<TcpEvent> story =
        List.of(
            new TcpEvent.ListenerOpened(AT, KnownBy.PUSHED, LISTENER),
            opened,
            new TcpEvent.Accepted(AT, KnownBy.BETWEEN_LOOKS, owned, Optional.of(LISTENER)),
            changed(TcpState.ESTABLISHED, TcpState.CLOSE_WAIT),
            changed(TcpState.CLOSE_WAIT, TcpState.LAST_ACK),
            ended(owned, Ending.CLOSED_BY_PEER),
            opened,
            ended(waiting, Ending.RESET_BY_PEER),
            new TcpEvent.ListenerClosed(AT, KnownBy.PUSHED, LISTENER, SECOND, Optional.of(SECOND)));
    assertThat(shown.strip().lines().map(EventTextTest::likeAnyOther))
        .containsExactlyElementsOf(
            story.stream().map(EventPrinter::line).map(EventTextTest::likeAnyOther).toList());
  }

  private static TcpEvent changed(TcpState from, TcpState to) {
    return new TcpEvent.StateChanged(AT, KnownBy.PUSHED, connection(to, SELF), from);
  }

  private static TcpEvent ended(WatchedSocket socket, Ending how) {
    return new TcpEvent.Closed(AT, KnownBy.PUSHED, socket, SECOND, Optional.of(SECOND), how);
  }

  private static String likeAnyOther(String line) {
    return line.replaceFirst("^\\S+", "TIME")
        .replaceAll("\\w+\\(\\d+\\)", "OWNER")
        .replaceAll(":\\d+", ":PORT")
        .replaceAll("\\b[\\d.]+m?s\\b", "DURATION");
  }
}
