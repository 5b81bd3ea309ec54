// SPDX-License-Identifier: Apache-2.0
package io.tcptable.attack;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.agreement.NeedsRoot;
import io.tcptable.agreement.PythonPeer;
import io.tcptable.program.Run;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The name of a control group is neither a command nor the name of another group. */
@NeedsRoot
@Tag("once")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Execution(ExecutionMode.CONCURRENT)
class ForeignGroupsIT {

  private static final String ID =
      "5f3c0a7be1d84c6f9a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d5e6f7081";

  @AutoClose private final HostileHost host = new HostileHost();
  private final AdvisedCommands advised = new AdvisedCommands(host);

  /** Words that a control group can be called. */
  static Stream<ForeignWord> groupWords() {
    return Stream.of(
        ForeignWord.SEPARATORS,
        ForeignWord.SUBSTITUTIONS,
        ForeignWord.QUOTES,
        ForeignWord.CARRIAGE_RETURNS,
        ForeignWord.LONG_OPTION,
        ForeignWord.PERCENT);
  }

  static Stream<Arguments> groups() {
    return Stream.of(
            "system.slice/%s.service",
            "user.slice/user-65534.slice/user@65534.service/app.slice/%s.service",
            "machine.slice/machine-%s.scope",
            "lxc.payload.%s")
        .flatMap(group -> groupWords().map(word -> Arguments.of(group, word)));
  }

  @ParameterizedTest
  @MethodSource("groups")
  void itIsNoCommand(String group, ForeignWord word) throws IOException {
    try (Attack attack = host.attack()) {
      PythonPeer server = attack.attacker();
      server.run("hang()");
      host.group(group.formatted(word.text().replace('/', '_')), server.pid());

      advised.assertDoNothingElse(attack, word);
    }
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
  void itIsNoOtherGroup(String group) throws IOException {
    try (Attack attack = host.attack()) {
      PythonPeer server = attack.attacker();
      server.run("hang()");
      host.group(group, server.pid());

      Run run = attack.diagnose();

      assertThat(run.out()).contains("127.0.0.1:" + attack.port());
      assertThat(run.out() + run.err())
          .doesNotContain("systemctl restart poweroff", "docker restart", "0::");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"docker-%s.scope", "app.slice/libpod-%s.scope", "app.slice/machine-web.scope"})
  void itIsNoContainerIfAUserHasChosenIt(String group) throws IOException {
    try (Attack attack = host.attack()) {
      PythonPeer server = attack.attacker();
      server.run("hang()");
      host.group(
          "user.slice/user-65534.slice/user@65534.service/" + group.formatted(ID), server.pid());

      Run plan = attack.tcptable("free", attack.port(), "--dry-run");

      assertThat(plan.code()).as(plan.err()).isZero();
      assertThat(plan.out()).contains("listens on 127.0.0.1:" + attack.port(), "terminate");
    }
  }
}
