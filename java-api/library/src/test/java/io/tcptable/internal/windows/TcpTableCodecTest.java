// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.windows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tcptable.internal.platform.SourceException;
import io.tcptable.internal.table.SocketColumns;
import io.tcptable.internal.table.SocketColumns.Column;
import io.tcptable.internal.table.SocketColumnsBuilder;
import io.tcptable.internal.table.SocketFilter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Tables as Wine really gave them, as Windows gives them, and damaged ones. */
class TcpTableCodecTest {

  private static final TcpRowLayout V4 = TcpRowLayout.V4_OWNER_PID;
  private static final TcpRowLayout V6 = TcpRowLayout.V6_OWNER_PID;
  private static final int LISTEN = 2;
  private static final int ESTABLISHED = 5;
  private static final int MUTATIONS = 20_000;

  @ParameterizedTest
  @CsvSource({"V4_OWNER_PID, v4-owner-pid", "V4_OWNER_MODULE, v4-owner-module"})
  void ipv4AsCaptured(TcpRowLayout layout, String file) {
    SocketColumns sockets = decode(layout, ByteBuffer.wrap(HexFixture.bytes(file)));
    assertThat(texts(sockets))
        .containsExactlyInAnyOrder(
            "10 127.0.0.1:30017 0.0.0.0:0 224",
            "1 127.0.0.1:51924 127.0.0.1:30017 276",
            "5 127.0.0.1:51932 127.0.0.1:30017 0",
            "8 127.0.0.1:30017 127.0.0.1:51932 224",
            "1 127.0.0.1:30017 127.0.0.1:51924 224");
    assertThat(sockets.mark(0)).isNegative();
  }

