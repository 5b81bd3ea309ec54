// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tcptable.internal.linux.LinuxPlatform;
import io.tcptable.process.ProcessPlacement;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SupervisorCommandTest {

  @ParameterizedTest
  @CsvSource({
    "docker 0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef, restart,"
        + " docker restart 0123456789ab",
    "docker web, logs, docker logs web",
    "libpod web, restart, podman restart web",
    "machine web, restart, machinectl reboot web",
    "machine web, logs, journalctl -M web -n 50",
    "cri-containerd web, restart, crictl stop web",
    "cri-containerd web, logs, crictl logs web"
  })
  void eachRuntimeOfContainersHasItsCommand(String container, String verb, String command) {
    assertThat(new SupervisorCommand(new LinuxPlatform()).ofContainer(container, verb))
        .isEqualTo(command);
  }

  /** Which of its tools has started it, the control group does not tell. */
  @ParameterizedTest
  @CsvSource({
    "lxc, restart, lxc restart web",
    "lxc, logs, lxc info --show-log web",
    "incus, restart, incus restart web",
    "incus, logs, incus info --show-log web",
    "lxc-stop, restart, lxc-stop --reboot --name=web",
    "lxc-stop, logs, lxc-info --name=web",
  })
  void thatOfLxcIsOfTheToolThatIsThere(String installed, String verb, String command) {
    assertThat(
            new SupervisorCommand(new LinuxPlatform(), installed::equals)
                .ofContainer("lxc web", verb))
        .isEqualTo(command);
  }

  @Test
  void aContainerWithoutARuntimeIsAnError() {
    assertThatThrownBy(() -> new SupervisorCommand(new LinuxPlatform()).ofContainer("x", "logs"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no runtime before the container 'x'");
  }

  /** So that none comes as far as to a command. */
  @ParameterizedTest
  @ValueSource(strings = {"x", "", " x", "docker "})
  void aProcessIsInNoSuchContainer(String container) {
    assertThatThrownBy(() -> ProcessPlacement.builder().container(Optional.of(container)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "'" + container + "' is not a runtime and a container, such as 'docker 5f3c0a'");
  }
}
