// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.linux.netlink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tcptable.internal.linux.FakeKernel;
import io.tcptable.internal.linux.kernel.Errno;
import io.tcptable.internal.linux.kernel.OwnRights;
import io.tcptable.internal.linux.netlink.FakeNetlink.Reply;
import io.tcptable.internal.platform.SourceException;
import io.tcptable.internal.platform.SourceException.Kind;
import io.tcptable.internal.table.SocketColumns;
import io.tcptable.internal.table.SocketColumnsBuilder;
import io.tcptable.internal.table.SocketFilter;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the kernel is asked to drop a connection, and what is made of its answers. */
class SockDestroyTest {

  private static final int CLOSE_WAIT = 8;

  private final FakeKernel kernel = new FakeKernel();
  private final SockDiagSource source = new SockDiagSource(kernel);

  @AfterEach
  void everyDescriptorIsClosedOnce() {
    assertThat(kernel.open()).isEmpty();
  }

  @Test
  void asksForTheOneConnectionWithThisCookie() {
    assertThat(drop(v4(CLOSE_WAIT), d -> d.error(0))).isTrue();

    ByteBuffer request = kernel.netlink().requests().get(1);
    assertThat(request.limit()).isEqualTo(72);
    assertThat(request.getInt(0)).isEqualTo(72);
    assertThat(request.getShort(4)).as("SOCK_DESTROY").isEqualTo((short) 21);
    assertThat(request.getShort(6)).as("NLM_F_REQUEST|NLM_F_ACK").isEqualTo((short) 5);
    assertThat(bytes(request, 16, 8))
        .as("family, protocol, no states")
        .isEqualTo("0206" + zeros(6));
    assertThat(bytes(request, 24, 4)).as("ports").isEqualTo("0bb99c41");
    assertThat(bytes(request, 28, 16)).as("local").isEqualTo("7f000001" + zeros(12));
    assertThat(bytes(request, 44, 16)).as("remote").isEqualTo("0a000007" + zeros(12));
    assertThat(request.getInt(60)).as("interface").isEqualTo(3);
    assertThat(request.getInt(64)).as("cookie, low").isEqualTo(0x89abcdef);
    assertThat(request.getInt(68)).as("cookie, high").isEqualTo(0x45);
  }

  @Test
  void asksForOneOfIpv6() {
    byte[] local = HexFormat.of().parseHex("20010db8000000000000000000000001");
    byte[] remote = HexFormat.of().parseHex("20010db8000000000000000000000002");
    DiagMessage socket = DiagMessage.v6(1, 3001, 40_001).between(local, remote).cookie(7);

    assertThat(drop(socket, d -> d.error(0))).isTrue();

    ByteBuffer request = kernel.netlink().requests().get(1);
    assertThat(bytes(request, 16, 2)).isEqualTo("0a06");
    assertThat(bytes(request, 28, 16)).isEqualTo(HexFormat.of().formatHex(local));
    assertThat(bytes(request, 44, 16)).isEqualTo(HexFormat.of().formatHex(remote));
    assertThat(request.getLong(64)).isEqualTo(7);
  }

