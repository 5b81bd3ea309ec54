// SPDX-License-Identifier: Apache-2.0
package io.tcptable.story;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.diagnose.Finding;
import io.tcptable.diagnose.FindingCode;
import io.tcptable.diagnose.PortDiagnosis;
import io.tcptable.diagnose.Verdict;
import io.tcptable.health.HealthProbe;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import servers.FreePorts;

/** Each way to break a server is named, and nothing else is. */
class DiagnosisIT {

  private static final Duration DEADLINE = Duration.ofSeconds(1);
  private static final String HEALTHY = "{\"status\": \"healthy\"}";

  @Test
  void aHealthyServerHasNoFault() throws Exception {
    try (Backend backend = Backend.start(FreePorts.next(), "healthy")) {
      assertFaults(diagnose(backend), Verdict.HEALTHY);
    }
  }

  @Test
  void workersOfOneServerAreNoFault() throws Exception {
    try (Backend backend = Backend.start(FreePorts.next(), "prefork", "3")) {
      PortDiagnosis diagnosis = diagnose(backend);
      assertFaults(diagnosis, Verdict.HEALTHY);
      assertThat(codes(diagnosis)).contains(FindingCode.SHARED_LISTENER);
    }
  }

  @Test
  void aBusyServerIsNoFault() throws Exception {
    try (Backend backend = Backend.start(FreePorts.next(), "busy").ask(5000)) {
      assertFaults(diagnose(backend), Verdict.HEALTHY);
    }
  }

  @Test
  void severalInstances() throws Exception {
    int port = FreePorts.next();
    try (Backend first = Backend.start(port, "several").ask(40).giveUp();
        Backend second = Backend.start(port, "several");
        Backend third = Backend.start(port, "several")) {
      PortDiagnosis diagnosis = diagnose(first);
      assertFaults(
          diagnosis,
          Verdict.HANGING,
          FindingCode.SEVERAL_SERVERS,
          FindingCode.CLOSE_WAIT_PILEUP,
          FindingCode.NOT_READING,
          FindingCode.HEALTH_NO_RESPONSE);
      assertThat(finding(diagnosis, FindingCode.SEVERAL_SERVERS).pids())
          .containsExactlyInAnyOrder(
              first.pids().get(0), second.pids().get(0), third.pids().get(0));
      assertThat(finding(diagnosis, FindingCode.CLOSE_WAIT_PILEUP).pids())
          .containsExactly(first.pids().get(0));
    }
  }

  @Test
  void leakedConnections() throws Exception {
    try (Backend backend =
        Backend.start(FreePorts.next(), "leak").ask(40).giveUp().awaitStuck(40)) {
      assertFaults(
          diagnose(backend),
          Verdict.HANGING,
          FindingCode.CLOSE_WAIT_PILEUP,
          FindingCode.NOT_READING,
          FindingCode.HEALTH_NO_RESPONSE);
    }
  }

  @Test
  void nobodyAccepts() throws Exception {
    try (Backend backend = Backend.start(FreePorts.next(), "hung", "4").ask(5)) {
      assertFaults(
          diagnose(backend),
          Verdict.HANGING,
          FindingCode.ACCEPT_QUEUE_FULL,
          FindingCode.HEALTH_CONNECT_TIMEOUT,
          FindingCode.LISTEN_DROPS);
    }
  }

  @Test
  void aChildThatInheritedTheListener() throws Exception {
    try (Backend backend = Backend.start(FreePorts.next(), "orphan")) {
      assertFaults(
          diagnose(backend),
          Verdict.HANGING,
          FindingCode.NOT_ACCEPTING,
          FindingCode.HEALTH_NO_RESPONSE);
    }
  }

  @Test
  void aStoppedServer() throws Exception {
    try (Backend backend = Backend.start(FreePorts.next(), "healthy").signal("STOP")) {
      try {
        assertFaults(
            diagnose(backend),
            Verdict.HANGING,
            FindingCode.PROCESS_STOPPED,
            FindingCode.NOT_ACCEPTING,
            FindingCode.HEALTH_NO_RESPONSE);
      } finally {
        backend.signal("CONT");
      }
    }
  }

  @Test
  void outOfDescriptors() throws Exception {
    try (Backend backend = Backend.start(FreePorts.next(), "descriptors", "64").ask(2)) {
      assertFaults(
          diagnose(backend),
          Verdict.HANGING,
          FindingCode.DESCRIPTORS_EXHAUSTED,
          FindingCode.NOT_ACCEPTING,
          FindingCode.HEALTH_NO_RESPONSE);
    }
  }

  @Test
  void aReloaderIsNoFault() throws Exception {
    try (Backend backend = Backend.start(FreePorts.next(), "reloader")) {
      PortDiagnosis diagnosis = diagnose(backend);
      assertFaults(diagnosis, Verdict.HEALTHY);
      assertThat(codes(diagnosis)).contains(FindingCode.RELOADER_PARENT);
    }
  }

  @Test
  void theWrongStatus() throws Exception {
    try (Backend backend = Backend.start(FreePorts.next(), "wrong-status", "500")) {
      assertFaults(diagnose(backend), Verdict.DEGRADED, FindingCode.HEALTH_WRONG_STATUS);
    }
  }

  @Test
  void theWrongBody() throws Exception {
    try (Backend backend = Backend.start(FreePorts.next(), "wrong-body")) {
      assertFaults(diagnose(backend), Verdict.DEGRADED, FindingCode.HEALTH_WRONG_BODY);
    }
  }

  @Test
  void nobodyThere() throws Exception {
    PortDiagnosis diagnosis = PortDiagnosis.of(FreePorts.next());
    assertThat(diagnosis.verdict()).isEqualTo(Verdict.FREE);
    assertThat(codes(diagnosis)).contains(FindingCode.NOBODY_LISTENING);
  }

  private static PortDiagnosis diagnose(Backend backend) throws InterruptedException {
    return PortDiagnosis.request(backend.port())
        .health(HealthProbe.of(backend.port()).expectJson(HEALTHY).deadline(DEADLINE))
        .run();
  }

  private static void assertFaults(
      PortDiagnosis diagnosis, Verdict verdict, FindingCode... expected) {
    List<FindingCode> faults =
        diagnosis.findings().stream().filter(Finding::isFault).map(Finding::code).toList();
    assertThat(faults)
        .as("%s", diagnosis.findings())
        .containsExactlyInAnyOrderElementsOf(Arrays.asList(expected));
    assertThat(diagnosis.verdict()).isEqualTo(verdict);
  }

  private static List<FindingCode> codes(PortDiagnosis diagnosis) {
    return diagnosis.findings().stream().map(Finding::code).toList();
  }

  private static Finding finding(PortDiagnosis diagnosis, FindingCode code) {
    return diagnosis.findings().stream().filter(f -> f.code() == code).findFirst().orElseThrow();
  }
}
