// SPDX-License-Identifier: Apache-2.0
package io.tcptable.attack;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.agreement.NeedsRoot;
import io.tcptable.agreement.PythonPeer;
import io.tcptable.program.Run;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Names that look like other fields of a file in /proc are nothing but names. */
@NeedsRoot
@Tag("once")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Execution(ExecutionMode.CONCURRENT)
class ForgedFieldsIT {

  @AutoClose private final HostileHost host = new HostileHost();

  /** At most 15 bytes, any but NUL. */
  static Stream<String> names() {
    return Stream.of(
        "\rTracerPid:x",
        "\nTracerPid:x",
        "\rTracerPid:1",
        "\rVmRSS:9 kB",
        "\rPid:1",
        "\rState:\tT",
        "a) R 1 1 1",
        ") Z 1 1 1 0",
        "((((",
        "))))",
        "\u0085TracerPid:x",
        "\u2028Pid:x",
        "\rUid:\t0",
        "\rNSpid:x",
        "\rSigCgt:x",
        " ",
        "\n",
        "\r",
        "\\n",
        "\\");
  }

  static Stream<Arguments> namesOfOwnersAndBystanders() {
    return names().flatMap(name -> Stream.of(true, false).map(owner -> Arguments.of(name, owner)));
  }

  @ParameterizedTest
  @MethodSource("namesOfOwnersAndBystanders")
  void aNameIsAName(String name, boolean isOwner) throws IOException {
    try (Attack attack = host.attack();
        Attack bystander = host.attack()) {
      String naming = "name(" + Attack.bytes(name) + ")\n";
      PythonPeer server = attack.attacker();
      long pid = server.pid();
      if (!isOwner) {
        bystander.attacker().run(naming + "hang()");
      }
      server.run((isOwner ? naming : "") + "hang()");

      for (Run run :
          List.of(attack.diagnose(), attack.tcptable("free", attack.port(), "--dry-run"))) {
        assertThat(run.err()).doesNotContain("should not happen").doesNotContain("Exception");
        assertThat(run.code()).as(run.out() + run.err()).isNotEqualTo(2);
        assertThat(run.out()).doesNotContain("DEBUGGED", "TRACED", "debugger", "STOPPED");
      }

      Run run = attack.tcptable("free", attack.port(), "--yes", "--settle", "100ms");
      assertThat(run.code()).as(run.out() + run.err()).isZero();
      assertThat(run.out()).contains("stopped: ", "(" + pid + ")");
    }
  }
}
