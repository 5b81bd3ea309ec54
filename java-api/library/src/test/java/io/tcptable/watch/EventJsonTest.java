// SPDX-License-Identifier: Apache-2.0
package io.tcptable.watch;

import static io.tcptable.watch.Looks.START;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tcptable.Endpoint;
import io.tcptable.Ownership;
import io.tcptable.SocketKey;
import io.tcptable.TcpState;
import io.tcptable.watch.TcpEvent.KnownBy;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** The documented fields, word by word. */
class EventJsonTest {

  private static final WatchedSocket SOCKET =
      new WatchedSocket(
          SocketKey.ofCookie(7),
          Endpoint.of(InetAddress.getLoopbackAddress(), 3001),
          Endpoint.of(InetAddress.getLoopbackAddress(), 40_001),
          TcpState.CLOSE_WAIT,
          Ownership.NONE,
          List.of(),
          Optional.empty());

  private static final String SOCKET_JSON =
      "{\"key\":\"cookie 7\",\"local\":{\"address\":\"127.0.0.1\",\"port\":3001},"
          + "\"remote\":{\"address\":\"127.0.0.1\",\"port\":40001},\"state\":\"CLOSE_WAIT\","
          + "\"ownership\":\"none\",\"owners\":[]}";

  private static String of(String kind, KnownBy knownBy, String more) {
    return "{\"schema\":\"tcptable.event/1\",\"event\":\""
        + kind
        + "\",\"at\":\"2026-11-24T06:00:00.000Z\",\"knownBy\":\""
        + (knownBy == KnownBy.PUSHED ? "pushed" : "between_looks")
        + "\",\"socket\":"
        + SOCKET_JSON
        + more
        + "}";
  }

  private static String of(String kind, String more) {
    return of(kind, KnownBy.BETWEEN_LOOKS, more);
  }

  @Test
  void eachKindHasItsFields() {
    KnownBy looks = KnownBy.BETWEEN_LOOKS;
    Duration second = Duration.ofSeconds(1);
    assertThat(
            new TcpEvent.Closed(
                    START,
                    KnownBy.PUSHED,
                    SOCKET,
                    second,
                    Optional.of(second.plusMillis(500)),
                    Ending.CLOSED_BY_PEER)
                .toJson())
        .isEqualTo(
            of(
                "closed",
                KnownBy.PUSHED,
                ",\"livedAtLeastMillis\":1000,\"livedAtMostMillis\":1500,"
                    + "\"ending\":\"closed_by_peer\""));
    assertThat(new TcpEvent.Opened(START, looks, SOCKET, Optional.of(SOCKET)).toJson())
        .isEqualTo(of("opened", ",\"listener\":" + SOCKET_JSON));
    assertThat(new TcpEvent.Accepted(START, looks, SOCKET, Optional.empty()).toJson())
        .isEqualTo(of("accepted", ""));
    assertThat(new TcpEvent.StateChanged(START, looks, SOCKET, TcpState.ESTABLISHED).toJson())
        .isEqualTo(of("state_changed", ",\"before\":\"ESTABLISHED\""));
    assertThat(new TcpEvent.OwnersChanged(START, looks, SOCKET, List.of()).toJson())
        .isEqualTo(of("owners_changed", ",\"before\":[]"));
    assertThat(new TcpEvent.ListenerOpened(START, looks, SOCKET).toJson())
        .isEqualTo(of("listener_opened", ""));
    assertThat(new TcpEvent.ListenerClosed(START, looks, SOCKET, second, Optional.empty()).toJson())
        .isEqualTo(of("listener_closed", ",\"livedAtLeastMillis\":1000"));
    assertThat(new TcpEvent.SecondServer(START, looks, SOCKET, List.of(SOCKET)).toJson())
        .isEqualTo(of("second_server", ",\"others\":[" + SOCKET_JSON + "]"));
    assertThat(new TcpEvent.AcceptQueueFilled(START, looks, SOCKET, 8, 10).toJson())
        .isEqualTo(of("accept_queue_filled", ",\"waiting\":8,\"limit\":10"));
    assertThat(new TcpEvent.CloseWaitAged(START, looks, SOCKET, second).toJson())
        .isEqualTo(of("close_wait_aged", ",\"atLeastMillis\":1000"));
  }

  @Test
  void thoseOfNoSocketSayHowMany() {
    String begin = "{\"schema\":\"tcptable.event/1\",\"event\":\"";
    String at = "\",\"at\":\"2026-11-24T06:00:00.000Z\"";
    assertThat(new TcpEvent.Missed(START, 7).toJson())
        .isEqualTo(begin + "missed" + at + ",\"events\":7}");
    assertThat(new TcpEvent.Lost(START, OptionalLong.of(7)).toJson())
        .isEqualTo(begin + "lost" + at + ",\"records\":7}");
    assertThat(new TcpEvent.Lost(START, OptionalLong.empty()).toJson())
        .isEqualTo(begin + "lost" + at + "}");
    assertThat(new TcpEvent.LookFailed(START, "no").toJson())
        .isEqualTo(begin + "look_failed" + at + ",\"reason\":\"no\"}");
  }

  @Test
  void jacksonWritesTheSame() throws JsonProcessingException {
    TcpEvent event = new TcpEvent.ListenerOpened(START, KnownBy.PUSHED, SOCKET);
    assertThat(new ObjectMapper().writeValueAsString(event)).isEqualTo(event.toJson());
  }
}