  @ParameterizedTest
  @CsvSource({"V6_OWNER_PID, v6-owner-pid", "V6_OWNER_MODULE, v6-owner-module"})
  void ipv6AsCaptured(TcpRowLayout layout, String file) {
    SocketColumns sockets = decode(layout, ByteBuffer.wrap(HexFixture.bytes(file)));
    assertThat(sockets.size()).isEqualTo(3);
    byte[] loopback = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};
    for (int row = 0; row < 3; row++) {
      boolean listens = sockets.state(row) == 10;
      assertThat(sockets.isV6(row)).isTrue();
      assertThat(listens || sockets.state(row) == 1).isTrue();
      assertThat(sockets.localAddress(row)).isEqualTo(loopback);
      assertThat(sockets.remoteAddress(row)).isEqualTo(listens ? new byte[16] : loopback);
      assertThat(List.of(sockets.localPort(row), sockets.remotePort(row))).contains(30_017);
    }
  }

  /** One line a socket: state, both ends, PID. */
  private static List<String> texts(SocketColumns sockets) {
    return IntStream.range(0, sockets.size())
        .mapToObj(
            row ->
                sockets.state(row)
                    + " "
                    + text(sockets.localAddress(row), sockets.localPort(row))
                    + " "
                    + text(sockets.remoteAddress(row), sockets.remotePort(row))
                    + " "
                    + sockets.inode(row))
        .toList();
  }

  private static String text(byte[] address, int port) {
    return address[0] + "." + address[1] + "." + address[2] + "." + address[3] + ":" + port;
  }

  @ParameterizedTest
  @CsvSource({
    "1, 7", "2, 10", "3, 2", "4, 3", "5, 1", "6, 4", "7, 5", "8, 8", "9, 11", "10, 9", "11, 6",
    "12, 7"
  })
  void states(int windows, int kernel) {
    SocketColumns socket = decode(V4, new TcpTableBytes(V4, 1).row(windows, 1, 2, 3).bytes());
    assertThat(socket.state(0)).isEqualTo(kernel);
  }

  /** None of them is taken for a state that Linux has under this number. */
  @ParameterizedTest
  @CsvSource({"13, 13", "14, 14", "100, 100", "127, 127", "128, 0", "0, 0", "-1, 0", "269, 0"})
  void statesWithoutANameKeepTheirNumber(int windows, int kept) {
    SocketColumns socket = decode(V4, new TcpTableBytes(V4, 1).row(windows, 1, 2, 3).bytes());
    assertThat(socket.state(0)).isEqualTo(SocketColumns.FOREIGN_STATE | kept);
    assertThat(socket.stateNumber(0)).isEqualTo(kept);
  }

  @ParameterizedTest
  @EnumSource(TcpRowLayout.class)
  void manySockets(TcpRowLayout layout) {
    int many = 50_000;
    TcpTableBytes table = new TcpTableBytes(layout, many);
    IntStream.range(0, many).forEach(i -> table.row(ESTABLISHED, i + 1, 0xffff, 8 + 4 * i));
    SocketColumns sockets = decode(layout, table.bytes());
    assertThat(sockets.size()).isEqualTo(many);
    for (int row = 0; row < many; row++) {
      assertThat(sockets.isV6(row)).isEqualTo(layout.v6);
      assertThat(sockets.inode(row)).isEqualTo(8 + 4L * (sockets.localPort(row) - 1));
      assertThat(sockets.remotePort(row)).isEqualTo(0xffff);
    }
  }

  @Test
  void theFilterIsAskedWhileDecoding() {
    TcpTableBytes table =
        new TcpTableBytes(V4, 3)
            .row(LISTEN, 3001, 9, 8)
            .row(ESTABLISHED, 3001, 50_000, 8)
            .row(ESTABLISHED, 3002, 50_001, 8);
    SocketColumns sockets =
        decode(V4, table.bytes(), SocketFilter.all().withLocalPorts(3001).withStates(1 << 1));
    assertThat(sockets.size()).isEqualTo(1);
    assertThat(sockets.remotePort(0)).isEqualTo(50_000);
  }

  @Test
  void theRemoteEndOfAListenerMeansNothing() {
    SocketColumns sockets =
        decode(V4, new TcpTableBytes(V4, 1).row(LISTEN, 3001, 51_234, 8).bytes());
    assertThat(sockets.remotePort(0)).isZero();
    assertThat(sockets.remoteAddress(0)).containsExactly(0, 0, 0, 0);
  }

  @ParameterizedTest
  @CsvSource({"11, 0", "6, 0", "7, 0", "9, 0", "10, 0", "12, 0", "2, -1", "5, -1", "8, -1"})
  void noPidMeansNobodyOrSomebodyUnknown(int state, int key) {
    SocketColumns sockets = decode(V4, new TcpTableBytes(V4, 1).row(state, 1, 2, 0).bytes());
    assertThat((int) sockets.inode(0)).isEqualTo(key);
  }

  @Test
  void scopesOfLinkLocalAddresses() {
    ByteBuffer table = new TcpTableBytes(V6, 1).row(ESTABLISHED, 1, 2, 8).bytes();
    table.putInt(V6.firstRow + V6.localScope, 12);
    assertThat(decode(V6, table).interfaceIndex(0)).isEqualTo(12);
  }

  /** As documented, in network byte order; as others read it; none; and what Wine 8 gives. */
  @ParameterizedTest
  @CsvSource({"201326592, 12", "12, 12", "256, 256", "65536, 256", "0, 0", "-1, 0", "16909060, 0"})
  void scopesInEitherByteOrder(int scope, int index) {
    ByteBuffer table = new TcpTableBytes(V6, 1).row(ESTABLISHED, 1, 2, 8).bytes();
    table.putInt(V6.firstRow + V6.localScope, scope);
    assertThat(decode(V6, table).interfaceIndex(0)).isEqualTo(index);
  }

  @ParameterizedTest
  @EnumSource(TcpRowLayout.class)
  void anEmptyTable(TcpRowLayout layout) {
    assertThat(decode(layout, ByteBuffer.allocate(4)).size()).isZero();
    assertThat(decode(layout, ByteBuffer.allocate(layout.firstRow + layout.size)).size()).isZero();
  }

  @ParameterizedTest
  @EnumSource(TcpRowLayout.class)
  void aTableThatIsCutOff(TcpRowLayout layout) {
    ByteBuffer whole = new TcpTableBytes(layout, 2).row(2, 1, 0, 8).row(5, 1, 2, 8).bytes();
    for (int length = 0; length < whole.limit(); length++) {
      ByteBuffer part = whole.slice(0, length).order(ByteOrder.LITTLE_ENDIAN);
      assertThatThrownBy(() -> decode(layout, part))
          .isInstanceOf(SourceException.class)
          .hasMessageContaining("does not fit");
    }
  }

  @Test
  void aCountBeyondAllMeasure() {
    ByteBuffer table = ByteBuffer.allocate(100).order(ByteOrder.LITTLE_ENDIAN).putInt(0, -1);
    assertThatThrownBy(() -> decode(V4, table)).hasMessageContaining("4294967295 rows");
  }

  /** Either a table or one clear exception, whatever the bytes. */
  @Test
  void damagedTables() {
    Random random = new Random(1);
    byte[] captured = HexFixture.bytes("v6-owner-pid");
    int refused = 0;
    for (int i = 0; i < MUTATIONS; i++) {
      byte[] bytes = captured.clone();
      bytes[random.nextInt(i % 2 == 0 ? 4 : bytes.length)] = (byte) random.nextInt();
      try {
        assertThat(decode(V6, ByteBuffer.wrap(bytes)).size()).isLessThanOrEqualTo(3);
      } catch (SourceException e) {
        refused++;
      }
    }
    assertThat(refused).isBetween(MUTATIONS / 4, MUTATIONS / 2 + 1000);
  }

  private static SocketColumns decode(TcpRowLayout layout, ByteBuffer table) {
    return decode(layout, table, SocketFilter.all());
  }

  private static SocketColumns decode(TcpRowLayout layout, ByteBuffer table, SocketFilter filter) {
    SocketColumnsBuilder builder = new SocketColumnsBuilder();
    builder.start(filter, EnumSet.of(Column.INTERFACE));
    new TcpTableCodec(layout).decode(table.order(ByteOrder.LITTLE_ENDIAN), builder);
    return builder.build();
  }
}
