// SPDX-License-Identifier: Apache-2.0
package io.tcptable.agreement;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.Ownership;
import io.tcptable.TcpState;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** All owners of each socket, and none but them. */
@NeedsRoot
class OwnersIT {

  @AutoClose private final Namespace namespace = Namespace.create();
  private final PythonPeer peer = namespace.peer();

  @Test
  void severalProcessesOnOnePortByReusePort() {
    PythonPeer other = namespace.peer();
    peer.run("listener = listen('127.0.0.1', 3001, reuseport=True)");
    other.run("listener = listen('127.0.0.1', 3001, reuseport=True)");

    assertThat(Agreement.in(namespace, TcpState.LISTEN))
        .extracting(socket -> socket.row().owners())
        .containsExactlyInAnyOrder(named(peer.pid()), named(other.pid()));
  }

  @Test
  void workersShareTheListenerOfTheirParent() {
    String workers =
        peer.run(
            """
            listener = listen('127.0.0.1', 3001)
            answer = ' '.join(str(fork()) for worker in range(8))
            """);

    long[] all =
        LongStream.concat(
                LongStream.of(peer.pid()),
                List.of(workers.split(" ", -1)).stream().mapToLong(Long::parseLong))
            .sorted()
            .toArray();
    assertThat(Agreement.onlyIn(namespace, TcpState.LISTEN).row().owners()).isEqualTo(named(all));
  }

  @Test
  void aWorkerThatHoldsWhatItsParentHasClosed() {
    long worker =
        peer.number("listener = listen('127.0.0.1', 3001); answer = fork(); listener.close()");

    assertThat(Agreement.onlyIn(namespace, TcpState.LISTEN).row().owners())
        .isEqualTo(named(worker));
  }

  @Test
  void severalDescriptorsOfOneProcessAreOneOwner() {
    peer.run("listener = listen('127.0.0.1', 3001); more = listener.dup(), listener.dup()");

    assertThat(Agreement.onlyIn(namespace, TcpState.LISTEN).row().owners())
        .isEqualTo(named(peer.pid()));
  }

  /** Not compared with ss, which looks at the first thread only and finds nothing. */
  @Test
  void aProcessWhoseFirstThreadHasEnded() {
    long pid =
        peer.number(
            """
            import ctypes, threading
            listener, answer = listen('127.0.0.1', 3001), os.fork()
            if answer == 0:
                os.close(HELD)
                threading.Thread(target=lambda: (os.read(ALIVE, 1), os._exit(0))).start()
                ctypes.CDLL(None).pthread_exit(None)
            until(lambda: ') Z ' in open(f'/proc/{answer}/stat').read())
            listener.close()
            """);

    assertThat(namespace.reader(UserAccount.ROOT).ask(SocketQuestion.everything()))
        .isNotEmpty()
        .allSatisfy(
            answer ->
                assertThat(answer.rows())
                    .as(answer.binding())
                    .extracting(Row::owners)
                    .containsExactly(named(pid)));
  }

  /** On its way from one process to another, a descriptor is in neither: nobody can be named. */
  @Test
  void aDescriptorPassedToAnotherProcess() {
    peer.run(
        """
        listener = listen('127.0.0.1', 3001)
        here, there = socketpair(AF_UNIX)
        send_fds(here, [b'!'], [listener.fileno()])
        listener.close()
        """);
    SeenSocket onItsWay = Agreement.onlyIn(namespace, TcpState.LISTEN);
    assertThat(onItsWay.row().inode()).isNotZero();
    assertThat(onItsWay.ownership()).isEqualTo(Ownership.UNKNOWN);

    long receiver = peer.number("answer = fork(lambda: recv_fds(there, 1, 1))");
    assertThat(Agreement.onlyIn(namespace, TcpState.LISTEN).row().owners())
        .isEqualTo(named(receiver));
  }

  @Test
  void nobodyOwnsWhatIsNotYetAccepted() {
    peer.run("listener = listen('127.0.0.1', 3001); client = connect('127.0.0.1', 3001)");

    assertThat(Agreement.in(namespace, TcpState.ESTABLISHED))
        .filteredOn(socket -> socket.row().localPort() == 3001)
        .extracting(SeenSocket::ownership)
        .containsExactly(Ownership.NONE);
  }

  /** Its process is gone, its bytes are still to be delivered. */
  @Test
  void nobodyOwnsWhatItsProcessLeftBehind() {
    PythonPeer leaver = namespace.peer();
    peer.run("listener = listen('127.0.0.1', 3001)");
    leaver.run("client = connect('127.0.0.1', 3001)");
    peer.run("server = accept(listener)");
    namespace.lose("tcp dport 3001");
    leaver.run("client.send(b'unheard'); client.close()");

    SeenSocket orphan = Agreement.onlyIn(namespace, TcpState.FIN_WAIT_1);
    assertThat(orphan.ownership()).isEqualTo(Ownership.NONE);
    assertThat(orphan.row().sendQueue()).isEqualTo("unheard".length() + 1);
  }

  /** Not compared with ss, which takes the name to end at the first parenthesis. */
  @Test
  void aProcessMayCallItselfAnything() {
    peer.run(
        """
        listener = listen('127.0.0.1', 3001)
        open('/proc/self/comm', 'w').write(') S 1 (x\\ny)\\\\')
        """);

    assertThat(namespace.reader(UserAccount.ROOT).ask(SocketQuestion.everything()))
        .flatExtracting(answer -> answer.rows().toList())
        .allSatisfy(
            row -> assertThat(row.owners()).containsExactly(") S 1 (x\ny)\\(" + peer.pid() + ")"));
  }

  private static List<String> named(long... pids) {
    return LongStream.of(pids).mapToObj(pid -> "python3(" + pid + ")").toList();
  }
}
