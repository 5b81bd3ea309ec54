// SPDX-License-Identifier: Apache-2.0
package io.tcptable.restart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.tcptable.TcpQuery;
import io.tcptable.TcpSocket;
import io.tcptable.TcpState;
import io.tcptable.TcpTable;
import io.tcptable.internal.Platforms;
import io.tcptable.internal.binding.BindingSelection;
import io.tcptable.internal.linux.FakeKernel;
import io.tcptable.internal.linux.LinuxAccess;
import io.tcptable.internal.linux.netlink.DiagDatagram;
import io.tcptable.internal.linux.netlink.DiagMessage;
import io.tcptable.internal.linux.netlink.FakeNetlink.Reply;
import io.tcptable.internal.platform.SystemAccess;
import io.tcptable.internal.windows.FakeWindows;
import io.tcptable.internal.windows.WindowsAccess;
import io.tcptable.restart.DroppedConnection.Outcome;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What came of each connection, by a kernel that keeps its word or does not. */
class PortDropTest {

  private static final int ESTABLISHED = 1;
  private static final int CLOSED = 7;
  private static final int CLOSE_WAIT = 8;
  private static final int LAST_ACK = 9;

  private static final int TYPE = 4;
  private static final int SOCK_DESTROY = 21;
  private static final int COOKIE = 64;

  private final FakeKernel kernel = new FakeKernel();
  private final List<DiagMessage> sockets = new ArrayList<>();
  private final List<Long> asked = new ArrayList<>();
  private int error;

  /** The state that one goes into when it is dropped; 0 if it goes altogether. */
  private int becomes;

  @BeforeEach
  void script() {
    kernel.netlink().then(this::answer);
    sockets.add(connection(CLOSE_WAIT, 1));
    sockets.add(connection(CLOSE_WAIT, 2));
  }

  private List<Reply> answer(ByteBuffer request) {
    if (request.getShort(TYPE) != SOCK_DESTROY) {
      return List.of(
          DiagDatagram.to(request, d -> d.sockets(sockets.toArray(new DiagMessage[0])).done()));
    }
    long cookie = request.getLong(COOKIE);
    asked.add(cookie);
    if (becomes != 0) {
      sockets.replaceAll(s -> cookie(s) == cookie ? connection(becomes, (int) cookie) : s);
    } else if (error == 0) {
      sockets.removeIf(socket -> cookie(socket) == cookie);
    }
    return List.of(DiagDatagram.to(request, d -> d.error(-error)));
  }

  private static long cookie(DiagMessage socket) {
    return ByteBuffer.wrap(socket.bytes()).order(ByteOrder.nativeOrder()).getLong(44);
  }

  private static DiagMessage connection(int state, int cookie) {
    return DiagMessage.v4(state, 3001, 40_000 + cookie).cookie(cookie).inode(100 + cookie);
  }

  private TcpTable look(TcpQuery query) {
    SystemAccess sources = LinuxAccess.of(new BindingSelection<>("fake", kernel, Map.of()), "proc");
    return Platforms.reading(sources, () -> TcpTable.snapshot(query));
  }

  private List<TcpSocket> plan() {
    return look(TcpQuery.all().localPort(3001).states(TcpState.CLOSE_WAIT)).stream().toList();
  }

  private List<DroppedConnection> run(List<TcpSocket> plan) {
    return PortDrop.of(3001, this::look).run(plan);
  }

  @Test
  void whatWasPlannedIsDroppedAndNothingElse() {
    List<TcpSocket> plan = plan();
    sockets.add(connection(CLOSE_WAIT, 3));
    sockets.add(connection(ESTABLISHED, 4));

    assertThat(run(plan)).extracting(DroppedConnection::outcome).containsOnly(Outcome.DROPPED);
    assertThat(asked).containsExactly(1L, 2L);
    assertThat(sockets).hasSize(2);
  }

  @Test
  void oneThatHasGoneIsNotAskedFor() {
    List<TcpSocket> plan = plan();
    sockets.remove(0);

    assertThat(run(plan))
        .extracting(DroppedConnection::outcome)
        .containsExactly(Outcome.GONE, Outcome.DROPPED);
    assertThat(asked).containsExactly(2L);
  }

