// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.linux.netlink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tcptable.internal.table.SocketColumns;
import io.tcptable.internal.table.SocketColumns.Column;
import io.tcptable.internal.table.SocketColumns.Detail;
import io.tcptable.internal.table.SocketColumnsBuilder;
import io.tcptable.internal.table.SocketFilter;
import io.tcptable.internal.table.Transfer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sockets as a kernel really told them, whole and damaged. */
class SockDiagCodecTest {

  private static final byte[] LOOPBACK = {127, 0, 0, 1};
  private static final byte[] MAPPED_LOOPBACK = {
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1, 127, 0, 0, 1
  };
  private static final int ATTRIBUTES = 72;
  private static final int MUTATIONS = 20_000;

  @Test
  void aListener() {
    SocketColumns socket = decode(captured("v4-listener"));
    assertThat(socket.isV6(0)).isFalse();
    assertThat(socket.state(0)).isEqualTo(10);
    assertThat(socket.localPort(0)).isEqualTo(3001);
    assertThat(socket.localAddress(0)).isEqualTo(LOOPBACK);
    assertThat(socket.remotePort(0)).isZero();
    assertThat(socket.receiveQueue(0)).isZero();
    assertThat(socket.sendQueue(0)).isEqualTo(128);
    assertThat(socket.inode(0)).isPositive();
    assertThat(socket.cookie(0)).isPositive();
    assertThat(socket.mark(0)).isZero();
    assertThat(socket.timer(0)).isZero();
    assertThat(socket.hasDetail(0)).isFalse();
  }

  @Test
  void aConnectionThatTheClientHasClosed() {
    SocketColumns socket = decode(captured("v4-close-wait"));
    assertThat(socket.state(0)).isEqualTo(8);
    assertThat(socket.localPort(0)).isEqualTo(3001);
    assertThat(socket.remotePort(0)).isEqualTo(0xe43a);
    assertThat(socket.remoteAddress(0)).isEqualTo(LOOPBACK);
    assertThat(socket.receiveQueue(0)).isEqualTo(12);
    assertThat(socket.cookie(0)).isEqualTo(0x932f5);
    assertThat(socket.inode(0)).isEqualTo(0x79edca);
    assertThat(socket.uid(0)).isZero();
    assertThat(socket.detail(0, Detail.LAST_SENT_MILLIS)).isEqualTo(0x68);
    assertThat(socket.detail(0, Detail.LAST_RECEIVED_MILLIS)).isEqualTo(0x68);
    assertThat(socket.detail(0, Detail.RTT_MICROS)).isEqualTo(0x12);
    assertThat(socket.detail(0, Detail.RTT_VARIATION_MICROS)).isEqualTo(9);
    assertThat(socket.detail(0, Detail.RETRANSMITS)).isZero();
    assertThat(socket.isPeerSilent(0)).isFalse();
  }

  @Test
  void whatIsLeftOfAConnection() {
    SocketColumns socket = decode(captured("v4-time-wait"));
    assertThat(socket.state(0)).isEqualTo(6);
    assertThat(socket.remotePort(0)).isEqualTo(3001);
    assertThat(socket.inode(0)).isZero();
    assertThat(socket.timer(0)).isEqualTo(3);
    assertThat(socket.timerMillis(0)).isBetween(1, 60_000);
    assertThat(socket.mark(0)).isZero();
    assertThat(socket.hasDetail(0)).isFalse();
  }

  /** Its state within the kernel is NEW_SYN_RECV, which no user is shown. */
  @Test
  void aRequestThatHasNoSocketYet() {
    SocketColumns socket = decode(captured("v4-new-syn-recv"));
    assertThat(socket.state(0)).isEqualTo(3);
    assertThat(socket.localPort(0)).isEqualTo(3001);
    assertThat(socket.localAddress(0)).isEqualTo(LOOPBACK);
    assertThat(socket.remotePort(0)).isEqualTo(0xe43a);
    assertThat(socket.inode(0)).isZero();
    assertThat(socket.uid(0)).isZero();
    assertThat(socket.cookie(0)).isPositive();
    assertThat(socket.timer(0)).isEqualTo(1);
    assertThat(socket.timerMillis(0)).isBetween(1, 1_000);
    assertThat(socket.timerRetransmits(0)).isZero();
    assertThat(socket.mark(0)).isZero();
    assertThat(socket.hasDetail(0)).isFalse();
  }

