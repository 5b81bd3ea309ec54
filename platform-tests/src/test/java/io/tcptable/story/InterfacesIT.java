// SPDX-License-Identifier: Apache-2.0
package io.tcptable.story;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.agreement.NeedsRoot;
import io.tcptable.agreement.UserAccount;
import io.tcptable.diagnose.FindingCode;
import io.tcptable.diagnose.Verdict;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Servers that are bound to network interfaces, as in VRFs. Needs iproute2. */
@NeedsRoot
@Tag("once")
class InterfacesIT {

  private static final String INTERFACES =
      """
      import subprocess
      for i in "01":
          for words in ("link add v%s type veth peer name w%s" % (i, i), "link set v%s up" % i,
                        "link set w%s up" % i, "addr add 10.78.%s.1/24 dev v%s" % (i, i)):
              subprocess.run(["ip"] + words.split(), check=True)
      """;

  @AutoClose private final Place place = new Place();

  @BeforeEach
  void addInterfaces() {
    place.act(INTERFACES);
  }

  @Test
  void onTwoInterfacesAreAskedAtTheirAddressesAndDoNotCompete() {
    place.backend("healthy", "0.0.0.0%v0");
    Backend second = place.backend("healthy", "0.0.0.0%v1");

    Diagnosed both = place.diagnose();

    assertThat(both.faults()).as("%s", both).isEmpty();
    assertThat(both.verdict()).isEqualTo(Verdict.HEALTHY);
    assertThat(both.finding(FindingCode.BOUND_TO_INTERFACE).seen())
        .contains("is bound to the network interface v", ": 0.0.0.0%v");
    Diagnosed one = place.diagnose("0.0.0.0%v1:" + Place.PORT, UserAccount.ROOT);
    assertThat(one.verdict()).as("%s", one).isEqualTo(Verdict.HEALTHY);
    assertThat(one.finding(FindingCode.BOUND_TO_INTERFACE).pids()).isEqualTo(second.pids());
  }

  @Test
  void areRefusedAtLocalhostForThatReason() {
    place.backend("healthy", "0.0.0.0%v0");

    Diagnosed diagnosis = place.diagnose(DiagnoseMain.HEALTH + "http://127.0.0.1:3001/health");

    assertThat(diagnosis.verdict()).as("%s", diagnosis).isEqualTo(Verdict.DOWN);
    assertThat(diagnosis.finding(FindingCode.ADDRESS_MISMATCH).seen())
        .isEqualTo("listens on 0.0.0.0%v0:3001, asked at 127.0.0.1:3001");
    assertThat(diagnosis.finding(FindingCode.HEALTH_REFUSED).meaning()).doesNotContain("firewall");
  }
}
