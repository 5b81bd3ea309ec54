// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.linux.netlink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tcptable.internal.linux.FakeKernel;
import io.tcptable.internal.linux.kernel.Errno;
import io.tcptable.internal.platform.PushedSockets;
import io.tcptable.internal.platform.SourceException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is made of the kernel's messages of sockets that end. */
class DestroyedSocketsTest {

  private static final int CLOSED = 7;

  /** Of {@code struct tcp_info}. */
  private static final int INFO_SIZE = 240;

  private static final int ROUND_TRIP = 68;
  private static final int BYTES_ACKNOWLEDGED = 120;
  private static final byte[] V4 = {127, 0, 0, 1};
  private static final byte[] V6 = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};

  private final FakeKernel kernel = new FakeKernel();
  private final List<String> ended = new ArrayList<>();

  @AfterEach
  void nothingIsLeftOpen() {
    assertThat(kernel.open()).isEmpty();
  }

  private PushedSockets.Reading read(FakeNetlink.Reply... told) {
    kernel.netlink().then(request -> Arrays.asList(told));
    try (PushedSockets sockets = DestroyedSockets.open(kernel)) {
      return sockets.read(
          (cookie, local, localPort, remote, remotePort) ->
              ended.add(
                  cookie
                      + (" " + Arrays.toString(local) + " " + localPort)
                      + (" " + Arrays.toString(remote) + " " + remotePort)));
    }
  }

  private static FakeNetlink.Reply told(DiagMessage socket) {
    ByteBuffer none = ByteBuffer.allocate(Netlink.HEADER_SIZE);
    return DiagDatagram.to(
        none, d -> d.message(SockDiagRequest.SOCK_DIAG_BY_FAMILY, socket.bytes()));
  }

  private static FakeNetlink.Reply acknowledged() {
    return DiagDatagram.to(ByteBuffer.allocate(Netlink.HEADER_SIZE), d -> d.error(0));
  }

  @Test
  void joinsBothGroups() {
    assertThat(read()).isEqualTo(new PushedSockets.Reading(0, false, 0));

    // SO_RCVBUFFORCE, and NETLINK_ADD_MEMBERSHIP twice.
    assertThat(kernel.netlink().options())
        .containsExactly("1 33 " + (16 << 20), "270 1 1", "270 1 3");
    assertThat(kernel.netlink().requests())
        .singleElement()
        .satisfies(
            noop -> assertThat(Netlink.unsignedShort(noop, 4)).isEqualTo(Netlink.NLMSG_NOOP));
  }

  /** Only a socket that was to be connected and never was. */
  @Test
  void tellsWhatHasFailed() {
    byte[] unanswered = new byte[INFO_SIZE];
    byte[] answered = unanswered.clone();
    answered[BYTES_ACKNOWLEDGED] = 1;
    byte[] measured = unanswered.clone();
    measured[ROUND_TRIP] = 1;
    byte[] none = new byte[V4.length];
    List<String> failed = new ArrayList<>();
    kernel
        .netlink()
        .then(
            request ->
                List.of(
                    told(closed(40_001, 80, V4).attribute(DiagMessage.INFO, unanswered)),
                    told(closed(40_002, 0, V4).attribute(DiagMessage.INFO, unanswered)),
                    told(closed(40_003, 81, V4).attribute(DiagMessage.INFO, answered)),
                    told(closed(40_004, 82, V4).attribute(DiagMessage.INFO, measured)),
                    told(closed(40_005, 0, none).attribute(DiagMessage.INFO, unanswered)),
                    told(closed(40_006, 83, V4).attribute(DiagMessage.INFO, new byte[104])),
                    told(closed(40_007, 84, V4))));
    try (PushedSockets sockets = DestroyedSockets.open(kernel)) {
      PushedSockets.Reading reading =
          sockets.read(
              new PushedSockets.Sink() {
                @Override
                public void ended(
                    long cookie, byte[] local, int localPort, byte[] remote, int remotePort) {
                  // Each of them.
                }

                @Override
                public void failed(int localPort, byte[] remote, int remotePort) {
                  failed.add(localPort + " " + Arrays.toString(remote) + " " + remotePort);
                }
              });
      assertThat(reading.sockets()).isEqualTo(7);
    }
    assertThat(failed).containsExactly("40001 [127, 0, 0, 1] 80", "40002 [127, 0, 0, 1] 0");
  }

  private static DiagMessage closed(int localPort, int remotePort, byte[] remote) {
    return DiagMessage.v4(CLOSED, localPort, remotePort).between(V4, remote);
  }

  @Test
  void tellsEachInOrder() {
    PushedSockets.Reading reading =
        read(
            acknowledged(),
            told(DiagMessage.v4(CLOSED, 3001, 40_001).cookie(7L << 32 | 5).between(V4, V4)),
            told(DiagMessage.v6(CLOSED, 3001, 0).cookie(8).between(V6, V6)),
            told(DiagMessage.v4(CLOSED, 3001, 40_002).cookie(9).between(V4, V4)).from(77));

    assertThat(reading).isEqualTo(new PushedSockets.Reading(2, false, 0));
    assertThat(ended)
        .containsExactly(
            "30064771077 [127, 0, 0, 1] 3001 [127, 0, 0, 1] 40001",
            "8 " + Arrays.toString(V6) + " 3001 " + Arrays.toString(V6) + " 0");
  }

  @Test
  void goesOnAfterALoss() {
    PushedSockets.Reading reading =
        read(
            FakeNetlink.Reply.failed(Errno.ENOBUFS),
            FakeNetlink.Reply.failed(Errno.EINTR),
            told(DiagMessage.v4(CLOSED, 3001, 40_001)));

    assertThat(reading).isEqualTo(new PushedSockets.Reading(1, true, 0));
  }

  @Test
  void saysWhatFails() {
    assertThatThrownBy(() -> read(FakeNetlink.Reply.failed(Errno.ENOMEM)))
        .hasMessage(
            "listening for TCP sockets that end: recvfrom failed with ENOMEM: the kernel is short"
                + " of memory; try again");
    assertThatThrownBy(
            () -> read(told(DiagMessage.v4(CLOSED, 1, 1)).from(0), FakeNetlink.Reply.of((byte) 9)))
        .isInstanceOf(SourceException.class)
        .hasMessageStartingWith("listening for TCP sockets that end: the reply makes no sense");
  }

  @Test
  void aSmallerBufferIsNoFailureAndNoGroupIs() {
    kernel.on("setsockopt").once().fail(Errno.EPERM);
    assertThat(read().sockets()).isZero();
    assertThat(kernel.netlink().options())
        .containsExactly("1 8 " + (16 << 20), "270 1 1", "270 1 3");

    kernel.on("setsockopt").after(1).fail(Errno.EPERM);
    assertThatThrownBy(this::read)
        .hasMessageStartingWith("listening for TCP sockets that end: setsockopt failed with EPERM");
    kernel.on("socket").fail(Errno.EMFILE);
    assertThatThrownBy(this::read)
        .hasMessageStartingWith("listening for TCP sockets that end: socket failed with EMFILE");
  }
}
