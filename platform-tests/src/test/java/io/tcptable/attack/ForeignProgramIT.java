// SPDX-License-Identifier: Apache-2.0
package io.tcptable.attack;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.agreement.NeedsRoot;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Root is never advised to run another user's program as root. */
@NeedsRoot
@Tag("once")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Execution(ExecutionMode.CONCURRENT)
class ForeignProgramIT {

  private static final String PAYLOAD = "shutil.copy('/usr/bin/python3', 'payload')\n";

  @AutoClose private final HostileHost host = new HostileHost();
  private final AdvisedCommands advised = new AdvisedCommands(host);

  /** Arguments that the process has written itself: the kernel says that it runs Python. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "b'./payload'",
        "b'payload'",
        "b'payload', b'--', b'x'",
        "b'./../home/payload', b'server.py'",
        "os.getcwd().encode() + b'/payload'",
        "b'tcptable', b'restart', b'1', b'--', b'./payload'",
      })
  void aProgramThatItOnlyClaims(String words) throws IOException {
    try (Attack attack = host.attack()) {
      attack.attacker().run(home(attack) + PAYLOAD + "arguments(" + words + ")\nhang()");

      for (List<String> call : restarts(attack)) {
        assertThat(call).noneMatch(word -> word.contains("payload"));
        assertIsRunAsNobody(call);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"./payload", "/usr/bin/python3"})
  void aProgramThatItRuns(String program) throws IOException {
    try (Attack attack = host.attack()) {
      attack.attacker().run(home(attack) + PAYLOAD + "run_hanging('" + program + "')");

      List<List<String>> restarts = restarts(attack);

      assertThat(restarts)
          .isNotEmpty()
          .allSatisfy(ForeignProgramIT::assertIsRunAsNobody)
          .allSatisfy(call -> assertThat(call).doesNotContain(program, "server.py"));
    }
  }

  private static String home(Attack attack) {
    return "enter(" + Attack.bytes(attack.folder() + "/home") + ")\n";
  }

  /** What a shell makes of the advice that starts something. */
  private List<List<String>> restarts(Attack attack) throws IOException {
    List<List<String>> restarts = new ArrayList<>();
    for (String command : AdvisedCommands.all(attack)) {
      advised.calls(attack, command).stream()
          .filter(call -> call.contains("restart"))
          .forEach(restarts::add);
    }
    return restarts;
  }

  private static void assertIsRunAsNobody(List<String> call) {
    List<String> started = call.subList(call.indexOf("--") + 1, call.size());
    assertThat(call).startsWith("tcptable", "restart").contains("--");
    assertThat(started.subList(0, 4)).containsExactly("runuser", "-u", "nobody", "--");
  }
}
