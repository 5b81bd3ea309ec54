// SPDX-License-Identifier: Apache-2.0
package io.tcptable.agreement;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.Ownership;
import io.tcptable.TcpState;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Processes and connections that come and go while snapshots are taken. */
@NeedsRoot
class ChurnIT {

  private static final int ROUNDS = 100;
  private static final int LEAST_SEEN = 20;
  private static final long MOST_NANOS = 120_000_000_000L;
  private static final long TICK_MILLIS = 10;

  /**
   * Forks children that inherit a listener and live for a moment, four at a time, and notes of each
   * when it started. They are waited for a while after they have ended. For root, PIDs are drawn
   * from thirty, so that they are given again all the time, to children of this peer and of others.
   */
  private static final String FORK_ON_AND_ON =
      """
      import collections, threading
      held, going = {f"{os.getpid()}@{started(os.getpid())}"}, True
      ended_ones = collections.deque()

      def child():
          ended, end = os.pipe()
          pid = os.fork()
          if pid == 0:
              os.read(ended, 1)
              os._exit(0)
          held.add(f"{pid}@{started(pid)}")
          if pid > 180 and os.getuid() == 0:
              open('/proc/sys/kernel/ns_last_pid', 'w').write('150')
          return pid, ended, end

      def churn():
          children = collections.deque()
          while going:
              children.append(child())
              if len(children) > 4 or not going:
                  leave(children.popleft())
          while children:
              leave(children.popleft())
          while ended_ones:
              os.waitpid(ended_ones.popleft(), 0)

      def leave(child):
          pid, ended, end = child
          os.write(end, b'!')
          os.close(ended), os.close(end)
          ended_ones.append(pid)
          if len(ended_ones) > 4:
              os.waitpid(ended_ones.popleft(), 0)

      churning = threading.Thread(target=churn)
      churning.start()
      """;

  private static final String CONNECT_ON_AND_ON =
      """
      import threading
      listener, going = listen('127.0.0.1', 3003), True

      def churn():
          while going:
              client, server = pair(listener)
              client.setsockopt(SOL_SOCKET, SO_LINGER, struct.pack('ii', 1, 0))
              client.close(), server.close()

      churning = threading.Thread(target=churn)
      churning.start()
      """;

  private static final String STOP = "going = False; churning.join()\n";

  @AutoClose private final Namespace namespace = Namespace.withOwnProcesses();

  @Test
  void nobodyIsTakenForAnOwnerWhoWasNone() {
    Forker first = Forker.on(3001, namespace.peer());
    Forker second = Forker.on(3002, namespace.peer());
    PythonPeer connecting = namespace.peer();
    BindingReader reader = namespace.reader(UserAccount.ROOT);
    first.peer().run(FORK_ON_AND_ON);
    second.peer().run(FORK_ON_AND_ON);
    connecting.run(CONNECT_ON_AND_ON);

    Set<String> seenOnFirst = new HashSet<>();
    Set<String> seenOnSecond = new HashSet<>();
    long deadline = System.nanoTime() + MOST_NANOS;
    for (int round = 0;
        round < ROUNDS || (!isEnough(seenOnFirst, seenOnSecond) && System.nanoTime() < deadline);
        round++) {
      for (Answer answer : reader.ask(SocketQuestion.everything())) {
        assertThat(answer.unreadableProcesses()).as(answer.reader()).isZero();
        seenOnFirst.addAll(first.ownersIn(answer));
        seenOnSecond.addAll(second.ownersIn(answer));
      }
    }

    connecting.run(STOP);
    Set<String> heldFirst = first.stop();
    Set<String> heldSecond = second.stop();
    assertThat(pids(heldFirst)).as("PIDs given again").containsAnyElementsOf(pids(heldSecond));
    assertThat(seenOnFirst).hasSizeGreaterThan(LEAST_SEEN).isSubsetOf(heldFirst);
    assertThat(seenOnSecond).hasSizeGreaterThan(LEAST_SEEN).isSubsetOf(heldSecond);
  }

  /** What has ended and is not yet waited for belongs to root, and may no longer be looked into. */
  @Test
  void aUserSeesTheOwnOnesThatComeAndGo() {
    Forker own = Forker.on(3001, namespace.peer(UserAccount.NOBODY));
    BindingReader reader = namespace.reader(UserAccount.NOBODY);
    own.peer().run(FORK_ON_AND_ON);

    Set<String> seen = new HashSet<>();
    for (int round = 0; round < ROUNDS; round++) {
      for (Answer answer : reader.ask(SocketQuestion.everything())) {
        seen.addAll(own.ownersIn(answer));
      }
    }

    assertThat(seen).hasSizeGreaterThan(1).isSubsetOf(own.stop());
  }

  /** On a busy machine, few processes come and go while a hundred snapshots are taken. */
  private static boolean isEnough(Set<String> seenOnFirst, Set<String> seenOnSecond) {
    return seenOnFirst.size() > LEAST_SEEN
        && seenOnSecond.size() > LEAST_SEEN
        && !Collections.disjoint(pids(seenOnFirst), pids(seenOnSecond));
  }

  private static Set<String> pids(Set<String> processes) {
    return processes.stream()
        .map(process -> process.substring(0, process.indexOf('@')))
        .collect(Collectors.toSet());
  }

  /**
   * A peer with a listener, whose children share it for a moment each. A process is written as its
   * PID and the clock tick at which it started, such as {@code 312@58001}.
   */
  private record Forker(PythonPeer peer, int port, long pid, long tick) {

    static Forker on(int port, PythonPeer peer) {
      peer.run("listener = listen('127.0.0.1', %d)".formatted(port));
      return new Forker(peer, port, peer.pid(), peer.number("answer = started(os.getpid())"));
    }

    /** The owners of the listener: the peer itself always, and whoever else there was. */
    Set<String> ownersIn(Answer answer) {
      SeenSocket listener =
          answer.sockets().stream()
              .filter(seen -> seen.row().state() == TcpState.LISTEN)
              .filter(seen -> seen.row().localPort() == port)
              .findFirst()
              .orElseThrow();
      assertThat(listener.ownership()).as(answer.reader()).isEqualTo(Ownership.OWNED);
      Map<Long, Instant> startedAt = listener.startedAt();
      assertThat(startedAt).as(answer.reader()).containsKey(pid);
      Instant origin = requireNonNull(startedAt.get(pid)).minusMillis(tick * TICK_MILLIS);
      return startedAt.entrySet().stream()
          .map(
              o ->
                  o.getKey()
                      + "@"
                      + Duration.between(origin, o.getValue()).toMillis() / TICK_MILLIS)
          .collect(Collectors.toSet());
    }

    /** Stops forking, and tells every process that ever held the listener. */
    Set<String> stop() {
      return Set.of(peer.run(STOP + "answer = ' '.join(held)").split(" ", -1));
    }
  }
}
