// SPDX-License-Identifier: Apache-2.0
package io.tcptable;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.diagnose.PortDiagnosis;
import io.tcptable.health.HealthProbe;
import io.tcptable.restart.PortDrop;
import io.tcptable.restart.PortRestart;
import io.tcptable.restart.PortWait;
import java.net.StandardProtocolFamily;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A request that is printed says what it asks for. */
class TextOfRequestsTest {

  @Test
  void saysWhatItAsksFor() {
    assertThat(TcpQuery.all()).hasToString("TcpQuery[detail=false, owners=true]");
    assertThat(
            TcpQuery.all()
                .localPorts(443, 80)
                .remotePort(9)
                .states(TcpState.LISTEN, TcpState.CLOSE_WAIT)
                .family(StandardProtocolFamily.INET6)
                .withDetail()
                .withoutOwners())
        .hasToString(
            "TcpQuery[localPorts=[80, 443], remotePort=9, states=[CLOSE_WAIT, LISTEN],"
                + " family=INET6, detail=true, owners=false]");
    assertThat(PortRestart.restart(3001, "java", "-jar", "app.jar"))
        .hasToString("stop who is on port 3001, start [java, -jar, app.jar]");
    assertThat(PortRestart.start(3001, "true")).hasToString("start [true] on port 3001");
    assertThat(PortRestart.free(3001)).hasToString("stop who is on port 3001");
    assertThat(PortRestart.asItWas(3001))
        .hasToString("stop who is on port 3001, start the server as it was");
    assertThat(PortDrop.of(3001)).hasToString("connections of port 3001 in [CLOSE_WAIT]");
    assertThat(PortWait.untilFree(3001).timeout(Duration.ofSeconds(5)))
        .hasToString("until port 3001 is free, 5s at most");
    assertThat(PortWait.untilHealthy(HealthProbe.of(3001)))
        .hasToString("until http://localhost:3001/health is healthy, 30s at most");
    assertThat(PortDiagnosis.request(3001).withoutHealthCheck())
        .hasToString("diagnosis of port 3001 by two looks 1s apart, without a health check");
  }
}