  @Test
  void anotherOneBetweenTheSameEndsIsLeftAlone() {
    List<TcpSocket> plan = plan();
    sockets.set(0, DiagMessage.v4(CLOSE_WAIT, 3001, 40_001).cookie(77).inode(177));

    assertThat(run(plan))
        .extracting(DroppedConnection::outcome)
        .containsExactly(Outcome.GONE, Outcome.DROPPED);
    assertThat(asked).containsExactly(2L);
  }

  @Test
  void oneThatWentOnIsLeftAlone() {
    List<TcpSocket> plan = plan();
    sockets.set(1, connection(LAST_ACK, 2));

    assertThat(run(plan))
        .extracting(DroppedConnection::outcome, DroppedConnection::detail)
        .containsExactly(tuple(Outcome.DROPPED, ""), tuple(Outcome.CHANGED, "now in LAST_ACK"));
    assertThat(asked).containsExactly(1L);
  }

  /** As one does that was bound to its port before it connected. */
  @Test
  void oneThatKeepsItsPortInNoStateIsDropped() {
    becomes = CLOSED;

    assertThat(run(plan())).extracting(DroppedConnection::outcome).containsOnly(Outcome.DROPPED);
    assertThat(sockets).hasSize(2);
  }

  @Test
  void oneThatIsThereWhateverTheSystemSaysIsNotCalledDropped() {
    becomes = CLOSE_WAIT;

    assertThat(run(plan()))
        .allSatisfy(
            connection -> {
              assertThat(connection.outcome()).isEqualTo(Outcome.REMAINS);
              assertThat(connection.outcome().isWell()).isFalse();
              assertThat(connection.detail()).contains("but it is still there");
            });
  }

  @Test
  void aRefusalIsToldOfEach() {
    error = 1;

    assertThat(run(plan()))
        .hasSize(2)
        .allSatisfy(
            connection -> {
              assertThat(connection.outcome()).isEqualTo(Outcome.FAILED);
              assertThat(connection.detail())
                  .contains("EPERM")
                  .containsPattern("CAP_NET_ADMIN|forbids it even to root");
            });
  }

  @Test
  void oneThatWentWhileItWasRefusedIsGone() {
    List<TcpSocket> plan = plan();
    error = 2;
    kernel.on("recvfrom").after(2).once().run(() -> sockets.clear());

    assertThat(run(plan)).extracting(DroppedConnection::outcome).containsOnly(Outcome.GONE);
  }

  /**
   * Windows knows a connection by its ends alone, and may not say which error means that it went.
   */
  @ParameterizedTest
  @CsvSource({
    "0, true, DROPPED, ''",
    "0, false, REMAINS, 'the system reports it as dropped, but it is still there'",
    "1168, true, GONE, ''",
    "87, true, GONE, ''",
    "317, false, FAILED, 'dropping a connection: SetTcpEntry failed with ERROR_MR_MID_NOT_FOUND:"
        + " this user may not; try as administrator'"
  })
  void onWindows(int error, boolean goes, Outcome outcome, String detail) {
    FakeWindows windows =
        new FakeWindows() {
          @Override
          public int SetTcpEntry(ByteBuffer row) {
            if (goes) {
              listener(3001, 8);
            }
            return -error;
          }
        }.connection(CLOSE_WAIT, 3001, 40_001, 8);
    SystemAccess sources = WindowsAccess.of(new BindingSelection<>("fake", windows, Map.of()));
    PortDrop drop =
        PortDrop.of(3001, query -> Platforms.reading(sources, () -> TcpTable.snapshot(query)));

    List<TcpSocket> plan =
        Platforms.reading(sources, () -> TcpTable.snapshot(TcpQuery.all().localPort(3001))).stream()
            .toList();

    assertThat(drop.run(plan))
        .extracting(DroppedConnection::outcome, DroppedConnection::detail)
        .containsExactly(tuple(outcome, detail));
  }
}
