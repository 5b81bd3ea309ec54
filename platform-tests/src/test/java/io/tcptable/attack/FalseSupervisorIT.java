// SPDX-License-Identifier: Apache-2.0
package io.tcptable.attack;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.agreement.NeedsRoot;
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

/** A process that only looks like a supervisor does not keep root from stopping it. */
@NeedsRoot
@Tag("once")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Execution(ExecutionMode.CONCURRENT)
class FalseSupervisorIT {

  @AutoClose private final HostileHost host = new HostileHost();

  static Stream<Arguments> looks() {
    return Stream.of(
        Arguments.of("runsv", "runsv web"),
        Arguments.of("s6-supervise", "s6-supervise web"),
        Arguments.of("supervise", "supervise web"),
        Arguments.of("supervisord", "/usr/bin/supervisord"),
        Arguments.of("circusd", "/usr/bin/circusd"),
        Arguments.of("containerd-shim", "/usr/bin/containerd-shim-runc-v2 -namespace moby"),
        Arguments.of("PM2 v5.3.0: God", "PM2 v5.3.0: God Daemon (/home/web/.pm2)"),
        Arguments.of("docker-proxy", "/usr/bin/docker-proxy -proto tcp"),
        Arguments.of("rootlessport", "rootlessport"),
        Arguments.of("conmon", "/usr/bin/conmon --api-version 1"),
        Arguments.of("sshd", "sshd: evil [priv]"),
        Arguments.of("sshd-session", "sshd-session: evil [priv]"),
        Arguments.of("inetd", "/usr/sbin/inetd"),
        Arguments.of("systemd", "/usr/lib/systemd/systemd --user"));
  }

  @ParameterizedTest
  @MethodSource("looks")
  void theServerItself(String name, String line) throws IOException {
    assertIsNotRefused(look(name, line) + "hang()");
  }

  @ParameterizedTest
  @MethodSource("looks")
  void theParentOfTheServer(String name, String line) throws IOException {
    assertIsNotRefused(look(name, line) + "fork(lambda: (name(b'server'), hang()))");
  }

  /**
   * Of a script the kernel names the interpreter only. It is believed, for its own user's server.
   */
  @ParameterizedTest
  @ValueSource(strings = {"supervisord", "circusd"})
  void aScriptProtectsTheServerOfItsOwnUserUntilToldOtherwise(String name) throws IOException {
    try (Attack attack = host.attack()) {
      attack
          .attacker()
          .run(
              look(name, "/usr/bin/python3 /usr/bin/" + name)
                  + "fork(lambda: (name(b'server'), arguments(b'server'), hang()))");

      Run plan = attack.tcptable("free", attack.port(), "--dry-run");
      assertThat(plan.code()).as("%s", plan).isEqualTo(4);
      assertThat(plan.err())
          .contains("is managed by " + name, " as the user nobody; ", "--ignore-supervisor");

      Run run =
          attack.tcptable(
              "free", attack.port(), "--yes", "--ignore-supervisor", "--settle", "100ms");
      assertThat(run.code()).as("%s", run).isZero();
    }
  }

  private static String look(String name, String line) {
    StringBuilder words = new StringBuilder();
    for (String word : line.split(" ", -1)) {
      words.append(Attack.bytes(word)).append(", ");
    }
    return "name(" + Attack.bytes(name) + ")\narguments(" + words + ")\n";
  }

  private void assertIsNotRefused(String server) throws IOException {
    try (Attack attack = host.attack()) {
      attack.attacker().run(server);

      Run plan = attack.tcptable("free", attack.port(), "--dry-run");

      assertThat(plan.code()).as(plan.err()).isZero();
      assertThat(plan.out()).contains("listens on 127.0.0.1:" + attack.port(), "terminate");
    }
  }
}
