// SPDX-License-Identifier: Apache-2.0
package io.tcptable.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tcptable.OsProcess;
import io.tcptable.TcpTable;
import io.tcptable.guard.GuardEvent.Kind;
import io.tcptable.restart.PortRestart;
import io.tcptable.restart.RestartReport;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import servers.Children;
import servers.FreePorts;

class PortGuardTest {

  private static final Duration SHORT = Duration.ofMillis(200);

  @RegisterExtension final Children children = new Children();

  @TempDir private Path directory;

  private final List<GuardEvent> events = new CopyOnWriteArrayList<>();
  private int port;

  @BeforeEach
  void choosePort() throws IOException {
    port = FreePorts.next();
  }

  private PortGuard.Request request() {
    return PortGuard.request(port, Children.server(port))
        .restart(it -> it.settle(SHORT).log(directory.resolve("server.log")))
        .evidence(directory.resolve("evidence"))
        .interval(SHORT)
        .badFor(SHORT)
        .grace(SHORT)
        .listener(events::add)
        .listener(event -> event.pid().ifPresent(children::adopt));
  }

  private void await(Kind kind) {
    Children.await(
        kind + " among " + events, () -> events.stream().anyMatch(event -> event.kind() == kind));
  }

  private GuardEvent event(Kind kind) {
    return events.stream().filter(it -> it.kind() == kind).findFirst().orElseThrow();
  }

  private List<OsProcess> listening() {
    return TcpTable.snapshot(port).listeners().stream()
        .flatMap(it -> it.owners().stream())
        .distinct()
        .toList();
  }

  @Test
  void aServerThatIsThereIsNotStopped() throws Exception {
    Process server = children.startServer(port);

    try (PortGuard guard = request().start()) {
      GuardEnd end = guard.await();
      assertThat(end.reason()).isEqualTo(GuardEnd.Reason.REFUSED);
      assertThat(end.message()).contains("(" + server.pid() + ") listens on 127.0.0.1:" + port);
    }
    assertThat(server.isAlive()).isTrue();
    assertThat(events).isEmpty();
  }

  /** A restart by a person, with the same command; meanwhile a second guard is refused. */
  @Test
  void aPersonMayRestartTheServer() throws Exception {
    PortGuard guard = request().badFor(Duration.ofMinutes(1)).start();
    try (guard) {
      await(Kind.STARTED);
      long first = event(Kind.STARTED).pid().orElseThrow();
      try (PortGuard second = request().start()) {
        assertThat(second.await().message())
            .startsWith("another guard of port " + port + " is running: ");
      }

      RestartReport report =
          children.adopt(
              PortRestart.restart(port, Children.server(port))
                  .settle(SHORT)
                  .log(directory.resolve("server.log"))
                  .run());
      assertThat(report.toString()).contains("DONE");
      await(Kind.REPLACED);

      assertThat(event(Kind.REPLACED).message())
          .endsWith("it runs the command of this guard, and is guarded from now on");
      assertThat(listening()).hasSize(1).noneMatch(it -> it.pid() == first);
    }
    assertThat(guard.await().reason()).isEqualTo(GuardEnd.Reason.STOPPED);
    assertThat(listening()).isEmpty();
    assertThat(events).extracting(GuardEvent::kind).doesNotContain(Kind.RESTARTING, Kind.BAD);
  }

  @Test
  void whatMakesNoSenseIsRefused() {
    PortGuard.Request request = request();
    assertThatThrownBy(() -> request.interval(Duration.ofMillis(99)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("99ms is shorter than 100ms");
    assertThatThrownBy(() -> request.evidenceFile("../x", it -> ""))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("'../x' is not a file name");
    assertThatThrownBy(() -> request.evidenceFolders(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("0 is less than 1");
    assertThat(request)
        .hasToString(
            "guard of port %d, which looks every 200ms: start %s on port %d"
                .formatted(port, List.of(Children.server(port)), port));
  }
}
