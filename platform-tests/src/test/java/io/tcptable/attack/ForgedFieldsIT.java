// SPDX-License-Identifier: Apache-2.0
package io.tcptable.attack;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.agreement.PythonPeer;
import io.tcptable.program.Run;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Names that look like other fields of a file in /proc are nothing but names. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ForgedFieldsIT {

  private static final String PORT = Integer.toString(HostileHost.PORT);

  @AutoClose private final HostileHost host = new HostileHost();

  @AfterEach
  void endAttack() throws IOException {
    host.endAttack();
  }

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
  void aNameIsAName(String name, boolean isOwner) {
    String naming = "name(" + HostileHost.bytes(name) + ")\n";
    PythonPeer server = host.attacker();
    long pid = server.pid();
    if (!isOwner) {
      host.attacker().run(naming + "hang(3002)");
    }
    server.run((isOwner ? naming : "") + "hang()");

    for (String command : List.of("diagnose", "free")) {
      Run run =
          command.equals("free")
              ? host.tcptable("free", PORT, "--dry-run")
              : host.tcptable("diagnose", PORT, "--deadline", "300ms");
      assertThat(run.err()).doesNotContain("should not happen").doesNotContain("Exception");
      assertThat(run.code()).as(run.out() + run.err()).isNotEqualTo(2);
      assertThat(run.out()).doesNotContain("DEBUGGED", "TRACED", "debugger", "STOPPED");
    }

    Run run = host.tcptable("free", PORT, "--yes", "--settle", "100ms");
    assertThat(run.code()).as(run.out() + run.err()).isZero();
    assertThat(run.out()).contains("stopped: ", "(" + pid + ")");
  }

  /** As the kernel lets them be called: any byte but the line feed and the slash. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "x\r0::/system.slice/poweroff.service",
        "x\r0::/docker/0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
        "x\u00850::/system.slice/poweroff.service",
        "x\u20280::/system.slice/poweroff.service",
        "x\f0::/system.slice/poweroff.service",
        "x\u000b1:name=systemd:/system.slice/poweroff.service",
      })
  void theNameOfAControlGroupIsNoOtherGroup(String group) {
    PythonPeer server = host.attacker();
    server.run("hang()");
    PythonPeer root = host.root();
    try {
      root.run("group(" + HostileHost.bytes(group) + ", " + server.pid() + ")");

      Run run = host.tcptable("diagnose", PORT, "--deadline", "300ms");

      assertThat(run.out()).contains("127.0.0.1:" + PORT);
      assertThat(run.out() + run.err())
          .doesNotContain("systemctl restart poweroff", "docker restart", "0::");
    } finally {
      root.run("remove_groups()");
    }
  }
}