  @Test
  void aDualStackListenerAndItsIpv4Client() {
    SocketColumns listener = decode(captured("v6-listener"));
    assertThat(listener.isV6(0)).isTrue();
    assertThat(listener.isV6Only(0)).isFalse();
    assertThat(listener.localAddress(0)).isEqualTo(new byte[16]);
    assertThat(listener.sendQueue(0)).isEqualTo(64);

    SocketColumns connection = decode(captured("v6-mapped"));
    assertThat(connection.isV6(0)).isTrue();
    assertThat(connection.state(0)).isEqualTo(1);
    assertThat(connection.localAddress(0)).isEqualTo(MAPPED_LOOPBACK);
    assertThat(connection.remoteAddress(0)).isEqualTo(MAPPED_LOOPBACK);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "v4-listener",
        "v4-established",
        "v4-close-wait",
        "v4-time-wait",
        "v4-new-syn-recv",
        "v6-mapped"
      })
  void cutOffAnywhereItIsAnErrorOrASocketWithFewerAttributes(String name) {
    byte[] whole = captured(name);
    for (int length = 0; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      if (length < ATTRIBUTES) {
        assertThatThrownBy(() -> decode(cut)).isInstanceOf(MalformedDumpException.class);
      } else {
        soundOrRefused(cut);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3, 5, 0x7fff, 0xffff})
  void aWrongLengthOfAnAttributeIsAnErrorOrSkipped(int length) {
    byte[] whole = captured("v4-established");
    for (int at = ATTRIBUTES; at + 1 < whole.length; at += 4) {
      byte[] wrong = whole.clone();
      wrong[at] = (byte) length;
      wrong[at + 1] = (byte) (length >>> 8);
      soundOrRefused(wrong);
    }
    byte[] first = whole.clone();
    first[ATTRIBUTES] = (byte) length;
    first[ATTRIBUTES + 1] = (byte) (length >>> 8);
    if (length != 5) {
      assertThatThrownBy(() -> decode(first))
          .isInstanceOf(MalformedDumpException.class)
          .hasMessageContaining("an attribute of " + length + " bytes");
    }
  }

  @Test
  void unknownAttributesAreSkippedAndMarksOfTheTypeIgnored() {
    byte[] whole = captured("v4-established");
    ByteBuffer more = ByteBuffer.allocate(whole.length + 20).order(ByteOrder.nativeOrder());
    more.put(whole, 0, ATTRIBUTES);
    more.putShort((short) 9).putShort((short) 4000).putInt(1).putInt(2);
    more.putShort((short) 8).putShort((short) (15 | 0x8000)).putInt(77);
    more.put(whole, ATTRIBUTES + 16, whole.length - ATTRIBUTES - 16);
    SocketColumns socket = decode(Arrays.copyOf(more.array(), more.position()));
    assertThat(socket.hasDetail(0)).isTrue();
    assertThat(socket.localPort(0)).isEqualTo(3001);
  }

  @Test
  void aShorterTcpInfoOfAnOlderKernelGivesNoDetail() {
    byte[] old = Arrays.copyOf(captured("v4-established"), ATTRIBUTES + 4 + 64);
    ByteBuffer bytes = ByteBuffer.wrap(old).order(ByteOrder.nativeOrder());
    bytes.putShort(ATTRIBUTES, (short) 68).putShort(ATTRIBUTES + 2, (short) 2);
    assertThat(decode(old).hasDetail(0)).isFalse();
  }

  /** Offsets and sizes by {@code offsetof} of the header {@code linux/tcp.h}. */
  @ParameterizedTest
  @ValueSource(ints = {104, 112, 128, 136, 167, 168, 176, 184, 192, 207, 208, 216, 232, 248})
  void aFigureOfTcpInfoIsToldIfTheStructureIsLongEnough(int size) {
    ByteBuffer info = ByteBuffer.allocate(size).order(ByteOrder.nativeOrder());
    for (int i = 0; i < size; i++) {
      info.put(i, (byte) i);
    }
    SocketColumns socket =
        decode(DiagMessage.v4(1, 3001, 40_001).attribute(2, info.array()).bytes());

    assertThat(socket.hasTransfer(0)).isTrue();
    assertThat(socket.transfer(0, Transfer.LAST_ACKNOWLEDGED_MILLIS)).isEqualTo(info.getInt(56));
    assertThat(socket.transfer(0, Transfer.CONGESTION_WINDOW)).isEqualTo(info.getInt(80));
    Map<Transfer, Integer> offsets =
        Map.of(
            Transfer.PACING_RATE, 104,
            Transfer.BYTES_ACKNOWLEDGED, 120,
            Transfer.BYTES_RECEIVED, 128,
            Transfer.DELIVERY_RATE, 160,
            Transfer.BUSY_MICROS, 168,
            Transfer.RECEIVE_WINDOW_LIMITED_MICROS, 176,
            Transfer.SEND_BUFFER_LIMITED_MICROS, 184,
            Transfer.BYTES_SENT, 200,
            Transfer.BYTES_RETRANSMITTED, 208);
    offsets.forEach(
        (figure, offset) ->
            assertThat(socket.transfer(0, figure))
                .as(figure.name())
                .isEqualTo(offset + 8 <= size ? info.getLong(offset) : Transfer.UNKNOWN));
  }

  @Test
  void damagedBytesNeverLoopNorReadBeyondTheEnd() {
    Random random = new Random(3001);
    byte[] whole = captured("v6-mapped");
    for (int i = 0; i < MUTATIONS; i++) {
      byte[] damaged = Arrays.copyOf(whole, 1 + random.nextInt(whole.length));
      for (int n = random.nextInt(8); n >= 0; n--) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
      }
      soundOrRefused(damaged);
    }
  }

  private static void soundOrRefused(byte[] message) {
    try {
      SocketColumns socket = decode(message);
      assertThat(socket.size()).isEqualTo(1);
      assertThat(socket.localAddress(0)).hasSize(socket.isV6(0) ? 16 : 4);
    } catch (MalformedDumpException e) {
      assertThat(e).hasMessageMatching("an? .*(bytes|family).*");
    }
  }

  /** The buffer ends with the message: a read too far is an IndexOutOfBoundsException. */
  private static SocketColumns decode(byte[] message) {
    int before = 16;
    ByteBuffer buffer =
        ByteBuffer.allocateDirect(before + message.length).order(ByteOrder.nativeOrder());
    buffer.put(before, message);
    SocketColumnsBuilder builder = new SocketColumnsBuilder();
    builder.start(SocketFilter.all().withTransfer(), EnumSet.allOf(Column.class));
    SockDiagCodec.decode(buffer, before, before + message.length, builder);
    return builder.build();
  }

  private static byte[] captured(String name) {
    try (InputStream text =
        SockDiagCodecTest.class.getResourceAsStream("sock_diag/" + name + ".hex")) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      new String(text.readAllBytes(), StandardCharsets.US_ASCII)
          .lines()
          .map(line -> line.replaceAll("#.*", "").replace(" ", ""))
          .forEach(hex -> bytes.writeBytes(HexFormat.of().parseHex(hex)));
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
