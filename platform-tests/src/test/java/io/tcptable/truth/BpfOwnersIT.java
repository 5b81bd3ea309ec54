// SPDX-License-Identifier: Apache-2.0
package io.tcptable.truth;

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
  private final Actor actor = namespace.actor();

  /** Of the ones that {@code /proc/PID/fd} shows, it has none: they are the first thread's. */
  @Test
  void aThreadWithDescriptorsOfItsOwn() {
    actor.run("listener = listen('127.0.0.1', 3002)");
    actor.run(
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

    List<String> process = List.of("python3(" + actor.pid() + ")");
    for (Testimony testimony : testimonies(Account.ROOT)) {
      boolean bpf = testimony.ownerSource().equals("bpf");
      assertThat(owners(testimony, 3001))
          .as(testimony.witness())
          .isEqualTo(bpf ? process : List.of());
      assertThat(owners(testimony, 3002)).as(testimony.witness()).isEqualTo(process);
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
    actor.run(
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
    for (Testimony testimony : testimonies(Account.ROOT)) {
      boolean bpf = testimony.ownerSource().equals("bpf");
      assertThat(owners(testimony, 3003))
          .as(testimony.witness())
          .isEqualTo(bpf ? List.of("python3(" + actor.pid() + ")") : List.of());
    }
  }

  /** One listener among the first descriptors, one held by the last alone. Returns how many. */
  private long holdDescriptorsUpTo(int last) {
    return actor.number(
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
    List<String> process = List.of("python3(" + actor.pid() + ")");
    for (Testimony testimony : testimonies(Account.ROOT)) {
      assertThat(owners(testimony, 3001)).as(testimony.witness()).isEqualTo(process);
      assertThat(owners(testimony, 3002)).as(testimony.witness()).isEqualTo(process);
    }
  }

  /** By the PID that it has for the one who asks. */
  @Test
  void anOwnerInAPidNamespaceBelow() {
    long below =
        actor.number(
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
        actor.number(
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
    actor.run("listener = listen('127.0.0.1', 3001)");

    List<Testimony> testimonies = testimonies(Account.NOBODY_WITH_BPF);
    assertThat(testimonies).extracting(Testimony::ownerSource).contains("bpf", "proc");
    for (Testimony testimony : testimonies) {
      boolean bpf = testimony.ownerSource().equals("bpf");
      assertThat(owners(testimony, 3001))
          .as(testimony.witness())
          .isEqualTo(bpf ? List.of("python3(" + actor.pid() + ")") : List.of());
      assertThat(testimony.sightings())
          .extracting(Sighting::ownership)
          .containsExactly(bpf ? Ownership.OWNED : Ownership.UNKNOWN);
      if (bpf) {
        assertThat(testimony.unreadableProcesses()).isZero();
      }
    }
  }

  @Test
  void withoutThemItSaysWhatItNeeds() {
    Witness witness = namespace.witness(Account.NOBODY);

    assertThat(witness.answer(Question.everything()))
        .isNotEmpty()
        .extracting(Testimony::ownerSource)
        .containsOnly("proc");
    assertThat(witness.unavailable())
        .containsEntry("jni+bpf", "tcptable.owners=bpf: needs root, or CAP_BPF and CAP_PERFMON");
  }

  private List<Testimony> testimonies(Account account) {
    return namespace.witness(account).answer(Question.everything());
  }

  private static List<String> owners(Testimony testimony, int localPort) {
    Stream<Row> rows = testimony.rows().filter(row -> row.localPort() == localPort);
    return rows.flatMap(row -> row.owners().stream()).toList();
  }
}
