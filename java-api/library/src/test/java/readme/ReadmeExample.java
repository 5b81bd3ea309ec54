// SPDX-License-Identifier: Apache-2.0
package readme;

import io.tcptable.TcpQuery;
import io.tcptable.TcpSocket;
import io.tcptable.TcpState;
import io.tcptable.TcpTable;
import java.time.Duration;

/** The code in README.md; a test holds the two together. */
final class ReadmeExample {

  private ReadmeExample() {}

  static void run() {
    // README
    TcpTable table = TcpTable.snapshot(3001);
    for (TcpSocket listener : table.listeners()) {
      System.out.println(listener.local() + " belongs to " + listener.owners());
    }
    System.out.println(
        table.count(TcpState.CLOSE_WAIT) + " connections the application never closed");
    if (table.unreadableProcesses() > 0) {
      System.out.println("some owners are hidden from this user; try as root");
    }

    TcpQuery stuck = TcpQuery.all().localPort(3001).states(TcpState.CLOSE_WAIT).withDetail();
    TcpTable.snapshot(stuck).stream()
        .filter(s -> s.detail().orElseThrow().lastReceived().compareTo(Duration.ofMinutes(1)) > 0)
        .forEach(s -> System.out.println(s.remote() + " has waited for a minute: " + s.owners()));
    // README
  }
}
