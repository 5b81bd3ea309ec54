// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.internal.table.SocketColumns.Column;
import io.tcptable.internal.table.SocketColumns.Detail;
import java.nio.ByteBuffer;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SocketColumnsBuilderTest {

  private static final Set<Column> ALL = EnumSet.allOf(Column.class);
  private static final int ESTABLISHED = 1;
  private static final int LISTEN = 10;

  private final SocketColumnsBuilder builder = new SocketColumnsBuilder();

  /** Every third socket is one of IPv6; each is known by its inode, which counts from 1. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 255, 256, 257, 1_000})
  void keepsAllFiguresOfBothFamiliesAsItGrows(int count) {
    builder.start(SocketFilter.all().withTransfer(), ALL);
    fill(1, count);

    check(count);
  }

  @ParameterizedTest
  @CsvSource({"0,0", "0,1", "1,0", "2,4", "3,253", "256,256", "257,1000", "1000,3"})
  void takesTheSocketsOfAnother(int count, int more) {
    SocketFilter filter = SocketFilter.all().withTransfer();
    SocketColumnsBuilder other = new SocketColumnsBuilder();
    other.start(filter, ALL);
    fill(other, count + 1, count + more);
    builder.start(filter, ALL);
    fill(1, count);

    builder.append(other);

    assertThat(builder.size()).isEqualTo(count + more);
    check(count + more);
    fill(count + more + 1, count + more + 100);
    check(count + more + 100);
  }

  private void check(int count) {
    SocketColumns sockets = builder.build();
    assertThat(sockets.size()).isEqualTo(count);
    Set<Long> seen = new HashSet<>();
    for (int row = 0; row < count; row++) {
      assertThat(seen.add(sockets.inode(row))).isTrue();
      check(sockets, row, (int) sockets.inode(row));
    }
  }

  /** And without a trace of the ones before. */
  @Test
  void beginsAnew() {
    builder.start(SocketFilter.all(), ALL);
    fill(1, 1_000);
    SocketColumns before = builder.build();
    builder.start(SocketFilter.all().withDetail(), EnumSet.of(Column.INODE));
    builder.add(true, LISTEN, 3001, 0);
    builder.addresses(0, 0, 0, 0);
    builder.attributes(0, 0, -1);

    SocketColumns sockets = builder.build();

    assertThat(sockets.size()).isEqualTo(1);
    assertThat(sockets.isV6(0)).isTrue();
    assertThat(sockets.has(Column.INODE)).isTrue();
    assertThat(sockets.has(Column.COOKIE)).isFalse();
    assertThat(sockets.inode(0)).isZero();
    assertThat(sockets.cookie(0)).isZero();
    assertThat(sockets.receiveQueue(0)).isZero();
    assertThat(sockets.sendQueue(0)).isZero();
    assertThat(sockets.timer(0)).isZero();
    assertThat(sockets.timerMillis(0)).isZero();
    assertThat(sockets.isV6Only(0)).isFalse();
    assertThat(sockets.hasDetail(0)).isFalse();
    assertThat(sockets.mark(0)).isNegative();
    assertThat(before.size()).isEqualTo(1_000);
    assertThat(before.hasDetail(0)).isFalse();
  }

  /** All that is told of those that stay goes with them. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 256, 1_000})
  void keepsSomeOfThem(int count) {
    builder.start(SocketFilter.all().withTransfer(), ALL);
    fill(1, count);
    SocketColumns all = builder.build();

    builder.retain(row -> all.inode(row) % 5 < 2);

    SocketColumns some = builder.build();
    Set<Long> seen = new HashSet<>();
    for (int row = 0; row < some.size(); row++) {
      seen.add(some.inode(row));
      check(some, row, (int) some.inode(row));
    }
    assertThat(seen)
        .hasSize(some.size())
        .hasSize((int) LongStream.rangeClosed(1, count).filter(i -> i % 5 < 2).count());
  }

  @Test
  void takesWhatTheFilterAccepts() {
    builder.start(SocketFilter.all().withLocalPorts(3001), ALL);

    assertThat(builder.add(false, LISTEN, 3002, 0)).isFalse();
    assertThat(builder.add(false, LISTEN, 3001, 0)).isTrue();
    builder.addresses(1, 2);
    builder.attributes(0, 0, 0);
    assertThat(builder.build().size()).isEqualTo(1);
  }

  private void fill(int from, int to) {
    fill(builder, from, to);
  }

  private static void fill(SocketColumnsBuilder builder, int from, int to) {
    for (int i = from; i <= to; i++) {
      boolean v6 = i % 3 == 0;
      builder.add(v6, i % 2 == 0 ? ESTABLISHED : LISTEN, 65_535 - i, i);
      if (v6) {
        builder.addresses(i, -i, 2L * i, -2L * i);
      } else {
        builder.addresses(i, -i);
      }
      builder.queues(i, -i);
      builder.identity(i, (long) i << 32 | i);
      builder.timer(1 + i % 4, 1_000 * i, i % 256);
      builder.v6Only(i % 6 == 0);
      if (i % 10 == 0) {
        builder.peerSilent();
      }
      builder.attributes(i % 7, i % 5, i % 2);
      if (builder.wantsDetail() && i % 2 == 0) {
        for (Detail figure : Detail.values()) {
          builder.detail(figure, i + figure.offset);
        }
        for (Transfer figure : Transfer.values()) {
          if (builder.wantsTransfer()) {
            builder.transfer(figure, (long) i << 40 | figure.index);
          }
        }
      }
    }
  }

  private static void check(SocketColumns sockets, int row, int i) {
    boolean v6 = i % 3 == 0;
    assertThat(sockets.isV6(row)).isEqualTo(v6);
    assertThat(sockets.state(row)).isEqualTo(i % 2 == 0 ? ESTABLISHED : LISTEN);
    assertThat(sockets.localPort(row)).isEqualTo(65_535 - i);
    assertThat(sockets.remotePort(row)).isEqualTo(i);
    assertThat(sockets.localAddress(row)).isEqualTo(v6 ? v6(i) : v4(i));
    assertThat(sockets.remoteAddress(row)).isEqualTo(v6 ? v6(2L * i) : v4(-i));
    assertThat(sockets.receiveQueue(row)).isEqualTo(i);
    assertThat(sockets.sendQueue(row)).isEqualTo((1L << 32) - i);
    assertThat(sockets.cookie(row)).isEqualTo((long) i << 32 | i);
    assertThat(sockets.timer(row)).isEqualTo(1 + i % 4);
    assertThat(sockets.timerMillis(row)).isEqualTo(1_000 * i);
    assertThat(sockets.timerRetransmits(row)).isEqualTo(i % 256);
    assertThat(sockets.isV6Only(row)).isEqualTo(i % 6 == 0);
    assertThat(sockets.isPeerSilent(row)).isEqualTo(i % 10 == 0);
    assertThat(sockets.uid(row)).isEqualTo(i % 7);
    assertThat(sockets.interfaceIndex(row)).isEqualTo(i % 5);
    assertThat(sockets.mark(row)).isEqualTo(i % 2);
    assertThat(sockets.hasDetail(row)).isEqualTo(i % 2 == 0);
    for (Detail figure : Detail.values()) {
      if (i % 2 == 0) {
        assertThat(sockets.detail(row, figure)).isEqualTo(i + figure.offset);
      }
    }
    assertThat(sockets.hasTransfer(row)).isEqualTo(i % 2 == 0);
    for (Transfer figure : Transfer.values()) {
      if (i % 2 == 0) {
        assertThat(sockets.transfer(row, figure)).isEqualTo((long) i << 40 | figure.index);
      }
    }
  }

  private static byte[] v4(int address) {
    return ByteBuffer.allocate(4).putInt(address).array();
  }

  private static byte[] v6(long half) {
    return ByteBuffer.allocate(16).putLong(half).putLong(-half).array();
  }
}
