// SPDX-License-Identifier: Apache-2.0
package io.tcptable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tcptable.TcpTableException.Kind;
import io.tcptable.internal.Platforms;
import io.tcptable.internal.binding.BindingSelection;
import io.tcptable.internal.linux.FakeKernel;
import io.tcptable.internal.linux.LinuxAccess;
import io.tcptable.internal.linux.kernel.Errno;
import io.tcptable.internal.linux.netlink.DiagDatagram;
import io.tcptable.internal.linux.netlink.DiagMessage;
import io.tcptable.internal.platform.SystemAccess;
import io.tcptable.internal.windows.FakeWindows;
import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Queries by owner, remote address and network interface. */
class SelectedSocketsTest {

  private static final int ESTABLISHED = 1;

  /** Notes what is opened. */
  private static final class WatchedKernel extends FakeKernel {

    private final List<String> opened = new ArrayList<>();
    private int links;

    @Override
    public int openat(int directory, ByteBuffer path, int flags) {
      ByteBuffer name = path.duplicate();
      byte[] bytes = new byte[name.remaining()];
      name.get(bytes);
      String text = new String(bytes, StandardCharsets.US_ASCII);
      opened.add(text.substring(0, text.indexOf('\0')));
      return super.openat(directory, path, flags);
    }

    @Override
    public int readlinkat(int directory, ByteBuffer path, ByteBuffer target) {
      links++;
      return super.readlinkat(directory, path, target);
    }
  }

  private final WatchedKernel kernel = new WatchedKernel();

  private TcpTable table(TcpQuery query, DiagMessage... sockets) {
    kernel
        .netlink()
        .then(request -> List.of(DiagDatagram.to(request, d -> d.sockets(sockets).done())));
    SystemAccess access = LinuxAccess.of(new BindingSelection<>("fake", kernel, Map.of()), "proc");
    kernel.opened.clear();
    kernel.links = 0;
    return Platforms.reading(access, () -> TcpTable.snapshot(query));
  }

  private void startProcesses() {
    kernel.proc().start(1, "init").holds(11);
    kernel.proc().start(100, "web").holds(11, 12, 99);
    for (int pid = 200; pid < 250; pid++) {
      kernel.proc().start(pid, "other").holds(11, 14, 98);
    }
  }

  private static DiagMessage[] sockets() {
    return new DiagMessage[] {
      DiagMessage.listener(3001, 11),
      DiagMessage.v4(ESTABLISHED, 3001, 40_001).inode(12),
      DiagMessage.v6(ESTABLISHED, 3001, 40_002).inode(14),
      DiagMessage.v6(ESTABLISHED, 3001, 40_003).inode(12),
      DiagMessage.v4(6, 3001, 40_004)
    };
  }

  @Test
  void theSocketsOfOneProcessTakeALookAtThatProcessAlone() {
    startProcesses();

    TcpTable table = table(TcpQuery.all().ownedBy(100), sockets());

    assertThat(table.stream()).extracting(TcpSocket::remotePort).containsExactly(0, 40_001, 40_003);
    assertThat(table.stream())
        .allMatch(socket -> socket.owners().toString().equals("[web(100)]"))
        .allMatch(socket -> socket.ownership() == Ownership.OWNED);
    assertThat(table.owners()).hasToString("[web(100)]");
    assertThat(table.hasHiddenProcesses()).isFalse();
    assertThat(table.unreadableProcesses()).isZero();
    assertThat(kernel.opened).containsExactlyInAnyOrder("/proc", "1/stat", "100/fd", "../stat");
    assertThat(kernel.links).isEqualTo(3);
  }

  @Test
  void oneThatIsGoneOrHasNoneOwnsNone() {
    startProcesses();
    kernel.proc().start(300, "idle").holds(97);

    for (int pid : new int[] {77, 300}) {
      TcpTable table = table(TcpQuery.all().ownedBy(pid), sockets());
      assertThat(table.size()).isZero();
      assertThat(table.owners()).isEmpty();
      assertThat(table.hasHiddenProcesses()).isFalse();
    }
  }

