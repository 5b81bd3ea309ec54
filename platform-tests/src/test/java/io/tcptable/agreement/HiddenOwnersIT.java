// SPDX-License-Identifier: Apache-2.0
package io.tcptable.agreement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.tcptable.Ownership;
import io.tcptable.TcpState;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the table says of owners that it cannot see. */
@NeedsRoot
@Tag("once")
class HiddenOwnersIT {

  @AutoClose private final Namespace namespace = Namespace.withOwnProcesses();

  @Test
  void anotherUsersOwnersAreUnknownAndTheirProcessesCounted() {
    PythonPeer root = namespace.peer();
    PythonPeer nobody = namespace.peer(UserAccount.NOBODY);
    root.run("listener = listen('127.0.0.1', 3001, mark=7); client, server = pair(listener)");
    nobody.run(
        """
        listener = listen('127.0.0.1', 3002)
        client, server = pair(listener)
        client.close()
        until(lambda: state(server) == "CLOSE_WAIT")
        server.close()
        waiting = connect('127.0.0.1', 3002)
        """);

    for (Answer answer : Agreement.in(namespace, UserAccount.NOBODY)) {
      String binding = answer.reader();
      assertThat(ownerships(answer, TcpState.LISTEN, 3001))
          .as(binding)
          .containsExactly(Ownership.UNKNOWN);
      assertThat(ownerships(answer, TcpState.LISTEN, 3002))
          .as(binding)
          .containsExactly(Ownership.OWNED);
      assertThat(ownerships(answer, TcpState.ESTABLISHED, 3001))
          .as(binding)
          .containsExactly(Ownership.UNKNOWN);
      assertThat(ownerships(answer, TcpState.ESTABLISHED, 3002))
          .as("not yet accepted, by " + binding)
          .containsExactly(Ownership.NONE);
      assertThat(answer.rows().filter(row -> row.localPort() == 3002))
          .as(binding)
          .filteredOn(row -> row.state() == TcpState.LISTEN)
          .extracting(Row::uid)
          .containsExactly((long) UserAccount.NOBODY_UID);
      assertThat(answer.rows()).as(binding).extracting(Row::mark).containsOnly(0L);
      // The process that holds the namespace, and the peer.
      assertThat(answer.unreadableProcesses()).as(binding).isEqualTo(2);
      assertThat(answer.hiddenProcesses()).as(binding).isFalse();
    }
  }

  /** Of processes that others may see but not look into, even whether they live is hidden. */
  @Test
  void processesOfWhichEverythingIsForbiddenAreCounted() {
    namespace.peer().run("listener = listen('127.0.0.1', 3001)");
    namespace.hideProcesses("noaccess");

    assertHidden(2, false);
  }

  /** There is nothing to count: the owner is unknown all the same, and the table says why. */
  @ParameterizedTest
  @ValueSource(strings = {"invisible", "ptraceable"})
  void processesThatAreNotEvenListedLeaveTheirSocketsUnknown(String hidepid) {
    namespace.peer().run("listener = listen('127.0.0.1', 3001)");
    namespace.hideProcesses(hidepid);

    assertHidden(0, true);
  }

  @ParameterizedTest
  @ValueSource(strings = {"invisible", "ptraceable"})
  void nothingIsHiddenFromRoot(String hidepid) {
    namespace.peer(UserAccount.NOBODY).run("listener = listen('127.0.0.1', 3001)");
    namespace.hideProcesses(hidepid);

    assertThat(Agreement.in(namespace, UserAccount.ROOT))
        .allSatisfy(
            answer -> {
              assertThat(answer.hiddenProcesses()).isFalse();
              assertThat(ownerships(answer, TcpState.LISTEN, 3001))
                  .containsExactly(Ownership.OWNED);
            });
  }

  private void assertHidden(int unreadable, boolean hidden) {
    assertThat(Agreement.in(namespace, UserAccount.NOBODY))
        .allSatisfy(
            answer -> {
              assertThat(answer.unreadableProcesses()).isEqualTo(unreadable);
              assertThat(answer.hiddenProcesses()).isEqualTo(hidden);
              assertThat(ownerships(answer, TcpState.LISTEN, 3001))
                  .containsExactly(Ownership.UNKNOWN);
            });
  }

  @Test
  void rootLooksIntoEveryProcess() {
    namespace.peer(UserAccount.NOBODY).run("listener = listen('127.0.0.1', 3002)");

    assertThat(Agreement.in(namespace, UserAccount.ROOT))
        .allSatisfy(
            answer -> {
              assertThat(answer.unreadableProcesses()).isZero();
              assertThat(ownerships(answer, TcpState.LISTEN, 3002))
                  .containsExactly(Ownership.OWNED);
            });
  }

  /** The kernel keeps the user of a socket, whoever may hold it. */
  @Test
  void usersOfSocketsThatNobodyOwns() {
    PythonPeer nobody = namespace.peer(UserAccount.NOBODY);
    nobody.run(
        """
        listener = listen('127.0.0.1', 3001)
        orphan, server = pair(listener)
        unaccepted = connect('127.0.0.1', 3001)
        """);
    namespace.lose("tcp dport 3001");
    nobody.run("orphan.close()");
    namespace.lose("tcp sport 3002 tcp flags & (syn | ack) == syn | ack");
    nobody.run("silent = listen('127.0.0.1', 3002); request = connecting('127.0.0.1', 3002)");

    for (Answer answer : Agreement.in(namespace, UserAccount.ROOT)) {
      long userOfRequest = answer.isFromProc() ? UserAccount.NOBODY_UID : 0;
      assertThat(answer.sockets())
          .as(answer.reader())
          .filteredOn(seen -> seen.ownership() == Ownership.NONE)
          .extracting(seen -> seen.row().state(), seen -> seen.row().uid())
          .containsExactlyInAnyOrder(
              tuple(TcpState.FIN_WAIT_1, (long) UserAccount.NOBODY_UID),
              tuple(TcpState.ESTABLISHED, (long) UserAccount.NOBODY_UID),
              tuple(TcpState.SYN_RECEIVED, userOfRequest));
    }
  }

  /** It has no PID here at all, so there is not even a process to count. */
  @Test
  void anOwnerInAnotherPidNamespaceIsUnknown() {
    namespace.outsider().run("listener = listen('127.0.0.1', 3001)");

    assertThat(Agreement.in(namespace, UserAccount.ROOT))
        .allSatisfy(
            answer -> {
              assertThat(answer.unreadableProcesses()).isZero();
              assertThat(ownerships(answer, TcpState.LISTEN, 3001))
                  .containsExactly(Ownership.UNKNOWN);
            });
  }

  private static List<Ownership> ownerships(Answer answer, TcpState state, int localPort) {
    return answer.sockets().stream()
        .filter(s -> s.row().state() == state && s.row().localPort() == localPort)
        .map(SeenSocket::ownership)
        .toList();
  }
}
