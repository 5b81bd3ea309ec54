// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.linux.netlink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tcptable.internal.linux.FakeKernel;
import io.tcptable.internal.linux.kernel.Errno;
import io.tcptable.internal.linux.netlink.FakeNetlink.Reply;
import io.tcptable.internal.platform.SourceException;
import io.tcptable.internal.platform.SourceException.Kind;
import io.tcptable.internal.table.SocketColumns;
import io.tcptable.internal.table.SocketColumns.Column;
import io.tcptable.internal.table.SocketColumnsBuilder;
import io.tcptable.internal.table.SocketFilter;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A dump is whole, or it is an error; whatever goes wrong on the way. */
class SockDiagSourceTest {

  private final FakeKernel kernel = new FakeKernel();
  private final SockDiagSource source = new SockDiagSource(kernel);

  @AfterEach
  void everyDescriptorIsClosedOnce() {
    assertThat(kernel.open()).isEmpty();
  }

  @Test
  void readsOneDatagram() {
    kernel.netlink().then(whole(1, 2, 3));

    assertThat(inodes()).containsExactly(1, 2, 3);
    assertThat(kernel.opened()).isOne();
  }

  @Test
  void readsSeveralDatagramsAndStopsAtTheEnd() {
    kernel
        .netlink()
        .then(
            request ->
                List.of(
                    datagram(request, 1, 2),
                    datagram(request, 3),
                    DiagDatagram.to(request, d -> d.sockets(listener(4)).done()),
                    datagram(request, 5)));

    assertThat(inodes()).containsExactly(1, 2, 3, 4);
  }

  /** As the kernel does when others of the same hash chain have come meanwhile. */
  @Test
  void aSocketThatIsToldAgainIsThereOnce() {
    kernel
        .netlink()
        .then(
            request ->
                List.of(
                    DiagDatagram.to(request, d -> d.sockets(known(1), known(2), known6(3))),
                    DiagDatagram.to(request, d -> d.sockets(known(2), known6(3), known6(4))),
                    DiagDatagram.to(request, d -> d.sockets(known6(4))),
                    DiagDatagram.to(request, d -> d.sockets(known(5), known(6)).done())));

    assertThat(inodes()).containsExactly(1, 2, 5, 6, 4, 3);
    assertThat(inodes()).as("asked again").containsExactly(1, 2, 5, 6, 4, 3);
  }

  private static DiagMessage known(int inode) {
    return listener(inode).cookie((7L << 32) | inode);
  }

  private static DiagMessage known6(int inode) {
    return DiagMessage.v6(DiagMessage.LISTEN, 3000 + inode, 0).inode(inode).cookie(inode);
  }

  @Test
  void socketsThatCannotBeToldApartAreAllThere() {
    kernel
        .netlink()
        .then(request -> List.of(datagram(request, 1, 1), datagram(request, 1), end(request)));

    assertThat(inodes()).containsExactly(1, 1, 1);
  }

  private static Reply end(ByteBuffer request) {
    return DiagDatagram.to(request, DiagDatagram::done);
  }

  @Test
  void anEmptyDumpIsAnAnswerToo() {
    kernel.netlink().then(whole());

    SocketColumns sockets = read();

    assertThat(sockets.size()).isZero();
    assertThat(sockets.has(Column.ACCEPT_QUEUE_LIMIT)).isTrue();
  }

