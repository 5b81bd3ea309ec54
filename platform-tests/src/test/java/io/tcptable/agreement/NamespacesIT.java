// SPDX-License-Identifier: Apache-2.0
package io.tcptable.agreement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tcptable.OsProcess;
import io.tcptable.TcpQuery;
import io.tcptable.TcpSocket;
import io.tcptable.TcpState;
import io.tcptable.TcpTable;
import io.tcptable.TcpTableException;
import io.tcptable.binding.Providers;
import io.tcptable.internal.Platforms;
import io.tcptable.internal.linux.LinuxAccess;
import io.tcptable.process.NetworkNamespace;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** 200 network namespaces, each with a listener and its owner, in one table. Needs root. */
@NeedsRoot
class NamespacesIT {

  private static final int COUNT = 200;
  private static final int PORT = 3001;

  /** Each child listens in a namespace of its own, and ends with the peer. */
  private static final String CHILDREN =
      """
      import ctypes
      libc = ctypes.CDLL(None, use_errno=True)
      pids = []
      closed, kept = os.pipe()
      ready, told = os.pipe()
      for i in range(%d):
          pid = os.fork()
          if pid == 0:
              os.close(kept)
              if libc.unshare(0x40000000) != 0: os._exit(1)
              listener = socket()
              listener.bind(('0.0.0.0', %d))
              listener.listen(7)
              os.write(told, b'x')
              os.read(closed, 1)
              os._exit(0)
          pids.append(pid)
          os.read(ready, 1)
      answer = ' '.join(map(str, pids))
      """
          .formatted(COUNT, PORT);

  private static final TcpQuery LISTENERS =
      TcpQuery.all().localPort(PORT).states(TcpState.LISTEN).withDetail();

  private static Namespace around;
  private static List<Integer> pids;

  @BeforeAll
  static void start() {
    around = Namespace.create();
    pids = Arrays.stream(around.peer().run(CHILDREN).split(" ", -1)).map(Integer::valueOf).toList();
  }

  @AfterAll
  static void end() throws IOException {
    around.close();
  }

  private static Map<Long, TcpSocket> byOwner(TcpTable table) {
    Map<Long, TcpSocket> sockets = new HashMap<>();
    for (TcpSocket socket : table) {
      for (OsProcess owner : socket.owners()) {
        sockets.put(owner.pid(), socket);
      }
    }
    return sockets;
  }

  private static long inode(int pid) throws IOException {
    String link = Files.readSymbolicLink(Path.of("/proc/" + pid + "/ns/net")).toString();
    return Long.parseLong(link.replaceAll("[^0-9]", ""));
  }

  private static void assertAllAreThere(TcpTable table) throws IOException {
    Map<Long, TcpSocket> sockets = byOwner(table);
    for (int pid : pids) {
      TcpSocket socket = Objects.requireNonNull(sockets.get((long) pid), "socket of " + pid);
      NetworkNamespace namespace = socket.namespace().orElseThrow();
      assertThat(namespace.inode()).isEqualTo(inode(pid));
      assertThat(namespace.pid()).isEqualTo(OptionalLong.of(pid));
      assertThat(namespace.isOwn()).isFalse();
    }
    assertThat(table.namespaces().stream().filter(NetworkNamespace::isOwn)).hasSize(1);
  }

  static List<String> bindings() {
    return Providers.names();
  }

  @ParameterizedTest
  @MethodSource("bindings")
  void aTableHasTheSocketsOfAll(String binding) throws IOException {
    TcpTable table =
        Platforms.reading(
            LinuxAccess.open(binding), () -> TcpTable.snapshot(LISTENERS.allNamespaces()));
    assertAllAreThere(table);
    assertThat(table.unseenNamespaces()).isZero();
    assertThat(table.stream().map(TcpSocket::sendQueue)).contains(OptionalLong.of(7));
  }

  /** Those that no process is in are not seen then, such as one of a test beside. */
  @Test
  void withoutNativeCallsTheyAreReadFromFiles() throws IOException {
    assertAllAreThere(
        Platforms.reading(
            LinuxAccess.open("java"), () -> TcpTable.snapshot(LISTENERS.allNamespaces())));
  }

  @Test
  void oneIsTheSameAsSsSeesThere() {
    int pid = pids.get(COUNT / 2);
    TcpTable table = TcpTable.snapshot(TcpQuery.all().inNamespaceOf(pid));
    String seen = Child.output(List.of("nsenter", "-t", "" + pid, "-n", "ss", "-tanHe"), "");
    assertThat(seen.lines()).singleElement().asString().contains("ino:" + inodeOf(table));
    assertThat(table.get(0).owners()).extracting(OsProcess::pid).containsExactly((long) pid);
  }

