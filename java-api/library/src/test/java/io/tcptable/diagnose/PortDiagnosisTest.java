// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tcptable.Endpoint;
import io.tcptable.health.HealthProbe;
import io.tcptable.process.ProcessStatus;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import servers.FreePorts;
import servers.Loopback;
import servers.ScriptedServer;

/** Whole diagnoses of servers in this very process, from the kernel to the verdict. */
@Timeout(60)
class PortDiagnosisTest {

  private static final String HEALTHY =
      "HTTP/1.1 200 OK\r\nContent-Length: 21\r\n\r\n{\"status\": \"healthy\"}";

  private final List<Socket> clients = new ArrayList<>();

  @AfterEach
  void closeClients() throws IOException {
    for (Socket client : clients) {
      client.close();
    }
  }

  private void connect(int count, int port) throws IOException {
    for (int i = 0; i < count; i++) {
      Socket client = new Socket();
      clients.add(client);
      client.connect(new InetSocketAddress(Loopback.V4, port), 5000);
    }
  }

  private static PortDiagnosis diagnose(int port) throws InterruptedException {
    return PortDiagnosis.request(port)
        .health(HealthProbe.of(port).deadline(Duration.ofMillis(1500)))
        .run();
  }

  /** Of this port: what the kernel counts of all ports may be of another program. */
  private static List<Finding> ofThisPort(PortDiagnosis diagnosis) {
    return diagnosis.findings().stream()
        .filter(finding -> finding.code() != FindingCode.LISTEN_DROPS)
        .toList();
  }

  private static List<FindingCode> codes(PortDiagnosis diagnosis) {
    return ofThisPort(diagnosis).stream().map(Finding::code).toList();
  }

  private static List<FindingCode> faults(PortDiagnosis diagnosis) {
    return diagnosis.findings().stream().filter(Finding::isFault).map(Finding::code).toList();
  }

