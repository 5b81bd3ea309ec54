// SPDX-License-Identifier: Apache-2.0
package io.tcptable.restart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tcptable.OsProcess;
import io.tcptable.health.HealthProbe;
import io.tcptable.internal.Platforms;
import io.tcptable.internal.server.PortScope;
import io.tcptable.restart.Refusal.Kind;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import servers.Children;
import servers.FreePorts;

/** Commands that go into the background, as {@code nginx} and {@code redis --daemonize yes} do. */
@Timeout(120)
class BackgroundTest {

  /** Arguments: port, how often to fork, how long to wait after each. */
  private static final String DAEMON =
      """
      import os, socket, sys, time
      for _ in range(int(sys.argv[2])):
        if os.fork(): os._exit(0)
        os.setsid()
        time.sleep(float(sys.argv[3]))
      time.sleep(float(sys.argv[3]))
      s = socket.socket()
      s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
      s.bind(('127.0.0.1', int(sys.argv[1])))
      s.listen(9)
      end = time.time() + 60
      s.settimeout(60)
      while time.time() < end:
        c = s.accept()[0]
        c.recv(9999)
        c.sendall(b'HTTP/1.1 200 OK\\r\\nContent-Length: 0\\r\\n\\r\\n')
        c.close()
      """;

  @RegisterExtension final Children children = new Children();

  @TempDir private Path directory;

  private final int port = FreePorts.next();

  @BeforeEach
  void requireDetacher() {
    assumeTrue(Platforms.current().detacher().isPresent(), "needs a program such as setsid");
  }

  @AfterEach
  void endWhoListens() {
    for (OsProcess owner : listening()) {
      ProcessHandle.of(owner.pid())
          .filter(it -> it.pid() != ProcessHandle.current().pid())
          .ifPresent(ProcessHandle::destroyForcibly);
    }
  }

  private Set<OsProcess> listening() {
    return Listeners.owners(ScopedListeners.of(PortScope.of(port)).now());
  }

  private RestartReport start(String... command) {
    return children.adopt(
        PortRestart.start(port, command)
            .timeout(Duration.ofSeconds(30))
            .log(directory.resolve("server.log"))
            .health(HealthProbe.of(URI.create("http://127.0.0.1:" + port + "/")))
            .run());
  }

  @ParameterizedTest
  @CsvSource({"1, 0", "1, 0.7", "2, 0", "2, 0.3", "9, 0", "3, 0.2"})
  void theProcessThatListensThenIsTheServer(String forks, String pause) {
    RestartReport report = start(Children.python(), "-c", DAEMON, "" + port, forks, pause);

    assertThat(report.outcome()).as("%s", report).isEqualTo(Outcome.DONE);
    long pid = report.started().orElseThrow().pid();
    assertThat(listening()).extracting(OsProcess::pid).containsExactly(pid);
    assertThat(report.started().orElseThrow().exitCode()).isEmpty();
    assertThat(report.situation())
        .anyMatch(line -> line.startsWith("started and running: python3(" + pid + ")"));
  }

  @Test
  void aProcessOfItsOwnSessionIsFollowedToo() {
    RestartReport report =
        start(
            "/bin/sh",
            "-c",
            "\"$@\" & exit 0",
            "sh",
            Children.python(),
            "-c",
            DAEMON,
            "" + port,
            "0",
            "0.3");

    assertThat(report.outcome()).as("%s", report).isEqualTo(Outcome.DONE);
  }

  @Test
  void aCommandThatEndsAndLeavesNobodyIsToldAtOnce() {
    RestartReport report = start("/bin/true");

    assertThat(report.outcome()).as("%s", report).isEqualTo(Outcome.FAILED);
    assertThat(report.refusal().orElseThrow().kind()).isEqualTo(Kind.EXITED);
  }

  /** It was started by somebody else at the same time. */
  @Test
  void aStrangerIsNeverTakenForIt() {
    StepListener quicker = new QuickerServer(children, port);
    RestartReport report =
        children.adopt(
            PortRestart.start(port, "/bin/sh", "-c", "sleep 1; exit 0")
                .log(directory.resolve("server.log"))
                .listener(quicker)
                .run());

    assertThat(report.outcome()).as("%s", report).isEqualTo(Outcome.FAILED);
    assertThat(report.refusal().orElseThrow().kind()).isEqualTo(Kind.TAKEN_BY_ANOTHER);
  }
}
