// SPDX-License-Identifier: Apache-2.0
package io.tcptable.attack;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.agreement.PythonPeer;
import io.tcptable.program.Run;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A process that only looks like a supervisor does not keep root from stopping it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FalseSupervisorIT {

  private static final String PORT = Integer.toString(HostileHost.PORT);

  private static final String ID =
      "5f3c0a7be1d84c6f9a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d5e6f7081";

  @AutoClose private final HostileHost host = new HostileHost();

  @AfterEach
  void endAttack() throws IOException {
    host.endAttack();
  }

  static Stream<Arguments> looks() {
    return Stream.of(
        Arguments.of("runsv", "runsv web"),
        Arguments.of("s6-supervise", "s6-supervise web"),
        Arguments.of("supervise", "supervise web"),
        Arguments.of("supervisord", "/usr/bin/python3 /usr/bin/supervisord"),
        Arguments.of("circusd", "/usr/bin/python3 /usr/bin/circusd"),
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
    host.attacker().run(look(name, line) + "hang()");

    assertIsNotRefused();
  }

  @ParameterizedTest
  @MethodSource("looks")
  void theParentOfTheServer(String name, String line) throws IOException {
    host.attacker().run(look(name, line) + "fork(lambda: (name(b'server'), hang()))");

    assertIsNotRefused();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"docker-%s.scope", "app.slice/libpod-%s.scope", "app.slice/machine-web.scope"})
  void aContainerThatAUserHasNamed(String group) throws IOException {
    PythonPeer server = host.attacker();
    server.run("hang()");
    PythonPeer root = host.root();
    try {
      String path = "user.slice/user-65534.slice/user@65534.service/" + group.formatted(ID);
      root.run("group(" + HostileHost.bytes(path) + ", " + server.pid() + ")");

      assertIsNotRefused();
    } finally {
      root.run("remove_groups()");
    }
  }

  private static String look(String name, String line) {
    StringBuilder words = new StringBuilder();
    for (String word : line.split(" ")) {
      words.append(HostileHost.bytes(word)).append(", ");
    }
    return "name(" + HostileHost.bytes(name) + ")\narguments(" + words + ")\n";
  }

  private void assertIsNotRefused() {
    Run plan = host.tcptable("free", PORT, "--dry-run");
    assertThat(plan.code()).as(plan.err()).isZero();
    assertThat(plan.out()).contains("listens on 127.0.0.1:" + PORT, "terminate");
  }
}
