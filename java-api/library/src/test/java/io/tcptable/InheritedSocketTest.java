// SPDX-License-Identifier: Apache-2.0
package io.tcptable;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.internal.windows.FakeWindows;
import org.junit.jupiter.api.Test;

/** Sockets that have outlived the process that opened them, as only Windows has them. */
class InheritedSocketTest {

  @Test
  void itsHeirsAreThoseItStarted() {
    TcpSocket ghost =
        listener(
            new FakeWindows()
                .listener(3001, 404)
                .process(400, 4, 10, "explorer.exe")
                .process(408, 404, 30, "worker.exe")
                .process(412, 404, 31, "conhost.exe")
                .process(416, 400, 32, "other.exe"),
            TcpQuery.all());
    assertThat(ghost.ownership()).isEqualTo(Ownership.UNKNOWN);
    InheritedSocket ended = ghost.endedOwner().orElseThrow();
    assertThat(ended.pid()).isEqualTo(404);
    assertThat(ended.heirs())
        .extracting(OsProcess::toString)
        .as("without the console, which inherits nothing")
        .containsExactly("worker.exe(408)");
  }

  @Test
  void thereIsNoneWhereTheOwnerRunsOrIsNotToldOrWasNotLookedFor() {
    FakeWindows windows = new FakeWindows().listener(3001, 404).process(404, 4, 10, "server.exe");
    assertThat(listener(windows, TcpQuery.all()).endedOwner()).isEmpty();
    FakeWindows ghost = new FakeWindows().listener(3001, 404).process(408, 404, 10, "worker.exe");
    assertThat(listener(ghost, TcpQuery.all().withoutOwners()).endedOwner()).isEmpty();
    FakeWindows untold = new FakeWindows().listener(3001, 0).process(4, 0, 10, "System");
    assertThat(listener(untold, TcpQuery.all()).endedOwner()).isEmpty();
  }

  private static TcpSocket listener(FakeWindows windows, TcpQuery query) {
    return FakeTables.of(windows, query).get(0);
  }
}
