// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.linux.netlink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tcptable.internal.linux.FakeKernel;
import io.tcptable.internal.linux.kernel.Errno;
import io.tcptable.internal.linux.netlink.FakeNetlink.Reply;
import io.tcptable.internal.platform.SourceException;
import io.tcptable.internal.table.SocketColumns;
import io.tcptable.internal.table.SocketColumnsBuilder;
import io.tcptable.internal.table.SocketFilter;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A large table in two dumps at once is the same as in one. */
class SplitDumpTest {

  private static final int LARGE = SockDiagSource.FEWEST_TO_SPLIT;
  private static final int IN_ONE_DATAGRAM = 500;

  private final FakeKernel kernel = new FakeKernel();
  private final SockDiagSource source = new SockDiagSource(kernel, true);

  @AfterEach
  void everyDescriptorIsClosedOnce() {
    assertThat(kernel.open()).isEmpty();
  }

  @Test
  void isSplitOnceItWasLarge() {
    kernel.netlink().then(sockets(LARGE));

    assertThat(inodes()).containsExactlyInAnyOrderElementsOf(upTo(LARGE));
    assertThat(kernel.opened()).isOne();
    assertThat(inodes()).containsExactlyInAnyOrderElementsOf(upTo(LARGE));
    assertThat(kernel.opened()).isEqualTo(1 + 2);
    assertThat(kernel.netlink().requests())
        .extracting(request -> request.getInt(Netlink.SEQUENCE_OFFSET))
        .doesNotHaveDuplicates();
  }

  @Test
  void isWholeWhileItIsSmall() {
    kernel.netlink().then(sockets(LARGE - 1));

    inodes();
    assertThat(inodes()).containsExactlyInAnyOrderElementsOf(upTo(LARGE - 1));
    assertThat(kernel.opened()).isEqualTo(2);
  }

  @Test
  void isWholeAgainOnceItHasShrunk() {
    kernel.netlink().then(sockets(LARGE)).then(sockets(10));

    inodes();
    assertThat(inodes()).containsExactlyInAnyOrderElementsOf(upTo(10));
    assertThat(inodes()).containsExactlyInAnyOrderElementsOf(upTo(10));
    assertThat(kernel.opened()).isEqualTo(1 + 2 + 1);
  }

  /** The kernel passes over most sockets there, which costs each half as much as the whole. */
  @Test
  void isWholeIfLittleOfItIsAskedFor() {
    kernel.netlink().then(sockets(LARGE));
    inodes();

    SocketFilter all = SocketFilter.all();
    for (SocketFilter little :
        List.of(all.withLocalPorts(5), all.withRemotePort(5), all.withStates(1 << 10))) {
      read(little);
    }
    assertThat(kernel.opened()).isEqualTo(1 + 3);
    inodes();
    assertThat(kernel.opened()).isEqualTo(1 + 3 + 2);
  }