  @Test
  void keepsOnlyWhatTheFilterAcceptsWhateverTheKernelSends() {
    kernel.netlink().then(whole(1, 2, 3));

    assertThat(inodes(SocketFilter.all().withLocalPorts(3002))).containsExactly(2);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void anInterruptedDumpIsAskedForAgainWhereverTheMarkStands(int unmarked) {
    kernel
        .netlink()
        .then(
            request ->
                answer(
                    request,
                    d -> {
                      for (int i = 0; i < 3; i++) {
                        if (i == unmarked) {
                          d.interrupted();
                        }
                        d.sockets(listener(100 + i));
                      }
                      if (unmarked == 3) {
                        d.interrupted();
                      }
                      d.done();
                    }))
        .then(whole(1, 2));

    assertThat(inodes()).containsExactly(1, 2);
    assertThat(kernel.opened()).isEqualTo(2);
  }

  @Test
  void aMarkInAnEarlierDatagramCountsToo() {
    kernel
        .netlink()
        .then(
            request ->
                List.of(
                    DiagDatagram.to(request, d -> d.interrupted().sockets(listener(100))),
                    DiagDatagram.to(request, d -> d.sockets(listener(101)).done())))
        .then(whole(1));

    assertThat(inodes()).containsExactly(1);
  }

  @Test
  void aForeignMarkDoesNotCount() {
    kernel
        .netlink()
        .then(
            request ->
                List.of(
                    DiagDatagram.to(request, d -> d.foreign().interrupted().sockets(listener(9))),
                    DiagDatagram.to(request, d -> d.sockets(listener(1)).done())));

    assertThat(inodes()).containsExactly(1);
    assertThat(kernel.opened()).isOne();
  }

  @Test
  void givesUpOnDumpsThatAreInterruptedAgainAndAgain() {
    kernel
        .netlink()
        .then(request -> answer(request, d -> d.interrupted().sockets(listener(1)).done()));

    assertThatThrownBy(this::read)
        .isInstanceOfSatisfying(
            SourceException.class, e -> isClear(e, Kind.INTERRUPTED, "recvfrom", "NLM_F_DUMP_INTR"))
        .hasMessageContaining("5 times in a row");
    assertThat(kernel.opened()).isEqualTo(SockDiagSource.MOST_ATTEMPTS);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void aDumpThatOverrunsIsAskedForAgain(int received) {
    kernel.netlink().then(parts(3)).then(whole(1, 2));
    kernel.on("recvfrom").after(received).once().fail(Errno.ENOBUFS);

    assertThat(inodes()).containsExactly(1, 2);
    assertThat(kernel.opened()).isEqualTo(2);
  }

  @Test
  void givesUpOnDumpsThatOverrunAgainAndAgain() {
    kernel.netlink().then(parts(3));
    kernel.on("recvfrom").fail(Errno.ENOBUFS);

    assertThatThrownBy(this::read)
        .isInstanceOfSatisfying(
            SourceException.class, e -> isClear(e, Kind.EXHAUSTED, "recvfrom", "ENOBUFS"));
    assertThat(kernel.opened()).isEqualTo(SockDiagSource.MOST_ATTEMPTS);
  }

  @Test
  void aMessageThatSaysOverrunCountsAsInterruption() {
    kernel
        .netlink()
        .then(request -> answer(request, d -> d.message(Netlink.NLMSG_OVERRUN).done()))
        .then(whole(1));

    assertThat(inodes()).containsExactly(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"send", "recvfrom"})
  void interruptedCallsAreMadeAgain(String call) {
    kernel.netlink().then(parts(3));
    kernel.on(call).times(100).fail(Errno.EINTR);

    assertThat(inodes()).containsExactly(1, 2, 3);
    assertThat(kernel.opened()).isOne();
  }

  @ParameterizedTest
  @ValueSource(strings = {"send", "recvfrom"})
  void butNotForEver(String call) {
    kernel.netlink().then(whole(1));
    kernel.on(call).fail(Errno.EINTR);

    assertThatThrownBy(this::read)
        .isInstanceOfSatisfying(
            SourceException.class, e -> isClear(e, Kind.INTERRUPTED, call, "EINTR"));
    assertThat(kernel.opened()).isOne();
  }

  @Test
  void messagesWithAForeignSequenceAreSkippedEvenAmongOthers() {
    kernel
        .netlink()
        .then(
            request ->
                answer(
                    request,
                    d ->
                        d.sockets(listener(1))
                            .foreign()
                            .sockets(listener(9))
                            .done()
                            .error(-1)
                            .own()
                            .sockets(listener(2))
                            .done()));

    assertThat(inodes()).containsExactly(1, 2);
  }

  @Test
  void datagramsOfAForeignSenderAreSkipped() {
    kernel
        .netlink()
        .then(
            request ->
                List.of(
                    DiagDatagram.to(request, d -> d.sockets(listener(9)).done()).from(4711),
                    Reply.of((byte) 1).from(4711),
                    DiagDatagram.to(request, d -> d.sockets(listener(1)).done())));

    assertThat(inodes()).containsExactly(1);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void butNotAnyNumberOfThem(boolean foreignSender) {
    kernel
        .netlink()
        .then(
            request ->
                IntStream.range(0, 1000)
                    .mapToObj(
                        i ->
                            foreignSender
                                ? datagram(request, 9).from(4711)
                                : DiagDatagram.to(request, d -> d.foreign().sockets(listener(9))))
                    .toList());

    assertThatThrownBy(this::read)
        .isInstanceOfSatisfying(
            SourceException.class, e -> isClear(e, Kind.INTERRUPTED, "recvfrom", ""));
  }

  @ParameterizedTest
  @CsvSource({
    "13,EACCES,PERMISSION",
    "1,EPERM,PERMISSION",
    "22,EINVAL,SYSTEM",
    "2,ENOENT,UNSUPPORTED",
    "95,EOPNOTSUPP,UNSUPPORTED",
    "12,ENOMEM,EXHAUSTED"
  })
  void anErrorFromTheKernelIsReported(int errno, String name, Kind kind) {
    kernel.netlink().then(request -> answer(request, d -> d.error(-errno)));

    assertThatThrownBy(this::read)
        .isInstanceOfSatisfying(SourceException.class, e -> isClear(e, kind, "sock_diag", name));
    assertThat(kernel.opened()).isOne();
  }

  @Test
  void anErrorAfterSocketsIsReported() {
    kernel
        .netlink()
        .then(
            request -> List.of(datagram(request, 1, 2), answer(request, d -> d.error(-22)).get(0)));

    assertThatThrownBy(this::read)
        .isInstanceOfSatisfying(
            SourceException.class, e -> isClear(e, Kind.SYSTEM, "sock_diag", "EINVAL"));
  }

  @Test
  void anErrorAtTheEndIsReported() {
    kernel.netlink().then(request -> answer(request, d -> d.sockets(listener(1)).done(-2)));

    assertThatThrownBy(this::read)
        .isInstanceOfSatisfying(
            SourceException.class, e -> isClear(e, Kind.UNSUPPORTED, "sock_diag", "ENOENT"));
  }

  @Test
  void anEndWithoutAFigureIsAnEnd() {
    kernel
        .netlink()
        .then(request -> answer(request, d -> d.sockets(listener(1)).message(Netlink.NLMSG_DONE)));

    assertThat(inodes()).containsExactly(1);
  }

  @Test
  void anAcknowledgementIsNoEnd() {
    kernel.netlink().then(request -> answer(request, d -> d.error(0).sockets(listener(1)).done()));

    assertThat(inodes()).containsExactly(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 5})
  void aDumpThatJustStopsIsAnError(int parts) {
    kernel
        .netlink()
        .then(
            request -> IntStream.range(0, parts).mapToObj(i -> datagram(request, 1 + i)).toList());

    assertThatThrownBy(this::read)
        .isInstanceOfSatisfying(SourceException.class, e -> isClear(e, Kind.SYSTEM, "recvfrom", ""))
        .hasMessageContaining("before the kernel said that it was complete");
  }

  @Test
  void anEmptyDatagramIsAnError() {
    kernel.netlink().then(request -> List.of(datagram(request, 1), Reply.of()));

    assertThatThrownBy(this::read)
        .isInstanceOfSatisfying(
            SourceException.class, e -> isClear(e, Kind.SYSTEM, "recvfrom", ""));
  }

  @Test
  void aDatagramTooLargeForTheBufferIsAnError() {
    kernel
        .netlink()
        .then(
            request -> {
              byte[] large = new byte[256 * 1024 + 4];
              byte[] small = DiagDatagram.to(request, d -> d.sockets(listener(1)).done()).bytes();
              System.arraycopy(small, 0, large, 0, small.length);
              return List.of(Reply.of(large));
            });

    assertThatThrownBy(this::read)
        .isInstanceOfSatisfying(SourceException.class, e -> isClear(e, Kind.SYSTEM, "recvfrom", ""))
        .hasMessageContaining("does not fit");
  }

  @Test
  void aMessageOfAnotherKindIsAnErrorSinceItMightBeASocket() {
    kernel.netlink().then(request -> answer(request, d -> d.message(20, new byte[72]).done()));

    assertThatThrownBy(this::read)
        .isInstanceOfSatisfying(SourceException.class, e -> isClear(e, Kind.SYSTEM, "recvfrom", ""))
        .hasMessageContaining("a message of type 20");
  }

  @Test
  void nothingToSayIsSkipped() {
    kernel
        .netlink()
        .then(
            request ->
                answer(request, d -> d.message(Netlink.NLMSG_NOOP).sockets(listener(1)).done()));

    assertThat(inodes()).containsExactly(1);
  }

  @ParameterizedTest
  @CsvSource({
    "24,EMFILE,EXHAUSTED",
    "93,EPROTONOSUPPORT,UNSUPPORTED",
    "13,EACCES,PERMISSION",
    "97,EAFNOSUPPORT,UNSUPPORTED",
    "12,ENOMEM,EXHAUSTED"
  })
  void noSocketIsAnError(int errno, String name, Kind kind) {
    kernel.on("socket").fail(errno);

    assertThatThrownBy(this::read)
        .isInstanceOfSatisfying(SourceException.class, e -> isClear(e, kind, "socket", name));
    assertThat(kernel.opened()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "send,1,EPERM,PERMISSION",
    "send,105,ENOBUFS,EXHAUSTED",
    "recvfrom,12,ENOMEM,EXHAUSTED",
    "recvfrom,111,ECONNREFUSED,SYSTEM"
  })
  void aCallThatFailsIsReported(String call, int errno, String name, Kind kind) {
    kernel.netlink().then(parts(3));
    kernel.on(call).fail(errno);

    assertThatThrownBy(this::read)
        .isInstanceOfSatisfying(SourceException.class, e -> isClear(e, kind, call, name));
    assertThat(kernel.opened()).isOne();
  }

  @Test
  void nothingStaleIsLeftForTheNextRead() {
    kernel
        .netlink()
        .then(request -> List.of(datagram(request, 7), answer(request, d -> d.error(-22)).get(0)))
        .then(
            request ->
                List.of(
                    DiagDatagram.to(request, d -> d.interrupted().done()), datagram(request, 8)))
        .then(whole(1))
        .then(whole(2));

    assertThatThrownBy(this::read).isInstanceOf(SourceException.class);
    assertThat(inodes()).containsExactly(1);
    assertThat(inodes()).containsExactly(2);
    assertThat(kernel.opened()).isEqualTo(4);
    assertThat(kernel.netlink().requests())
        .extracting(request -> request.getInt(Netlink.SEQUENCE_OFFSET))
        .doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 255, 256, 257})
  void anyNumberOfPortsCanBeAskedFor(int count) {
    int[] ports = IntStream.range(0, count).map(i -> 3000 + 2 * i).toArray();
    kernel
        .netlink()
        .then(
            request ->
                answer(
                    request,
                    d -> {
                      for (int port = 2990; port < 3600; port++) {
                        d.sockets(DiagMessage.listener(port, port));
                      }
                      d.done();
                    }));

    assertThat(inodes(SocketFilter.all().withLocalPorts(ports)))
        .containsExactly(IntStream.of(ports).asLongStream().toArray());
  }

  private static DiagMessage listener(int inode) {
    return DiagMessage.listener(3000 + inode, inode);
  }

  private static Reply datagram(ByteBuffer request, int... inodes) {
    return DiagDatagram.to(
        request, d -> IntStream.of(inodes).forEach(inode -> d.sockets(listener(inode))));
  }

  private static List<Reply> answer(ByteBuffer request, Consumer<DiagDatagram> messages) {
    return List.of(DiagDatagram.to(request, messages));
  }

  /** A complete answer in one datagram. */
  private static Function<ByteBuffer, List<Reply>> whole(int... inodes) {
    return request ->
        answer(
            request,
            d -> {
              IntStream.of(inodes).forEach(inode -> d.sockets(listener(inode)));
              d.done();
            });
  }

  /** A complete answer, one socket a datagram. */
  private static Function<ByteBuffer, List<Reply>> parts(int sockets) {
    return request ->
        IntStream.rangeClosed(1, sockets + 1)
            .mapToObj(
                i ->
                    i <= sockets
                        ? datagram(request, i)
                        : DiagDatagram.to(request, DiagDatagram::done))
            .toList();
  }

  /** It holds memory outside of the heap, of which too many failures would take too much. */
  @Test
  void aFailedDumpLeavesItsBuffersToTheNext() {
    Set<ByteBuffer> used = Collections.newSetFromMap(new IdentityHashMap<>());
    SockDiagSource failing =
        new SockDiagSource(
            new FakeKernel() {
              @Override
              public int send(int fd, ByteBuffer message, int flags) {
                used.add(message);
                return -Errno.ENOMEM;
              }
            });

    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(() -> failing.read(SocketFilter.all(), new SocketColumnsBuilder()))
          .isInstanceOf(SourceException.class);
    }

    assertThat(used).hasSize(1);
  }

  private long[] inodes() {
    return inodes(SocketFilter.all());
  }

  private long[] inodes(SocketFilter filter) {
    SocketColumns sockets = read(filter);
    return IntStream.range(0, sockets.size()).mapToLong(sockets::inode).toArray();
  }

  private SocketColumns read() {
    return read(SocketFilter.all());
  }

  private SocketColumns read(SocketFilter filter) {
    SocketColumnsBuilder builder = new SocketColumnsBuilder();
    source.read(filter, builder);
    return builder.build();
  }

  private static void isClear(SourceException e, Kind kind, String call, String error) {
    assertThat(e.kind()).isEqualTo(kind);
    assertThat(e.call()).isEqualTo(call);
    assertThat(e.error()).isEqualTo(error);
    assertThat(e.getMessage()).isNotBlank().hasLineCount(1);
  }
}
