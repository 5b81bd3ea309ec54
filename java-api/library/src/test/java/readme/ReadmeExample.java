// SPDX-License-Identifier: Apache-2.0
package readme;

import io.tcptable.PortHolders;
import io.tcptable.TableChanges;
import io.tcptable.TcpQuery;
import io.tcptable.TcpSocket;
import io.tcptable.TcpState;
import io.tcptable.TcpTable;
import io.tcptable.TcpTransfer;
import io.tcptable.diagnose.PortDiagnosis;
import io.tcptable.guard.PortGuard;
import io.tcptable.health.HealthProbe;
import io.tcptable.restart.PortRestart;
import io.tcptable.restart.RestartReport;
import io.tcptable.watch.RunningWatch;
import io.tcptable.watch.TcpEvent;
import io.tcptable.watch.TcpWatch;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;

/** The code in the documentation: each block stands here between two lines {@code // example}. */
final class ReadmeExample {

  private ReadmeExample() {}

  static void snapshot() throws InterruptedException {
    // example
    TcpTable table = TcpTable.snapshot(3001);
    for (TcpSocket listener : table.listeners()) {
      System.out.println(listener.local() + " belongs to " + listener.owners());
    }
    if (table.unreadableProcesses() > 0) {
      System.out.println("some owners are hidden from this user; try as root");
    }
    PortDiagnosis diagnosis = PortDiagnosis.of(3001);
    System.out.println(diagnosis.verdict() + ": " + diagnosis.findings());
    // example
  }

  static void tables() {
    // example
    TcpTable table = TcpTable.snapshot(3001);
    System.out.println(
        table.count(TcpState.CLOSE_WAIT) + " connections the application never closed");

    TcpQuery stuck = TcpQuery.all().localPort(3001).states(TcpState.CLOSE_WAIT).withDetail();
    TcpTable.snapshot(stuck).stream()
        .filter(s -> s.detail().orElseThrow().lastReceived().compareTo(Duration.ofMinutes(1)) > 0)
        .forEach(s -> System.out.println(s.remote() + " has waited for a minute: " + s.owners()));
    // example
  }

  static void holders() {
    // example
    PortHolders holders = TcpTable.holders(3001);
    holders.holders().forEach(holder -> System.out.println(holder.description()));
    if (!holders.isComplete()) {
      System.out.println("there may be others, whom this user may not see");
    }
    // example
  }

  static void oneProcess() {
    // example
    TcpQuery own = TcpQuery.all().ownedByThisProcess().states(TcpState.ESTABLISHED);
    InetAddress database = InetAddress.getLoopbackAddress();
    System.out.println(
        TcpTable.snapshot(own.remoteAddress(database)).size() + " own connections to the database");
    // example
  }

  static void transfer() {
    // example
    TcpQuery slow =
        TcpQuery.all().localPort(3001).states(TcpState.ESTABLISHED).withTransferDetail();
    for (TcpSocket socket : TcpTable.snapshot(slow)) {
      TcpTransfer transfer = socket.detail().orElseThrow().transfer().orElseThrow();
      System.out.println(socket.remote() + ": " + transfer.bytesSent() + " bytes sent");
    }
    // example
  }

  static void json() throws IOException {
    // example
    String answer = TcpTable.snapshot(3001).toJson();
    StringBuilder page = new StringBuilder();
    TcpTable.snapshot().writeJson(page);
    System.out.println(answer.length() + " and " + page.length() + " characters of JSON");
    // example
  }

  static void differences() {
    // example
    TcpTable table = TcpTable.snapshot(3001);
    table.stream()
        .sorted(TcpSocket.LISTENERS_FIRST)
        .forEach(socket -> System.out.println(socket.key() + " " + socket.remote().unmapped()));

    TableChanges changes = TcpTable.snapshot(3001).changesSince(table);
    changes.opened().forEach(socket -> System.out.println("opened: " + socket));
    changes
        .stateChanged()
        .forEach(it -> System.out.println(it.before().state() + " -> " + it.after()));
    if (!changes.isCertain()) {
      System.out.println(changes.uncertain() + " sockets may be later ones on the same ports");
    }
    // example
  }

  static void watch() throws InterruptedException {
    // example
    TcpWatch watch = TcpWatch.of(TcpQuery.all().localPort(3001)).every(Duration.ofMillis(200));
    RunningWatch running =
        watch.start(
            event -> {
              if (event instanceof TcpEvent.Closed closed) {
                System.out.println(closed.socket().remote() + ": " + closed.ending());
              } else {
                System.out.println(event.toJson());
              }
            });
    Thread.sleep(500);
    running.close();
    // example
  }

  static void restart() {
    // example
    RestartReport report = PortRestart.restart(3001, "python3", "backend/run_server.py").run();
    System.out.println(report.outcome());
    // example
  }

  static void guard() throws InterruptedException {
    // example
    try (PortGuard guard =
        PortGuard.request(3001, "python3", "backend/run_server.py")
            .badFor(Duration.ofSeconds(10))
            .listener(event -> System.out.println(event))
            .start()) {
      System.out.println(guard.await());
    }
    // example
  }

  static void requests() throws InterruptedException {
    // example
    HealthProbe ready = HealthProbe.of(URI.create("http://127.0.0.1:8080/ready")).expectStatus(200);
    PortDiagnosis diagnosis = PortDiagnosis.request(8080).health(ready).run();
    diagnosis
        .findings()
        .forEach(finding -> System.out.println(finding.code() + ": " + finding.seen()));

    RestartReport report =
        PortRestart.restart(8080, "java", "-jar", "app.jar").grace(Duration.ofSeconds(2)).run();
    System.out.println(report.outcome() + ": " + report.steps());
    // example
  }
}