  @Test
  void isWholeWhereNobodyCanHelp() {
    SockDiagSource alone = new SockDiagSource(kernel, false);
    kernel.netlink().then(sockets(LARGE));

    alone.read(SocketFilter.all(), new SocketColumnsBuilder());
    alone.read(SocketFilter.all(), new SocketColumnsBuilder());
    assertThat(kernel.opened()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void bothAreAskedForAgainIfOneWasInterrupted(int interrupted) {
    for (int request = 1; request <= 3; request++) {
      boolean mark = request == interrupted;
      kernel.netlink().then(asked -> answer(asked, LARGE, mark));
    }
    kernel.netlink().then(sockets(LARGE));

    inodes();
    assertThat(inodes()).containsExactlyInAnyOrderElementsOf(upTo(LARGE));
    assertThat(kernel.opened()).isEqualTo(1 + 2 + 2);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void aHalfThatFailsIsAnError(int failing) {
    for (int request = 1; request <= 3; request++) {
      boolean fails = request == failing;
      kernel
          .netlink()
          .then(
              asked ->
                  fails
                      ? List.of(DiagDatagram.to(asked, d -> d.error(-Errno.ENOMEM)))
                      : answer(asked, LARGE, false));
    }
    kernel.netlink().then(sockets(LARGE));

    inodes();
    assertThatThrownBy(this::inodes)
        .isInstanceOf(SourceException.class)
        .hasMessageContaining("ENOMEM");
    assertThat(inodes()).containsExactlyInAnyOrderElementsOf(upTo(LARGE));
  }

  @Test
  void aHalfThatCannotBeAskedForIsAnError() {
    kernel.netlink().then(sockets(LARGE));
    inodes();
    kernel.on("socket").after(1).once().fail(Errno.EMFILE);

    assertThatThrownBy(this::inodes)
        .isInstanceOf(SourceException.class)
        .hasMessageContaining("EMFILE");
    assertThat(inodes()).containsExactlyInAnyOrderElementsOf(upTo(LARGE));
  }

  @Test
  void isReadToTheEndByAThreadThatIsInterrupted() {
    kernel.netlink().then(sockets(LARGE));
    inodes();

    Thread.currentThread().interrupt();
    assertThat(inodes()).containsExactlyInAnyOrderElementsOf(upTo(LARGE));
    assertThat(Thread.interrupted()).isTrue();
  }

  private static Function<ByteBuffer, List<Reply>> sockets(int count) {
    return request -> answer(request, count, false);
  }

  /** Listeners and connections of both families, with their higher port at either end. */
  private static DiagMessage socket(int inode) {
    int low = inode % 30_000;
    int high = 65_535 - inode % 30_000;
    DiagMessage socket =
        switch (inode % 4) {
          case 0 -> DiagMessage.listener(low, inode);
          case 1 -> DiagMessage.v4(DiagMessage.ESTABLISHED, low, high);
          case 2 -> DiagMessage.v6(DiagMessage.ESTABLISHED, high, low);
          default -> DiagMessage.v6(DiagMessage.TIME_WAIT, high, high);
        };
    return socket.inode(inode).uid(inode % 3);
  }

  private static boolean isAskedFor(ByteBuffer request, DiagMessage socket) {
    ByteBuffer ports = ByteBuffer.wrap(socket.bytes());
    return KernelFilter.accepts(
        request, Short.toUnsignedInt(ports.getShort(4)), Short.toUnsignedInt(ports.getShort(6)));
  }

  private static List<Reply> answer(ByteBuffer request, int count, boolean interrupted) {
    List<Reply> replies = new ArrayList<>();
    for (int from = 1; from <= count; from += IN_ONE_DATAGRAM) {
      IntStream inodes = IntStream.range(from, Math.min(count + 1, from + IN_ONE_DATAGRAM));
      replies.add(
          DiagDatagram.to(
              request,
              d ->
                  inodes
                      .mapToObj(SplitDumpTest::socket)
                      .filter(socket -> isAskedFor(request, socket))
                      .forEach(d::sockets)));
    }
    replies.add(DiagDatagram.to(request, d -> (interrupted ? d.interrupted() : d).done()));
    return replies;
  }

  private static List<Long> upTo(int count) {
    return IntStream.rangeClosed(1, count).mapToObj(Long::valueOf).toList();
  }

  /** Makes sure by the way that each socket still has the owner that came with it. */
  private List<Long> inodes() {
    SocketColumns sockets = read(SocketFilter.all());
    return IntStream.range(0, sockets.size())
        .mapToObj(
            row -> {
              assertThat(sockets.uid(row)).isEqualTo(sockets.inode(row) % 3);
              return sockets.inode(row);
            })
        .toList();
  }

  private SocketColumns read(SocketFilter filter) {
    SocketColumnsBuilder builder = new SocketColumnsBuilder();
    source.read(filter, builder);
    return builder.build();
  }
}
