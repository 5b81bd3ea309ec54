// SPDX-License-Identifier: Apache-2.0
package io.tcptable.restart;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import servers.Children;
import servers.FreePorts;

/** What the server has started and does not hold the port is named, before and after. */
class LeftBehindTest {

  /** Listens, and has a child without the socket. */
  private static final String SERVER =
      """
      import socket, subprocess, sys, time
      s = socket.socket()
      s.bind(('127.0.0.1', int(sys.argv[1])))
      s.listen(9)
      subprocess.Popen(['sleep', '60'], stdout=subprocess.DEVNULL)
      print('ready', flush=True)
      time.sleep(60)
      """;

  @RegisterExtension final Children children = new Children();

  private final int port = FreePorts.next();

  @Test
  void aChildWithoutTheSocketIsNotStoppedAndNamed() throws Exception {
    Process server = children.start(Children.python(), "-c", SERVER, "" + port);
    ProcessHandle child = server.children().findFirst().orElseThrow();
    PortRestart free = PortRestart.free(port).settle(Duration.ZERO);

    assertThat(free.plan().notes())
        .contains(
            "started by the server and not stopped, since it holds no socket of the port: sleep("
                + child.pid()
                + ")");
    RestartReport report = free.run();

    assertThat(report.outcome()).as("%s", report).isEqualTo(Outcome.DONE);
    assertThat(report.situation())
        .contains("started by what was stopped, and still running: sleep(" + child.pid() + ")");
    assertThat(child.isAlive()).isTrue();
  }
}
