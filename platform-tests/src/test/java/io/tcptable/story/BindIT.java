// SPDX-License-Identifier: Apache-2.0
package io.tcptable.story;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.agreement.NeedsRoot;
import io.tcptable.agreement.UserAccount;
import io.tcptable.diagnose.Finding.Severity;
import io.tcptable.diagnose.FindingCode;
import io.tcptable.diagnose.Verdict;
import io.tcptable.story.Diagnosed.Found;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Ports on which nobody listens, and which a server cannot have all the same. */
@NeedsRoot
@Tag("once")
class BindIT {

  @AutoClose private final Place place = new Place();

  @Test
  void nothingKeepsAServerOut() {
    Diagnosed diagnosis = place.diagnose();

    assertThat(diagnosis.codes()).containsExactly(FindingCode.NOBODY_LISTENING);
    assertThat(diagnosis.verdict()).isEqualTo(Verdict.FREE);
  }

  @Test
  void privilegedPort() {
    Diagnosed diagnosis = place.diagnose(80, UserAccount.NOBODY);

    assertFaults(diagnosis, Verdict.DOWN, FindingCode.BIND_REFUSED, FindingCode.NOBODY_LISTENING);
    Found found = diagnosis.finding(FindingCode.BIND_REFUSED);
    assertThat(found.evidence()).containsEntry("firstUnprivilegedPort", 1024L);
    assertThat(found.meaning()).contains("privileged");
    assertThat(place.diagnose(80, UserAccount.ROOT).verdict()).isEqualTo(Verdict.FREE);
  }

  @Test
  void connectionsInTheirLastMinute() {
    place.act(
        """
        listener = listen('127.0.0.1', 3001)
        client, server = pair(listener)
        server.close()
        until(lambda: state(client) == "CLOSE_WAIT")
        client.close(); listener.close()
        """);

    Diagnosed diagnosis = place.diagnose();

    assertFaults(diagnosis, Verdict.FREE, FindingCode.NOBODY_LISTENING);
    Found found = diagnosis.finding(FindingCode.BIND_REFUSED);
    assertThat(found.severity()).isEqualTo(Severity.INFO);
    assertThat(found.evidence()).containsEntry("timeWait", 1L);
    assertThat(found.meaning()).contains("SO_REUSEADDR");
  }

  @Test
  void anOutgoingConnectionThatWasGivenThePort() {
    place.set("net.ipv4.ip_local_port_range", "40000 40000");
    place.set("net.ipv4.ip_local_reserved_ports", "8080,9000-9002");
    place.act("listener = listen('127.0.0.1', 3002); client, server = pair(listener)");

    Diagnosed diagnosis = place.diagnose(40_000, UserAccount.ROOT);

    assertFaults(diagnosis, Verdict.DOWN, FindingCode.NOBODY_LISTENING, FindingCode.BIND_REFUSED);
    Found found = diagnosis.finding(FindingCode.BIND_REFUSED);
    assertThat(found.pids()).containsExactly(place.peer());
    assertThat(found.meaning()).contains("lies in the ephemeral port range");
    assertThat(found.advice())
        .containsExactly(
            "tcptable free 40000",
            "sysctl -w net.ipv4.ip_local_reserved_ports=8080,9000-9002,40000");
  }

  /** What is reserved is given to no outgoing connection, so that needs no advice. */
  @Test
  void anOutgoingConnectionFromAReservedPort() {
    place.set("net.ipv4.ip_local_reserved_ports", "40000");
    place.act(
        """
        listener = listen('127.0.0.1', 3002)
        client = socket(); client.bind(('127.0.0.1', 40000)); client.connect(('127.0.0.1', 3002))
        """);

    Found found = place.diagnose(40_000, UserAccount.ROOT).finding(FindingCode.BIND_REFUSED);

    assertThat(found.pids()).containsExactly(place.peer());
    assertThat(found.meaning()).doesNotContain("lies in the ephemeral port range");
    assertThat(found.advice()).containsExactly("tcptable free 40000");
  }

  @Test
  void somebodyHasThePortWithoutListening() {
    place.act("s = socket(); s.bind(('127.0.0.1', 3001))");

    Diagnosed diagnosis = place.diagnose();

    assertFaults(diagnosis, Verdict.DOWN, FindingCode.NOBODY_LISTENING, FindingCode.BIND_REFUSED);
    assertThat(diagnosis.finding(FindingCode.BIND_REFUSED).pids()).containsExactly(place.peer());
  }

  @Test
  void anotherUserHasThePortWithoutListening() {
    place.act("s = socket(); s.bind(('127.0.0.1', 3001))");

    Diagnosed diagnosis = place.diagnose(Place.PORT, UserAccount.NOBODY);

    assertFaults(
        diagnosis,
        Verdict.DOWN,
        FindingCode.NOBODY_LISTENING,
        FindingCode.BIND_REFUSED,
        FindingCode.OWNER_UNKNOWN);
    assertThat(diagnosis.finding(FindingCode.BIND_REFUSED).advice())
        .containsExactly("sudo tcptable diagnose 3001");
  }

  private static void assertFaults(Diagnosed diagnosis, Verdict verdict, FindingCode... expected) {
    assertThat(diagnosis.faults()).as("%s", diagnosis).containsExactly(expected);
    assertThat(diagnosis.verdict()).isEqualTo(verdict);
  }
}
