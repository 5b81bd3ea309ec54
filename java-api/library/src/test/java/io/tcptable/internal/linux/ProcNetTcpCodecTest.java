// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tcptable.internal.platform.SourceException;
import io.tcptable.internal.table.SocketColumns;
import io.tcptable.internal.table.SocketColumns.Column;
import io.tcptable.internal.table.SocketColumnsBuilder;
import io.tcptable.internal.table.SocketFilter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines as a little-endian kernel wrote them, whole, split and damaged. */
class ProcNetTcpCodecTest {

  private static final String HEADER =
      "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout"
          + " inode\n";

  private static final String LISTENER =
      "   0: 0100007F:0BB9 00000000:0000 0A 00000000:00000003 00:00000000 00000000  1000        0"
          + " 7990730 1 0000000000000000 100 0 0 10 0\n";

  private static final String TIME_WAIT =
      "   1: 0100007F:E43A 0100007F:0BB9 06 00000000:00000000 03:0000176C 00000000     0        0"
          + " 0 3 0000000000000000\n";

  private static final String MAPPED =
      "   0: 0000000000000000FFFF00000100007F:0BB9 0000000000000000FFFF00000100007F:D8B4 08"
          + " 00000005:0000000C 01:00000014 00000002     0        0 42 1 0000000000000000 20 4 30"
          + " 10 -1\n";

  @Test
  void aListenerAndWhatIsLeftOfAConnection() {
    SocketColumns sockets = decode(false, HEADER + LISTENER + TIME_WAIT, Integer.MAX_VALUE);
    assertThat(sockets.size()).isEqualTo(2);
    assertThat(sockets.state(0)).isEqualTo(10);
    assertThat(sockets.localAddress(0)).isEqualTo(new byte[] {127, 0, 0, 1});
    assertThat(sockets.localPort(0)).isEqualTo(3001);
    assertThat(sockets.receiveQueue(0)).isEqualTo(3);
    assertThat(sockets.uid(0)).isEqualTo(1000);
    assertThat(sockets.inode(0)).isEqualTo(7990730);
    assertThat(sockets.has(Column.ACCEPT_QUEUE_LIMIT)).isFalse();
    assertThat(sockets.state(1)).isEqualTo(6);
    assertThat(sockets.remotePort(1)).isEqualTo(3001);
    assertThat(sockets.timer(1)).isEqualTo(3);
    assertThat(sockets.timerMillis(1)).isEqualTo(59_960);
  }

  @Test
  void anIpv4ClientOfAnIpv6Socket() {
    SocketColumns sockets = decode(true, HEADER + MAPPED, Integer.MAX_VALUE);
    assertThat(sockets.localAddress(0))
        .isEqualTo(new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1, 127, 0, 0, 1});
    assertThat(sockets.remotePort(0)).isEqualTo(0xd8b4);
    assertThat(sockets.sendQueue(0)).isEqualTo(5);
    assertThat(sockets.receiveQueue(0)).isEqualTo(12);
    assertThat(sockets.timerRetransmits(0)).isEqualTo(2);
    assertThat(sockets.inode(0)).isEqualTo(42);
  }

  @Test
  void itDoesNotMatterWhereAReadEnds() {
    String text = HEADER + LISTENER + TIME_WAIT;
    for (int split = 0; split <= text.length(); split++) {
      SocketColumns sockets = decode(false, text, split);
      assertThat(sockets.size()).as("split at %s", split).isEqualTo(2);
      assertThat(sockets.inode(0)).isEqualTo(7990730);
      assertThat(sockets.remotePort(1)).isEqualTo(3001);
    }
  }

  /** As the kernel does for each page while sockets come and go. */
  @Test
  void aSocketThatIsToldAgainIsThereOnce() {
    SocketColumns sockets =
        decode(
            false,
            HEADER + LISTENER + TIME_WAIT + LISTENER + TIME_WAIT + TIME_WAIT,
            Integer.MAX_VALUE);
    assertThat(sockets.size()).isEqualTo(2);
  }

  @Test
  void socketsThatShareAnAddressAreAllThere() {
    String secondListener = LISTENER.replace("7990730", "7990731");
    String secondTimeWait = TIME_WAIT.replace("E43A", "E43B");
    SocketColumns sockets =
        decode(
            false,
            HEADER + LISTENER + TIME_WAIT + secondListener + secondTimeWait,
            Integer.MAX_VALUE);
    assertThat(sockets.size()).isEqualTo(4);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\n",
        "nonsense\n",
        "   0: 0100007F:0BB9\n",
        "   0: 0100007G:0BB9 00000000:0000 0A 00000000:00000000 00:00000000 00000000 0 0 1\n",
        "   0: 0100007F:10BB9 00000000:0000 0A 00000000:00000000 00:00000000 00000000 0 0 1\n",
        "   0: 0100007F-0BB9 00000000:0000 0A 00000000:00000000 00:00000000 00000000 0 0 1\n",
        "   0: 0100007F:0BB9 00000000:0000 0A 00000000:00000000 00:00000000 00000000 0 0\n"
      })
  void aLineThatMakesNoSenseIsAnError(String line) {
    assertThatThrownBy(() -> decode(false, HEADER + LISTENER + line, Integer.MAX_VALUE))
        .isInstanceOf(SourceException.class)
        .hasMessageContaining("a line that makes no sense");
  }

  /** Hands over the text in two parts, as two reads would. */
  private static SocketColumns decode(boolean v6, String text, int split) {
    SocketColumnsBuilder builder = new SocketColumnsBuilder();
    builder.start(
        SocketFilter.all(), EnumSet.of(Column.QUEUES, Column.UID, Column.INODE, Column.TIMER));
    ProcNetTcpCodec codec = new ProcNetTcpCodec(v6, builder);
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    int first = Math.min(split, bytes.length);
    ByteBuffer buffer = ByteBuffer.allocate(bytes.length + 1);
    codec.decode(buffer.put(bytes, 0, first).flip());
    buffer.compact();
    codec.decode(buffer.put(bytes, first, bytes.length - first).flip());
    assertThat(buffer.hasRemaining()).isFalse();
    return builder.build();
  }
}
