// SPDX-License-Identifier: Apache-2.0
package io.tcptable.story;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.agreement.NeedsRoot;
import io.tcptable.diagnose.Finding.Severity;
import io.tcptable.diagnose.FindingCode;
import io.tcptable.diagnose.Verdict;
import io.tcptable.story.Diagnosed.Found;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Connections that cannot go on, because packets are lost or one end does not do its part. */
@NeedsRoot
@Tag("once")
class ConnectionsIT {

  /** All clients but the health probe come from here, so that the loss meets only them. */
  private static final String CLIENTS =
      """
      def client(port=3001):
          s = socket()
          s.bind(('127.0.0.9', 0))
          s.settimeout(10)
          s.connect(('127.0.0.1', port))
          return s
      def asking(page):
          s = client()
          s.sendall(f'GET {page} HTTP/1.1\\r\\nHost: x\\r\\nConnection: close\\r\\n\\r\\n'.encode())
          return s
      """;

  @AutoClose private final Place place = new Place();

  @Test
  void handshakesThatAreNeverCompleted() {
    Backend backend = place.backend("healthy");
    place.lose("tcp sport 3001 ip daddr 127.0.0.9");
    place.act(
        """
        flood = []
        for i in range(100):
            s = socket()
            s.bind(('127.0.0.9', 0))
            s.setblocking(False)
            s.connect_ex(('127.0.0.1', 3001))
            flood.append(s)
        """);

    Diagnosed diagnosis = place.diagnose();

    assertFaults(diagnosis, Verdict.DEGRADED, FindingCode.SYN_BACKLOG);
    Found found = diagnosis.finding(FindingCode.SYN_BACKLOG);
    assertThat(found.pids()).isEqualTo(backend.pids());
    assertThat(found.evidence()).containsEntry("halfOpen", 100L).containsEntry("limit", 128L);
  }

  @Test
  void clientsThatDoNotReadWhatTheyAskedFor() {
    Backend backend = place.backend("stream");
    place.act(CLIENTS + "clients = [asking('/stream') for i in range(8)]");
    place.act("until(lambda: all(s.recv(1, MSG_PEEK) for s in clients))");

    Diagnosed diagnosis = place.diagnose();

    assertFaults(diagnosis, Verdict.DEGRADED, FindingCode.PEER_NOT_READING);
    Found found = diagnosis.finding(FindingCode.PEER_NOT_READING);
    assertThat(found.pids()).isEqualTo(backend.pids());
    assertThat(found.evidence()).containsEntry("connections", 8L).containsEntry("windowClosed", 8L);
  }

  @Test
  void clientsThatAreGoneWithoutAWord() {
    place.backend("healthy");
    place.act(
        CLIENTS
            + """
            clients = [client() for i in range(8)]
            for s in clients: s.sendall(b'GET /health HTTP/1.1\\r\\n')
            """);
    place.lose("tcp sport 3001 ip daddr 127.0.0.9");
    place.act("for s in clients: s.sendall(b'\\r\\n')");

    Diagnosed diagnosis = place.diagnose();

    assertFaults(diagnosis, Verdict.DEGRADED, FindingCode.PEER_NOT_READING);
    assertThat(diagnosis.finding(FindingCode.PEER_NOT_READING).evidence())
        .containsEntry("connections", 8L)
        .containsEntry("windowClosed", 0L);
  }

  @Test
  void connectionsThatTheServerClosedAndTheClientsLost() {
    place.backend("healthy");
    place.act(CLIENTS + "clients = [client() for i in range(220)]");
    place.lose("tcp sport 3001 ip daddr 127.0.0.9");
    place.act(
        "for s in clients: s.sendall(b'GET /health HTTP/1.1\\r\\nConnection: close\\r\\n\\r\\n')");

    Diagnosed diagnosis = place.diagnose();

    assertFaults(diagnosis, Verdict.DEGRADED, FindingCode.ORPHANS);
    Found found = diagnosis.finding(FindingCode.ORPHANS);
    assertThat(found.pids()).isEmpty();
    assertThat(found.evidence()).containsEntry("orphansOfPort", 220L);
  }

