// SPDX-License-Identifier: Apache-2.0
package io.tcptable.restart;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.Advice;
import io.tcptable.TcpTable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import servers.Children;
import servers.FreePorts;

/** A process that also serves other ports is named with them, and stopped only if asked. */
class OtherPortsTest {

  /** Listens on the ports of its arguments; after {@code -}, in a child, which says so. */
  private static final String SERVER =
      """
      import os, socket, sys, time
      kept = []
      for word in sys.argv[1:]:
          if word == '-':
              if os.fork():
                  time.sleep(60)
              while kept:
                  kept.pop().close()
          else:
              s = socket.socket()
              s.bind(('127.0.0.1', int(word)))
              s.listen(9)
              kept.append(s)
      print('ready', flush=True)
      time.sleep(60)
      """;

  @RegisterExtension final Children children = new Children();

  private final int port = FreePorts.next();
  private final int other = FreePorts.next();

  private Process server(Object... words) {
    String[] command = new String[3 + words.length];
    command[0] = Children.python();
    command[1] = "-c";
    command[2] = SERVER;
    for (int i = 0; i < words.length; i++) {
      command[3 + i] = words[i].toString();
    }
    return children.start(command);
  }

  @Test
  void aServerOfTwoPortsIsNotStoppedForOne() throws Exception {
    Process server = server(port, other);

    Refusal refusal = PortRestart.free(port).plan().refusal().orElseThrow();

    assertThat(refusal.kind()).isEqualTo(Refusal.Kind.OTHER_PORTS);
    assertThat(refusal.message())
        .endsWith("(" + server.pid() + ") also serves port " + other + ", which ends with it");
    assertThat(refusal.advice()).containsExactly(new Advice.StopOtherPorts());
    assertThat(PortRestart.free(port).run().outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(server.isAlive()).isTrue();
  }

  @Test
  void itIsIfThatIsAllowed() throws Exception {
    server(port, other);
    PortRestart free = PortRestart.free(port).allowOtherPorts();

    assertThat(free.plan().notes()).anyMatch(note -> note.contains("also serves port " + other));
    assertThat(free.run().outcome()).isEqualTo(Outcome.DONE);
    assertThat(TcpTable.snapshot(other).listeners()).isEmpty();
  }

  @Test
  void portsOfItsChildrenCount() throws Exception {
    Process server = server(port, "-", other);

    assertThat(PortRestart.free(port).plan().refusal().orElseThrow().message())
        .contains(
            "which ", "(" + server.pid() + ") has started, also serves port " + other + " and may");
    assertThat(PortRestart.free(other).plan().refusal()).isEmpty();
  }
}
