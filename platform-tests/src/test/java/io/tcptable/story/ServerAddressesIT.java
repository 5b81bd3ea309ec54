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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers that run, but not at the address that is asked. */
@NeedsRoot
@Tag("once")
class ServerAddressesIT {

  @AutoClose private final Place place = new Place();

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "0.0.0.0", "::"})
  void wherePeopleExpectIt(String address) {
    place.backend("healthy", address);

    Diagnosed diagnosis = place.diagnose();

    assertThat(diagnosis.findings()).as("%s", diagnosis).isEmpty();
    assertThat(diagnosis.verdict()).isEqualTo(Verdict.HEALTHY);
  }

  @Test
  void onlyAtTheIpv6AddressOfLocalhost() {
    place.backend("healthy", "::1");

    Diagnosed diagnosis = place.diagnose();

    assertThat(diagnosis.faults()).as("%s", diagnosis).isEmpty();
    assertThat(diagnosis.verdict()).isEqualTo(Verdict.HEALTHY);
    Found found = diagnosis.finding(FindingCode.ADDRESS_MISMATCH);
    assertThat(found.severity()).isEqualTo(Severity.INFO);
    assertThat(found.evidence()).containsEntry("refused", "127.0.0.1:3001");
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.2, http://localhost:3001/health, 127.0.0.2:3001",
    "127.0.0.1, http://[::1]:3001/health, 127.0.0.1:3001",
    "0.0.0.0, http://[::1]:3001/health, 0.0.0.0:3001",
    "::1, http://127.0.0.1:3001/health, [::1]:3001"
  })
  void elsewhere(String address, String asked, String listening) {
    Backend backend = place.backend("healthy", address);

    Diagnosed diagnosis = place.diagnose(DiagnoseMain.HEALTH + asked);

    assertThat(diagnosis.faults())
        .as("%s", diagnosis)
        .containsExactly(FindingCode.ADDRESS_MISMATCH, FindingCode.HEALTH_REFUSED);
    assertThat(diagnosis.verdict()).isEqualTo(Verdict.DOWN);
    Found found = diagnosis.finding(FindingCode.ADDRESS_MISMATCH);
    assertThat(found.pids()).isEqualTo(backend.pids());
    assertThat(found.evidence()).containsEntry("listening", listening);
  }
}
