// SPDX-License-Identifier: Apache-2.0
package io.tcptable.attack;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.agreement.NeedsRoot;
import io.tcptable.agreement.UserAccount;
import io.tcptable.program.ProgramJar;
import io.tcptable.program.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import servers.Children;

/** Where other users' processes are hidden, nothing is guessed about them. */
@NeedsRoot
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

  /** PID 1 adopts it, which is root's: its number is in what the kernel says of the orphan. */
  @ParameterizedTest
  @ValueSource(strings = {"1", "2"})
  void aServerThatAHiddenProcessAdoptsIsKnown(String hidepid, @TempDir Path log)
      throws IOException {
    try (Attack attack = host.attack()) {
      host.namespace().hideProcesses(hidepid);
      Files.setAttribute(log, "unix:uid", UserAccount.NOBODY_UID);
      List<String> command = new ArrayList<>(host.namespace().prefix(UserAccount.NOBODY));
      command.addAll(
          ProgramJar.command("start", attack.port(), "--log", log.resolve("it").toString(), "--"));
      command.addAll(List.of("sh", "-c", "setsid \"$@\" & exit 0", "sh", Children.python(), "-m"));
      command.addAll(List.of("http.server", "--bind", "127.0.0.1", attack.port()));

      Run run = Run.of(command);

      assertThat(run.code()).as("%s", run).isZero();
      assertThat(run.out()).contains("started and running: python3(");
    }
  }
}
