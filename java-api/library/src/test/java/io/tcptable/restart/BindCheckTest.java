// SPDX-License-Identifier: Apache-2.0
package io.tcptable.restart;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.ListenAddress;
import org.junit.jupiter.api.Test;
import servers.FreePorts;

/** What is known of an address before a server is started on it. */
class BindCheckTest {

  /** RFC 5737: an address for documentation, which no interface has. */
  private final ListenAddress elsewhere = ListenAddress.parse("192.0.2.1:" + FreePorts.next());

  private void assertRefused(PortRestart request) throws InterruptedException {
    Refusal planned = request.plan().refusal().orElseThrow();
    assertThat(planned.kind()).isEqualTo(Refusal.Kind.CANNOT_BIND);
    assertThat(planned.message())
        .isEqualTo(
            "no interface of this machine has the address of "
                + elsewhere
                + ", so the new server could not bind it");
    RestartReport report = request.run();
    assertThat(report.outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(report.refusal()).hasValue(planned);
    assertThat(report.started()).isEmpty();
  }

  @Test
  void anAddressThatIsNotHere() throws InterruptedException {
    assertRefused(PortRestart.start(elsewhere, "sleep", "1"));
    assertRefused(PortRestart.restart(elsewhere, "sleep", "1"));
  }

  /** Nobody listens there, and that is all that was asked for. */
  @Test
  void isFreeAllTheSame() {
    RestartReport report = PortRestart.free(elsewhere).run();

    assertThat(report.outcome()).as(report.toString()).isEqualTo(Outcome.DONE);
    assertThat(report.steps())
        .anyMatch(it -> it.detail().contains(elsewhere + " cannot be tried by this process: "));
  }
}
