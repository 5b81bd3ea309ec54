// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.windows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tcptable.internal.platform.SourceException;
import io.tcptable.internal.platform.SourceException.Kind;
import io.tcptable.internal.table.SocketColumns;
import io.tcptable.internal.table.SocketColumnsBuilder;
import io.tcptable.internal.table.SocketFilter;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What Windows is asked to drop a connection, and what is made of its answers. */
class ConnectionDropTest {

  private static final int CLOSE_WAIT = 8;

  private int answer;
  private String asked = "";

  private final FakeWindows windows =
      new FakeWindows() {
        @Override
        public int SetTcpEntry(ByteBuffer row) {
          byte[] bytes = new byte[row.limit()];
          row.get(0, bytes);
          asked = HexFormat.of().formatHex(bytes);
          return -answer;
        }
      };

  private final ExtendedTcpTableSource source = new ExtendedTcpTableSource(windows);

  @Test
  void asksByBothEnds() {
    assertThat(drop()).isTrue();
    assertThat(asked).isEqualTo("0c000000" + "7f000001" + "0bb90000" + "7f000001" + "9c410000");
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 1168})
  void oneThatIsGoneIsNoFailure(int error) {
    answer = error;
    assertThat(drop()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "5, ERROR_ACCESS_DENIED, PERMISSION, this user may not; try as administrator",
    "65, ERROR_NETWORK_ACCESS_DENIED, PERMISSION, this user may not; try as administrator",
    "317, ERROR_MR_MID_NOT_FOUND, PERMISSION, this user may not; try as administrator",
    "87, ERROR_INVALID_PARAMETER, SYSTEM, 'it is gone, or in a state in which Windows does not drop it'",
    "50, ERROR_NOT_SUPPORTED, UNSUPPORTED, this Windows does not offer it",
    "8, ERROR_NOT_ENOUGH_MEMORY, EXHAUSTED, the system is short of memory; try again",
    "31, Win32 error 31, SYSTEM, unexpected here"
  })
  void aRefusalSaysWhyAndWhatToDo(int error, String name, Kind kind, String advice) {
    answer = error;
    assertThatThrownBy(this::drop)
        .isInstanceOfSatisfying(
            SourceException.class,
            e -> {
              assertThat(e.call()).isEqualTo("SetTcpEntry");
              assertThat(e.error()).isEqualTo(name);
              assertThat(e.kind()).isEqualTo(kind);
            })
        .hasMessage("dropping a connection: SetTcpEntry failed with " + name + ": " + advice);
  }

  @Test
  void windowsOffersNoneOfIpv6() {
    TcpTableBytes table = new TcpTableBytes(TcpRowLayout.V6_OWNER_PID, 1);
    windows.tableV6(table.row(CLOSE_WAIT, 3001, 40_001, 8));
    SocketColumns sockets = read();

    assertThatThrownBy(() -> source.drop(sockets, 0))
        .isInstanceOfSatisfying(
            SourceException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNSUPPORTED))
        .hasMessage(
            "dropping a connection: Windows offers it for IPv4 only; terminate its owner instead");
    assertThat(asked).isEmpty();
  }

  private boolean drop() {
    TcpTableBytes table = new TcpTableBytes(TcpRowLayout.V4_OWNER_PID, 1);
    windows.table(table.row(CLOSE_WAIT, 3001, 40_001, 8));
    return source.drop(read(), 0);
  }

  private SocketColumns read() {
    SocketColumnsBuilder builder = new SocketColumnsBuilder();
    source.read(SocketFilter.all(), builder);
    return builder.build();
  }
}
