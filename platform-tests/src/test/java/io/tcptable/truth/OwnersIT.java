// SPDX-License-Identifier: Apache-2.0
package io.tcptable.truth;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.Ownership;
import io.tcptable.TcpState;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** All owners of each socket, and none but them. */
class OwnersIT {

  @AutoClose private final Namespace namespace = Namespace.create();
  private final Actor actor = namespace.actor();

  @Test
  void severalProcessesOnOnePortByReusePort() {
    Actor other = namespace.actor();
    actor.run("listener = listen('127.0.0.1', 3001, reuseport=True)");
    other.run("listener = listen('127.0.0.1', 3001, reuseport=True)");

    assertThat(Agreement.in(namespace, TcpState.LISTEN))
        .extracting(sighting -> sighting.row().owners())
        .containsExactlyInAnyOrder(named(actor.pid()), named(other.pid()));
  }

  @Test
  void workersShareTheListenerOfTheirParent() {
    String workers =
        actor.run(
            """
            listener = listen('127.0.0.1', 3001)
            answer = ' '.join(str(fork()) for worker in range(8))
            """);

    long[] all =
        LongStream.concat(
                LongStream.of(actor.pid()),
                List.of(workers.split(" ", -1)).stream().mapToLong(Long::parseLong))
            .sorted()
            .toArray();
    assertThat(Agreement.onlyIn(namespace, TcpState.LISTEN).row().owners()).isEqualTo(named(all));
  }

  @Test
  void aWorkerThatHoldsWhatItsParentHasClosed() {
    long worker =
        actor.number("listener = listen('127.0.0.1', 3001); answer = fork(); listener.close()");

    assertThat(Agreement.onlyIn(namespace, TcpState.LISTEN).row().owners())
        .isEqualTo(named(worker));
  }

  @Test
  void severalDescriptorsOfOneProcessAreOneOwner() {
    actor.run("listener = listen('127.0.0.1', 3001); more = listener.dup(), listener.dup()");

    assertThat(Agreement.onlyIn(namespace, TcpState.LISTEN).row().owners())
        .isEqualTo(named(actor.pid()));
  }

  /** Not compared with ss, which looks at the first thread only and finds nothing. */
  @Test
  void aProcessWhoseFirstThreadHasEnded() {
    long pid =
        actor.number(
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

    assertThat(namespace.witness(Account.ROOT).answer(Question.everything()))
        .isNotEmpty()
        .allSatisfy(
            testimony ->
                assertThat(testimony.rows())
                    .as(testimony.binding())
                    .extracting(Row::owners)
                    .containsExactly(named(pid)));
  }

  /** On its way from one process to another, a descriptor is in neither: nobody can be named. */
  @Test
  void aDescriptorPassedToAnotherProcess() {
    actor.run(
        """
        listener = listen('127.0.0.1', 3001)
        here, there = socketpair(AF_UNIX)
        send_fds(here, [b'!'], [listener.fileno()])
        listener.close()
        """);
    Sighting onItsWay = Agreement.onlyIn(namespace, TcpState.LISTEN);
    assertThat(onItsWay.row().inode()).isNotZero();
    assertThat(onItsWay.ownership()).isEqualTo(Ownership.UNKNOWN);

    long receiver = actor.number("answer = fork(lambda: recv_fds(there, 1, 1))");
    assertThat(Agreement.onlyIn(namespace, TcpState.LISTEN).row().owners())
        .isEqualTo(named(receiver));
  }

  @Test
  void nobodyOwnsWhatIsNotYetAccepted() {
    actor.run("listener = listen('127.0.0.1', 3001); client = connect('127.0.0.1', 3001)");

    assertThat(Agreement.in(namespace, TcpState.ESTABLISHED))
        .filteredOn(sighting -> sighting.row().localPort() == 3001)
        .extracting(Sighting::ownership)
        .containsExactly(Ownership.NONE);
  }

  /** Its process is gone, its bytes are still to be delivered. */
  @Test
  void nobodyOwnsWhatItsProcessLeftBehind() {
    Actor leaver = namespace.actor();
    actor.run("listener = listen('127.0.0.1', 3001)");
    leaver.run("client = connect('127.0.0.1', 3001)");
    actor.run("server = accept(listener)");
    namespace.lose("tcp dport 3001");
    leaver.run("client.send(b'unheard'); client.close()");

    Sighting orphan = Agreement.onlyIn(namespace, TcpState.FIN_WAIT_1);
    assertThat(orphan.ownership()).isEqualTo(Ownership.NONE);
    assertThat(orphan.row().sendQueue()).isEqualTo("unheard".length() + 1);
  }

  /** Not compared with ss, which takes the name to end at the first parenthesis. */
  @Test
  void aProcessMayCallItselfAnything() {
    actor.run(
        """
        listener = listen('127.0.0.1', 3001)
        open('/proc/self/comm', 'w').write(') S 1 (x\\ny)\\\\')
        """);

    assertThat(namespace.witness(Account.ROOT).answer(Question.everything()))
        .flatExtracting(testimony -> testimony.rows().toList())
        .allSatisfy(
            row -> assertThat(row.owners()).containsExactly(") S 1 (x\ny)\\(" + actor.pid() + ")"));
  }

  private static List<String> named(long... pids) {
    return LongStream.of(pids).mapToObj(pid -> "python3(" + pid + ")").toList();
  }
}