  private static long inodeOf(TcpTable table) {
    assertThat(table.size()).isEqualTo(1);
    return table.get(0).inode().orElseThrow();
  }

  @Test
  void nothingIsLeftBehind() throws Exception {
    TcpQuery query = LISTENERS.withoutOwners().allNamespaces();
    TcpTable.snapshot(query);
    Set<Thread> threads = Thread.getAllStackTraces().keySet();
    int descriptors = descriptors();
    for (int i = 0; i < 5; i++) {
      assertThat(TcpTable.snapshot(query).size()).isGreaterThanOrEqualTo(COUNT);
    }
    assertThat(descriptors()).isLessThanOrEqualTo(descriptors + 5);
    assertThat(
            Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !threads.contains(thread))
                .map(Thread::getName)
                .collect(Collectors.toSet()))
        .doesNotContain("tcptable-namespaces");
    // The kernel takes a moment longer than the JVM to end a thread.
    for (int look = 0; look < 50 && !tasksElsewhere().isEmpty(); look++) {
      Thread.sleep(100);
    }
    assertThat(tasksElsewhere()).as("threads of this JVM in another namespace").isEmpty();
  }

  /** By their names. */
  private static List<String> tasksElsewhere() throws IOException {
    String own = Files.readSymbolicLink(Path.of("/proc/self/ns/net")).toString();
    List<String> elsewhere = new ArrayList<>();
    for (File task : Objects.requireNonNull(new File("/proc/self/task").listFiles())) {
      if (!own.equals(target(task.toPath().resolve("ns/net"), own))) {
        elsewhere.add(comm(task));
      }
    }
    return elsewhere;
  }

  private static String comm(File task) {
    try {
      return Files.readString(task.toPath().resolve("comm")).strip();
    } catch (IOException e) {
      return "gone";
    }
  }

  private static String target(Path link, String ifGone) {
    try {
      return Files.readSymbolicLink(link).toString();
    } catch (IOException e) {
      return ifGone;
    }
  }

  private static int descriptors() {
    return Objects.requireNonNull(new File("/proc/self/fd").list()).length;
  }

  /** What is asked of this thread's namespace stays so after the others were visited. */
  @Test
  void thisThreadStaysWhereItIs() {
    TcpTable.snapshot(LISTENERS.allNamespaces());
    assertThat(byOwner(TcpTable.snapshot(LISTENERS)).keySet())
        .doesNotContainAnyElementsOf(pids.stream().map(Integer::longValue).toList());
    assertThat(TcpTable.snapshot(LISTENERS).namespaces()).isEmpty();
  }

  @Test
  void aConnectionElsewhereIsNotDroppedHere() {
    PythonPeer peer = around.peer();
    peer.run(
        """
        listener = socket()
        listener.bind(('127.0.0.1', 3002))
        listener.listen(1)
        client = socket()
        client.connect(('127.0.0.1', 3002))
        server = listener.accept()
        """);
    TcpTable table =
        TcpTable.snapshot(
            TcpQuery.all().localPort(3002).states(TcpState.ESTABLISHED).allNamespaces());
    // Of all namespaces of the machine, other tests' too.
    TcpSocket elsewhere = Objects.requireNonNull(byOwner(table).get(peer.pid()));
    assertThatThrownBy(elsewhere::drop)
        .isInstanceOf(TcpTableException.class)
        .hasMessageContaining("it is in another network namespace");
  }

  @Test
  void aProcessThatIsNotThereHasNone() {
    TcpQuery query = TcpQuery.all().inNamespaceOf(Integer.MAX_VALUE);
    assertThatThrownBy(() -> TcpTable.snapshot(query))
        .isInstanceOf(TcpTableException.class)
        .hasMessageContaining("there is no such process, or this user may not look into it");
  }

  @Test
  void oneWithoutAProcessIsKnownByItsName() {
    String name = "tcptable-it-" + ProcessHandle.current().pid();
    Child.output(List.of("ip", "netns", "add", name), "");
    try {
      assertThat(TcpTable.snapshot(LISTENERS.allNamespaces()).namespaces())
          .filteredOn(namespace -> namespace.name().filter(name::equals).isPresent())
          .singleElement()
          .satisfies(namespace -> assertThat(namespace.pid()).isEmpty());
    } finally {
      Child.output(List.of("ip", "netns", "delete", name), "");
    }
  }
}
