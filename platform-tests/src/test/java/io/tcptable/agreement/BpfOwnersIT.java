// SPDX-License-Identifier: Apache-2.0
package io.tcptable.agreement;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.Ownership;
import io.tcptable.TcpState;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/**
 * Owners by eBPF where namespaces, threads and permissions come in; elsewhere they are compared.
 */
@NeedsRoot
class BpfOwnersIT {

  private static final String UNSHARE =
      """
      import ctypes, threading
      CLONE_FILES, CLONE_NEWPID, CLONE_NEWNET = 0x400, 0x20000000, 0x40000000

      def unshare(flags):
          if ctypes.CDLL(None, use_errno=True).unshare(flags) != 0:
              raise OSError(ctypes.get_errno(), 'unshare')
      """;

  @AutoClose private final Namespace namespace = Namespace.create();
  private final PythonPeer peer = namespace.peer();

  /** Of the ones that {@code /proc/PID/fd} shows, it has none: they are the first thread's. */
  @Test
  void aThreadWithDescriptorsOfItsOwn() {
    peer.run("listener = listen('127.0.0.1', 3002)");
    peer.run(
        UNSHARE
            + """
            ready, going = threading.Event(), threading.Event()

            def work():
                unshare(CLONE_FILES)
                own = listen('127.0.0.1', 3001)
                ready.set()
                going.wait()
                own.close()

            threading.Thread(target=work, daemon=True).start()
            ready.wait(10)
            """);

    List<String> process = List.of("python3(" + peer.pid() + ")");
    for (Answer answer : answers(UserAccount.ROOT)) {
      boolean bpf = answer.ownerSource().equals("bpf");
      assertThat(owners(answer, 3001)).as(answer.reader()).isEqualTo(bpf ? process : List.of());
      assertThat(owners(answer, 3002)).as(answer.reader()).isEqualTo(process);
    }
  }

  /** Full of sockets up to the last descriptor that one record for the whole task may hold. */
  @Test
  void aTableAsLongAsOneLookTakes() {
    long descriptors = holdDescriptorsUpTo(4095);

    assertThat(descriptors).isEqualTo(4096);
    assertEverybodySeesBothListeners();
  }

  /** Beyond it, each thread with such a table is looked into by itself. */
  @Test
  void aTableLongerThanThat() {
    holdDescriptorsUpTo(9000);
    peer.run(
        UNSHARE
            + """
            ready, going = threading.Event(), threading.Event()

            def work():
                unshare(CLONE_FILES)
                own = listen('127.0.0.1', 3003)
                os.dup2(own.fileno(), 9000)
                own.close()
                ready.set()
                going.wait()

            threading.Thread(target=work, daemon=True).start()
            ready.wait(10)
            """);

    assertEverybodySeesBothListeners();
    for (Answer answer : answers(UserAccount.ROOT)) {
      boolean bpf = answer.ownerSource().equals("bpf");
      assertThat(owners(answer, 3003))
          .as(answer.reader())
          .isEqualTo(bpf ? List.of("python3(" + peer.pid() + ")") : List.of());
    }
  }

  /** One listener among the first descriptors, one held by the last alone. Returns how many. */
  private long holdDescriptorsUpTo(int last) {
    return peer.number(
        """
        import resource
        resource.setrlimit(resource.RLIMIT_NOFILE, (10000, 10000))
        first, other = listen('127.0.0.1', 3001), listen('127.0.0.1', 3002)
        for descriptor in range(first.fileno() + 2, %d):
            os.dup2(first.fileno(), descriptor)
        os.dup2(other.fileno(), %d)
        os.dup2(first.fileno(), other.fileno())
        os.dup2(first.fileno(), %d)
        answer = len(os.listdir('/proc/self/fd')) - 1
        """
            .formatted(last, last, last - 1));
  }

  private void assertEverybodySeesBothListeners() {
    List<String> process = List.of("python3(" + peer.pid() + ")");
    for (Answer answer : answers(UserAccount.ROOT)) {
      assertThat(owners(answer, 3001)).as(answer.reader()).isEqualTo(process);
      assertThat(owners(answer, 3002)).as(answer.reader()).isEqualTo(process);
    }
  }

  /** By the PID that it has for the one who asks. */
  @Test
  void anOwnerInAPidNamespaceBelow() {
    long below =
        peer.number(
            UNSHARE
                + """
                listener = listen('127.0.0.1', 3001)
                unshare(CLONE_NEWPID)
                answer = fork()
                listener.close()
                """);

    assertThat(Agreement.onlyIn(namespace, TcpState.LISTEN).row().owners())
        .containsExactly("python3(" + below + ")");
  }

  /** It holds a socket of this network namespace, whatever its own. */
  @Test
  void anOwnerInAnotherNetworkNamespace() {
    long elsewhere =
        peer.number(
            UNSHARE
                + """
                listener = listen('127.0.0.1', 3001)
                answer = fork(lambda: unshare(CLONE_NEWNET))
                listener.close()
                """);

    assertThat(Agreement.onlyIn(namespace, TcpState.LISTEN).row().owners())
        .containsExactly("python3(" + elsewhere + ")");
  }

  /** Enough for every owner, of whatever user, where {@code /proc} shows none of them. */
  @Test
  void twoCapabilitiesAreEnough() {
    peer.run("listener = listen('127.0.0.1', 3001)");

    List<Answer> answers = answers(UserAccount.NOBODY_WITH_BPF);
    assertThat(answers).extracting(Answer::ownerSource).contains("bpf", "proc");
    for (Answer answer : answers) {
      boolean bpf = answer.ownerSource().equals("bpf");
      assertThat(owners(answer, 3001))
          .as(answer.reader())
          .isEqualTo(bpf ? List.of("python3(" + peer.pid() + ")") : List.of());
      assertThat(answer.sockets())
          .extracting(SeenSocket::ownership)
          .containsExactly(bpf ? Ownership.OWNED : Ownership.UNKNOWN);
      if (bpf) {
        assertThat(answer.unreadableProcesses()).isZero();
      }
    }
  }

  @Test
  void withoutThemItSaysWhatItNeeds() {
    BindingReader reader = namespace.reader(UserAccount.NOBODY);

    assertThat(reader.ask(SocketQuestion.everything()))
        .isNotEmpty()
        .extracting(Answer::ownerSource)
        .containsOnly("proc");
    assertThat(reader.unavailable())
        .containsEntry("jni+bpf", "tcptable.owners=bpf: needs root, or CAP_BPF and CAP_PERFMON");
  }

  private List<Answer> answers(UserAccount account) {
    return namespace.reader(account).ask(SocketQuestion.everything());
  }

  private static List<String> owners(Answer answer, int localPort) {
    Stream<Row> rows = answer.rows().filter(row -> row.localPort() == localPort);
    return rows.flatMap(row -> row.owners().stream()).toList();
  }
}