  @Test
  void oneThatIsGoneIsNoFailure() {
    assertThat(drop(v4(CLOSE_WAIT), d -> d.error(-Errno.ENOENT))).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "1, EPERM, PERMISSION, 8,",
    "13, EACCES, PERMISSION, 8,",
    "95, EOPNOTSUPP, UNSUPPORTED, 8, this kernel does not offer it: it lacks CONFIG_INET_DIAG_DESTROY",
    "22, EINVAL, UNSUPPORTED, 1, this kernel does not offer it: it lacks CONFIG_INET_DIAG_DESTROY",
    "95, EOPNOTSUPP, UNSUPPORTED, 6, 'this kernel drops none in TIME_WAIT, which ends by itself within a"
        + " minute'",
    "12, ENOMEM, EXHAUSTED, 8, the kernel is short of memory; try again",
    "5, EIO, SYSTEM, 8, unexpected here"
  })
  void aRefusalSaysWhyAndWhatToDo(
      int errno, String error, Kind kind, int state, @Nullable String said) {
    String advice = said == null ? SockDestroy.refused(OwnRights.current()) : said;
    assertThatThrownBy(() -> drop(v4(state), d -> d.error(-errno)))
        .isInstanceOfSatisfying(
            SourceException.class,
            e -> {
              assertThat(e.call()).isEqualTo("sock_diag");
              assertThat(e.error()).isEqualTo(error);
              assertThat(e.kind()).isEqualTo(kind);
            })
        .hasMessage("dropping a connection: sock_diag failed with " + error + ": " + advice);
  }

  @Test
  void whoLacksTheRightIsToldWhatItTakes() {
    assertThat(SockDestroy.refused(new OwnRights(false, 0)))
        .isEqualTo("this user may not; it takes root or CAP_NET_ADMIN");
    assertThat(SockDestroy.refused(new OwnRights(true, 0)))
        .isEqualTo("this root lacks CAP_NET_ADMIN");
    assertThat(SockDestroy.refused(new OwnRights(true, -1)))
        .isEqualTo("a sandbox such as seccomp, or a security module, forbids it even to root");
  }

  @Test
  void messagesOfOthersAreSkipped() {
    boolean dropped =
        dropAnswered(
            v4(CLOSE_WAIT),
            request ->
                List.of(
                    DiagDatagram.to(request, d -> d.error(-1)).from(4711),
                    DiagDatagram.to(request, d -> d.foreign().error(-1)),
                    DiagDatagram.to(request, d -> d.error(0))));

    assertThat(dropped).isTrue();
  }

  @Test
  void butNotAnyNumberOfThem() {
    List<Reply> none = List.of();
    Function<ByteBuffer, List<Reply>> foreign =
        request ->
            IntStream.range(0, 1000)
                .mapToObj(i -> DiagDatagram.to(request, d -> d.foreign().error(0)))
                .toList();

    assertThatThrownBy(() -> dropAnswered(v4(CLOSE_WAIT), foreign))
        .hasMessageContaining("too many");
    assertThatThrownBy(() -> dropAnswered(v4(CLOSE_WAIT), request -> none))
        .hasMessageContaining("did not say whether it was dropped");
  }

  static Stream<Consumer<DiagDatagram>> malformed() {
    return Stream.of(
        d -> d.message(Netlink.NLMSG_ERROR),
        d -> d.message(Netlink.NLMSG_DONE, (byte) 0, (byte) 0, (byte) 0, (byte) 0),
        d -> d.sockets(v4(CLOSE_WAIT)),
        d -> d.raw((byte) 1, (byte) 2),
        d -> d.raw(new byte[16]));
  }

  @ParameterizedTest
  @MethodSource("malformed")
  void anAnswerThatMakesNoSenseIsAnError(Consumer<DiagDatagram> answer) {
    assertThatThrownBy(() -> drop(v4(CLOSE_WAIT), answer))
        .isInstanceOf(SourceException.class)
        .hasMessageStartingWith("dropping a connection: the reply makes no sense: ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"socket", "send", "recvfrom"})
  void aCallThatFailsIsReported(String call) {
    SocketColumns sockets = read(v4(CLOSE_WAIT));
    kernel.on(call).fail(Errno.ENOBUFS);

    assertThatThrownBy(() -> source.drop(sockets, 0))
        .isInstanceOfSatisfying(
            SourceException.class,
            e -> {
              assertThat(e.call()).isEqualTo(call);
              assertThat(e.error()).isEqualTo("ENOBUFS");
            })
        .hasMessageStartingWith("dropping a connection: ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"send", "recvfrom"})
  void interruptedCallsAreMadeAgain(String call) {
    SocketColumns sockets = read(v4(CLOSE_WAIT));
    kernel.netlink().then(request -> List.of(DiagDatagram.to(request, d -> d.error(0))));
    kernel.on(call).times(100).fail(Errno.EINTR);

    assertThat(source.drop(sockets, 0)).isTrue();
    assertThat(kernel.opened()).as("one for the dump, one for the drop").isEqualTo(2);
  }

  private static DiagMessage v4(int state) {
    return DiagMessage.v4(state, 3001, 40_001)
        .between(new byte[] {127, 0, 0, 1}, new byte[] {10, 0, 0, 7})
        .boundTo(3)
        .cookie(0x4589abcdefL);
  }

  private boolean drop(DiagMessage socket, Consumer<DiagDatagram> answer) {
    return dropAnswered(socket, request -> List.of(DiagDatagram.to(request, answer)));
  }

  private boolean dropAnswered(DiagMessage socket, Function<ByteBuffer, List<Reply>> answer) {
    SocketColumns sockets = read(socket);
    kernel.netlink().then(answer);
    return source.drop(sockets, 0);
  }

  private SocketColumns read(DiagMessage socket) {
    kernel
        .netlink()
        .then(request -> List.of(DiagDatagram.to(request, d -> d.sockets(socket).done())));
    SocketColumnsBuilder builder = new SocketColumnsBuilder();
    source.read(SocketFilter.all(), builder);
    return builder.build();
  }

  private static String bytes(ByteBuffer buffer, int at, int count) {
    byte[] bytes = new byte[count];
    buffer.get(at, bytes);
    return HexFormat.of().formatHex(bytes);
  }

  private static String zeros(int bytes) {
    return "00".repeat(bytes);
  }
}