  @Test
  void saysIfTheProcessIsHiddenOrMayNotBeLookedInto() {
    kernel.proc().start(100, "web").holds(11);
    kernel.on("openat", "/proc/100/fd").fail(Errno.EACCES);

    TcpTable table = table(TcpQuery.all().ownedBy(100), sockets());

    assertThat(table.isEmpty()).isTrue();
    assertThat(table.unreadableProcesses()).isEqualTo(1);
    assertThat(table.hasHiddenProcesses()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1, 1L << 31})
  void aPidOutOfRangeIsAnError(long pid) {
    assertThatThrownBy(() -> TcpQuery.all().ownedBy(pid))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("PID " + pid + " is not in 1..2147483647");
  }

  /** As for each binding and for the sources of this system. */
  @ParameterizedTest
  @ValueSource(strings = {"jni,ffm,java", "java"})
  @SuppressWarnings("try") // It only has to be open.
  void ownSocketsAreThoseOfAWholeTable(String binding) throws IOException {
    SystemAccess access = LinuxAccess.open(binding);
    long self = ProcessHandle.current().pid();
    try (ServerSocket server = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
        Socket client = new Socket(server.getInetAddress(), server.getLocalPort());
        Socket accepted = server.accept()) {
      TcpTable whole = Platforms.reading(access, () -> TcpTable.snapshot());
      TcpTable own =
          Platforms.reading(access, () -> TcpTable.snapshot(TcpQuery.all().ownedByThisProcess()));

      assertThat(own.stream()).containsExactlyInAnyOrderElementsOf(whole.ownedBy(self));
      assertThat(own.stream()).allMatch(it -> it.owners().get(0).pid() == self);
      assertThat(own.size()).isGreaterThanOrEqualTo(3);
    }
  }

  @Test
  void windowsTellsTheSocketsOfOneProcess() {
    FakeWindows windows =
        new FakeWindows()
            .listener(3001, 100)
            .listener(3002, 200)
            .process(100, 0, 1, "web.exe")
            .process(200, 0, 1, "other.exe");

    TcpTable table = FakeTables.of(windows, TcpQuery.all().ownedBy(200));

    assertThat(table.stream()).extracting(TcpSocket::localPort).containsExactly(3002);
    assertThat(table.owners()).hasToString("[other.exe(200)]");
  }

  @Test
  void anAddressOfIpv4IsThatOfMappedSocketsToo() throws IOException {
    byte[] mapped = new byte[16];
    mapped[10] = -1;
    mapped[11] = -1;
    System.arraycopy(new byte[] {10, 0, 0, 7}, 0, mapped, 12, 4);
    byte[] alike = mapped.clone();
    alike[11] = 0;
    byte[] v4 = {10, 0, 0, 7};
    DiagMessage[] all = {
      DiagMessage.v4(ESTABLISHED, 1, 1).between(new byte[4], v4),
      DiagMessage.v4(ESTABLISHED, 1, 2).between(v4, new byte[4]),
      DiagMessage.v6(ESTABLISHED, 1, 3).between(new byte[16], mapped),
      DiagMessage.v6(ESTABLISHED, 1, 4).between(new byte[16], alike),
      DiagMessage.v4(ESTABLISHED, 1, 5).between(new byte[4], v4)
    };

    TcpQuery query = TcpQuery.all().withoutOwners();
    assertThat(table(query.remoteAddress(InetAddress.getByAddress(v4)), all))
        .extracting(TcpSocket::remotePort)
        .containsExactlyInAnyOrder(1, 3, 5);
    assertThat(table(query.remoteAddress(InetAddress.getByAddress(alike)), all))
        .extracting(TcpSocket::remotePort)
        .containsExactly(4);
  }

  @Test
  void anInterfaceIsKnownOrItIsAnError() throws IOException {
    NetworkInterface loopback = NetworkInterface.getByInetAddress(InetAddress.getLoopbackAddress());
    TcpQuery query = TcpQuery.all().withoutOwners().boundTo(loopback);

    assertThat(
            table(
                query,
                DiagMessage.listener(1, 11),
                DiagMessage.listener(2, 12).boundTo(loopback.getIndex())))
        .extracting(TcpSocket::localPort)
        .containsExactly(2);
    SystemAccess java = LinuxAccess.open("java");
    assertThatThrownBy(() -> Platforms.reading(java, () -> TcpTable.snapshot(query)))
        .isInstanceOf(TcpTableException.class)
        .hasMessage(
            "asking for the sockets of one network interface: the source proc does not tell to"
                + " which interface a socket is bound")
        .extracting(e -> ((TcpTableException) e).kind())
        .isEqualTo(Kind.UNSUPPORTED);
  }
}
