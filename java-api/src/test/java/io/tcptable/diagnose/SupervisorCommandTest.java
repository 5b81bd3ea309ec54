package io.tcptable.diagnose;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SupervisorCommandTest {

  @Test
  void ofSystemd() {
    assertThat(SupervisorCommand.ofService("web.service", false, "restart"))
        .isEqualTo("systemctl restart web.service");
    assertThat(SupervisorCommand.ofService("web.service", true, "status"))
        .isEqualTo("systemctl --user status web.service");
  }

  /** Their names may have a dot too. */
  @Test
  void ofWindows() {
    assertThat(SupervisorCommand.ofService("postgresql-x64-9.6", false, "restart"))
        .isEqualTo("Restart-Service postgresql-x64-9.6");
    assertThat(SupervisorCommand.ofService("Dnscache, NlaSvc", false, "status"))
        .isEqualTo("Get-Service Dnscache, NlaSvc");
  }
}