  @Test
  void connectionsThatTheServerClosedAndTheClientsDoNot() {
    place.backend("healthy");
    place.act(CLIENTS + "clients = [asking('/health') for i in range(220)]");

    Diagnosed diagnosis = place.diagnose();

    assertFaults(diagnosis, Verdict.DEGRADED, FindingCode.FIN_WAIT_PILEUP);
    assertThat(diagnosis.finding(FindingCode.FIN_WAIT_PILEUP).evidence())
        .containsEntry("finWait2", 220L)
        .containsEntry("owned", 0L);
  }

  @Test
  void connectionsThatTheServerShutDownButDoesNotClose() {
    Backend backend = place.backend("half-close");
    place.act(CLIENTS + "clients = [asking('/health') for i in range(220)]");

    Diagnosed diagnosis = place.diagnose();

    assertFaults(diagnosis, Verdict.DEGRADED, FindingCode.FIN_WAIT_PILEUP);
    Found found = diagnosis.finding(FindingCode.FIN_WAIT_PILEUP);
    assertThat(found.pids()).isEqualTo(backend.pids());
    assertThat(found.evidence()).containsEntry("owned", 220L);
  }

  /** The health probe leaves one more behind, which is not the server's growing pile. */
  @Test
  void theProbeIsNotCountedAmongThoseLeftUnclosed() {
    Backend backend = place.backend("answer-and-leak");
    place.act(CLIENTS + "clients = [asking('/health') for i in range(10)]");
    place.act("for s in clients: s.recv(1000); s.close()");

    Diagnosed diagnosis = place.diagnose();

    assertFaults(diagnosis, Verdict.DEGRADED, FindingCode.CLOSE_WAIT_PILEUP);
    Found found = diagnosis.finding(FindingCode.CLOSE_WAIT_PILEUP);
    assertThat(found.severity()).isEqualTo(Severity.WARNING);
    assertThat(found.pids()).isEqualTo(backend.pids());
    assertThat(found.evidence()).containsEntry("closeWait", 10L);
  }

  @Test
  void nearlyNoPortLeftToConnectFrom() {
    place.backend("healthy");
    place.set("net.ipv4.ip_local_port_range", "40000 40039");
    place.act(CLIENTS + "for i in range(38): s = connect('127.0.0.1', 3001); s.close()");

    Diagnosed diagnosis = place.diagnose();

    assertFaults(diagnosis, Verdict.DEGRADED, FindingCode.PORTS_EXHAUSTED);
    Found found = diagnosis.finding(FindingCode.PORTS_EXHAUSTED);
    assertThat(found.severity()).isEqualTo(Severity.WARNING);
    assertThat(found.evidence())
        .containsEntry("available", 40L)
        .containsEntry("destination", "127.0.0.1:3001");
  }

  @Test
  void noPortLeftToConnectFrom() {
    place.backend("healthy");
    place.set("net.ipv4.ip_local_port_range", "40000 40019");
    place.act("clients = [connect('127.0.0.1', 3001) for i in range(20)]");

    Diagnosed diagnosis = place.diagnose();

    assertFaults(
        diagnosis, Verdict.UNKNOWN, FindingCode.PORTS_EXHAUSTED, FindingCode.HEALTH_UNREACHABLE);
    assertThat(diagnosis.headline())
        .isEqualTo(
            "Port 3001 cannot be judged: clients run out of local ports"
                + " and the health check cannot reach it.");
    assertThat(diagnosis.finding(FindingCode.PORTS_EXHAUSTED).seen())
        .startsWith("20 of 20 local ports");
  }

  @Test
  void packetsThatAFirewallDrops() {
    place.backend("healthy");
    place.lose("tcp dport 3001");

    assertFaults(place.diagnose(), Verdict.HANGING, FindingCode.HEALTH_CONNECT_TIMEOUT);
  }

  @Test
  void dropsOfAnotherPortAreNoFaultOfThisOne() {
    place.backend("healthy");
    place.act(
        """
        full = listen('127.0.0.1', 3002, backlog=0)
        waiting = [connecting('127.0.0.1', 3002) for i in range(4)]
        """);

    Diagnosed diagnosis = place.diagnose();

    assertFaults(diagnosis, Verdict.HEALTHY);
    assertThat(diagnosis.codes()).contains(FindingCode.LISTEN_DROPS);
  }

  private static void assertFaults(Diagnosed diagnosis, Verdict verdict, FindingCode... expected) {
    assertThat(diagnosis.faults()).as("%s", diagnosis).containsExactly(expected);
    assertThat(diagnosis.verdict()).isEqualTo(verdict);
  }
}
