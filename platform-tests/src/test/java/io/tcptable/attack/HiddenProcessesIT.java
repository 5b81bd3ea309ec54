// SPDX-License-Identifier: Apache-2.0
package io.tcptable.attack;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.agreement.UserAccount;
import io.tcptable.program.ProgramJar;
import io.tcptable.program.Run;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where other users' processes are hidden, nothing is guessed about them. */
@Tag("once")
class HiddenProcessesIT {

  @AutoClose private final HostileHost host = new HostileHost();

  @ParameterizedTest
  @ValueSource(strings = {"1", "2"})
  void whoseServerItIsCannotBeSeen(String hidepid) throws IOException {
    try (Attack attack = host.attack()) {
      attack.root().run("hang()");
      host.namespace().hideProcesses(hidepid);
      List<String> command = new ArrayList<>(host.namespace().prefix(UserAccount.NOBODY));
      command.addAll(ProgramJar.command("free", attack.port(), "--yes"));

      Run run = Run.of(command);

      assertThat(run.code()).as("%s", run).isEqualTo(3);
      assertThat(run.out() + run.err())
          .contains("Run it as root.")
          .doesNotContain("container", "docker", "podman", "should not happen");
      assertThat(attack.tcptable("list", attack.port()).out()).contains("LISTEN");
    }
  }
}
