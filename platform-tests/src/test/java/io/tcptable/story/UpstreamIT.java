// SPDX-License-Identifier: Apache-2.0
package io.tcptable.story;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.agreement.Namespace;
import io.tcptable.agreement.NeedsRoot;
import io.tcptable.agreement.PythonPeer;
import io.tcptable.agreement.UserAccount;
import io.tcptable.diagnose.FindingCode;
import io.tcptable.diagnose.Verdict;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A proxy whose server is in another network namespace, as one in a container. Needs iproute2. */
@NeedsRoot
@Tag("once")
class UpstreamIT {

  /** Hands each connection on, and closes it if it cannot. */
  private static final String PROXY =
      """
      import threading
      listener = listen("127.0.0.1", 3001)
      def copy(source, target):
          try:
              while data := source.recv(65536):
                  target.sendall(data)
          except OSError:
              pass
          target.close()
      def serve(client):
          try:
              server = create_connection(("10.99.0.2", 80))
          except OSError:
              client.close()
              return
          threading.Thread(target=copy, args=(client, server), daemon=True).start()
          copy(server, client)
      def proxy():
          while True:
              threading.Thread(target=serve, args=(listener.accept()[0],), daemon=True).start()
      threading.Thread(target=proxy, daemon=True).start()
      """;

  @AutoClose private final Namespace container = Namespace.create();
  @AutoClose private final Place host = new Place();

  @Test
  void theServerThereIsTheCause() {
    PythonPeer server = container.peer();
    host.act(
        """
        import subprocess
        for words in ("link add v0 type veth peer name v1 netns %d", "link set v0 up",
                      "address add 10.99.0.1/24 dev v0"):
            subprocess.run(["ip"] + words.split(), check=True)
        """
            .formatted(server.pid()));
    for (String words : List.of("link set v1 up", "address add 10.99.0.2/24 dev v1")) {
      container.output(UserAccount.ROOT, List.of(("ip " + words).split(" ", -1)), "");
    }
    host.act(PROXY);
    server.run("lo = listen('127.0.0.1', 80)");
    onItsOwnLoopback("python3(" + server.pid() + ")");
    server.run("lo.close(); all = listen('0.0.0.0', 80)");
    notAccepting("python3(" + server.pid() + ")");
  }

  private void onItsOwnLoopback(String server) {
    Diagnosed refused = host.diagnose();
    assertThat(refused.verdict()).as("%s", refused).isEqualTo(Verdict.DEGRADED);
    assertThat(refused.headline()).contains("it cannot connect to 10.99.0.2 and ");
    Diagnosed.Found found = refused.finding(FindingCode.CANNOT_CONNECT);
    assertThat(found.seen())
        .endsWith("failed during the health check: " + server + " listens on 127.0.0.1:80 only");
    assertThat(found.advice())
        .contains("Let the server listen on 0.0.0.0 (all addresses) there, and start it again.");
  }

  private void notAccepting(String server) {
    Diagnosed hung = host.diagnose();
    assertThat(hung.verdict()).as("%s", hung).isEqualTo(Verdict.HANGING);
    assertThat(hung.headline())
        .isEqualTo(
            "Port 3001 hangs: it waits for "
                + server
                + " at 10.99.0.2:80, and connections are not accepted and the health check gets no"
                + " answer.");
    assertThat(hung.faults())
        .containsExactly(
            FindingCode.NOT_ACCEPTING,
            FindingCode.WAITS_FOR_SERVER,
            FindingCode.HEALTH_NO_RESPONSE);
    assertThat(hung.finding(FindingCode.WAITS_FOR_SERVER).seen())
        .startsWith("1 request to 10.99.0.2:80, " + server + ", without an answer for ");
  }
}