  @Test
  void aHealthyServer() throws Exception {
    try (ScriptedServer server = ScriptedServer.answering(HEALTHY)) {
      PortDiagnosis diagnosis = diagnose(server.port());

      assertThat(diagnosis.verdict()).as(diagnosis.headline()).isEqualTo(Verdict.HEALTHY);
      assertThat(codes(diagnosis)).isEmpty();
      assertThat(diagnosis.table().listeners()).hasSize(1);
      assertThat(diagnosis.watched()).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(20));
      ProcessEvidence owner = diagnosis.owners().get(0);
      assertThat(owner.pid()).isEqualTo(ProcessHandle.current().pid());
      assertThat(owner.commandLine()).isNotEmpty();
      assertThat(owner.status().map(ProcessStatus::descriptorLimit)).isPresent();
      assertThat(diagnosis.ancestors())
          .extracting(ProcessEvidence::pid)
          .contains(ProcessHandle.current().parent().orElseThrow().pid());
    }
  }

  @Test
  void aServerThatIsNotAskedIsLeftAlone() throws Exception {
    try (ServerSocket listener = new ServerSocket(0, 50, Loopback.V4)) {
      PortDiagnosis diagnosis =
          PortDiagnosis.request(listener.getLocalPort()).withoutHealthCheck().run();

      assertThat(diagnosis.verdict()).as(diagnosis.headline()).isEqualTo(Verdict.UNKNOWN);
      assertThat(diagnosis.headline())
          .startsWith("Port " + listener.getLocalPort() + " was not asked: it is held by ")
          .endsWith(", and its sockets show nothing wrong.");
      assertThat(faults(diagnosis)).isEmpty();
      assertThat(diagnosis.health().isAsked()).isFalse();
      listener.setSoTimeout(100);
      assertThatExceptionOfType(SocketTimeoutException.class).isThrownBy(listener::accept);
    }
  }

  @Test
  void whatTheKernelShowsNeedsNoHealthCheck() throws Exception {
    try (ServerSocket listener = new ServerSocket(0, 50, Loopback.V4)) {
      connect(2, listener.getLocalPort());
      PortDiagnosis diagnosis =
          PortDiagnosis.request(listener.getLocalPort()).withoutHealthCheck().run();

      assertThat(diagnosis.verdict()).isEqualTo(Verdict.HANGING);
      assertThat(faults(diagnosis)).containsExactly(FindingCode.NOT_ACCEPTING);
      assertThat(diagnosis.health().isAsked()).isFalse();
    }
    PortDiagnosis free = PortDiagnosis.request(FreePorts.next()).withoutHealthCheck().run();
    assertThat(free.verdict()).isEqualTo(Verdict.FREE);
  }

  @Test
  void aListenerThatNeverAccepts() throws Exception {
    try (ServerSocket listener = new ServerSocket(0, 50, Loopback.V4)) {
      connect(3, listener.getLocalPort());
      PortDiagnosis diagnosis = diagnose(listener.getLocalPort());

      assertThat(diagnosis.verdict()).isEqualTo(Verdict.HANGING);
      assertThat(faults(diagnosis))
          .containsExactly(FindingCode.NOT_ACCEPTING, FindingCode.HEALTH_NO_RESPONSE);
      Finding finding = ofThisPort(diagnosis).get(0);
      assertThat(finding.pids()).containsExactly(ProcessHandle.current().pid());
      assertThat(finding.evidence()).containsEntry("waitingBefore", 3L);
    }
  }

  @Test
  void aServerThatNeverCloses() throws Exception {
    List<Socket> accepted = new ArrayList<>();
    try (ServerSocket listener = new ServerSocket(0, 50, Loopback.V4)) {
      connect(7, listener.getLocalPort());
      for (Socket client : clients) {
        accepted.add(listener.accept());
        client.close();
      }
      PortDiagnosis diagnosis = diagnose(listener.getLocalPort());

      assertThat(diagnosis.verdict()).isEqualTo(Verdict.HANGING);
      assertThat(faults(diagnosis))
          .containsExactly(
              FindingCode.NOT_ACCEPTING,
              FindingCode.CLOSE_WAIT_PILEUP,
              FindingCode.HEALTH_NO_RESPONSE);
    } finally {
      for (Socket socket : accepted) {
        socket.close();
      }
    }
  }

  @Test
  void aListenerAtAnotherAddress() throws Exception {
    try (ServerSocket listener = new ServerSocket(0, 50, Loopback.address(127, 0, 0, 2))) {
      URI asked = URI.create("http://localhost:" + listener.getLocalPort() + "/health");
      PortDiagnosis diagnosis =
          PortDiagnosis.request(listener.getLocalPort()).health(HealthProbe.of(asked)).run();

      assertThat(diagnosis.verdict()).isEqualTo(Verdict.DOWN);
      assertThat(faults(diagnosis))
          .containsExactly(FindingCode.ADDRESS_MISMATCH, FindingCode.HEALTH_REFUSED);
    }
  }

  /** Nobody has said where to ask. */
  @Test
  void aServerAtAnotherAddressIsAskedThere() throws Exception {
    try (ScriptedServer server =
        ScriptedServer.start(
            Loopback.address(127, 0, 0, 2),
            connection -> ScriptedServer.answer(connection, HEALTHY))) {
      PortDiagnosis diagnosis = diagnose(server.port());

      assertThat(diagnosis.verdict()).as(diagnosis.headline()).isEqualTo(Verdict.HEALTHY);
      assertThat(codes(diagnosis)).containsExactly(FindingCode.ADDRESS_MISMATCH);
      assertThat(ofThisPort(diagnosis).get(0).seen())
          .contains("127.0.0.2")
          .endsWith(":" + server.port() + ", and not at localhost");
    }
  }

  /** As Java's own listeners are: {@code ::ffff:127.0.0.1}. */
  @Test
  void anIpv4MappedListenerIsOneOfIpv4() throws Exception {
    try (ServerSocket listener = new ServerSocket(0, 50, Loopback.V4)) {
      int port = listener.getLocalPort();
      SocketEvidence seen = Sample.at(port).comparedWith(Sample.at(port)).get(0);

      assertThat(seen.local().host()).isEqualTo("::ffff:127.0.0.1");
      assertThat(seen.bound().isV6()).isFalse();
      assertThat(seen.covers(Endpoint.of(Loopback.V4, port))).isTrue();
      assertThat(seen.covers(Endpoint.of(Loopback.V6, port))).isFalse();
    }
  }

  @Test
  void nobody() throws Exception {
    PortDiagnosis diagnosis = diagnose(FreePorts.next());
    assertThat(diagnosis.verdict()).isEqualTo(Verdict.FREE);
    assertThat(codes(diagnosis)).containsExactly(FindingCode.NOBODY_LISTENING);
    assertThat(diagnosis.owners()).isEmpty();
  }

  @Test
  void anOutgoingConnectionThatTookThePort() throws Exception {
    try (ServerSocket elsewhere = new ServerSocket(0, 1, Loopback.V4)) {
      connect(1, elsewhere.getLocalPort());
      PortDiagnosis diagnosis = diagnose(clients.get(0).getLocalPort());

      assertThat(diagnosis.verdict()).isEqualTo(Verdict.DOWN);
      assertThat(faults(diagnosis))
          .containsExactly(FindingCode.NOBODY_LISTENING, FindingCode.BIND_REFUSED);
    }
  }

  @Test
  @Tag("needs-jdk")
  void aThreadDumpOfThisVeryJvm() throws Exception {
    try (ScriptedServer server = ScriptedServer.answering(HEALTHY)) {
      PortDiagnosis diagnosis = PortDiagnosis.request(server.port()).threadDumps().run();
      String dump = diagnosis.threadDumps().get(ProcessHandle.current().pid());
      assertThat(dump).contains("\"scripted-server\"").contains("java.lang.Thread.State");
      assertThat(diagnosis.verdict()).isEqualTo(Verdict.HEALTHY);
    }
  }

  @Test
  void theCallerChoosesHowFarApartTheLooksAre() throws Exception {
    try (ScriptedServer server = ScriptedServer.answering(HEALTHY)) {
      Duration chosen = Duration.ofMillis(150);
      Duration watched;
      do {
        PortDiagnosis diagnosis =
            PortDiagnosis.request(server.port()).secondLookAfter(chosen).run();
        assertThat(diagnosis.verdict()).isEqualTo(Verdict.HEALTHY);
        watched = diagnosis.watched();
        assertThat(watched).isGreaterThanOrEqualTo(chosen);
        // Unless chosen, it is a second at least; a busy machine may make one of 150 ms so long.
      } while (watched.compareTo(Duration.ofSeconds(1)) >= 0);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT0S", "PT0.099S", "-PT1S", "PT24H0.001S"})
  void looksTooCloseOrTooFarApartAreAnError(Duration distance) {
    assertThatThrownBy(() -> PortDiagnosis.request(3001).secondLookAfter(distance))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(distance + " is not from PT0.1S to PT24H");
  }
}
