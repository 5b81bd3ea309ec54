// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.internal.linux.LinuxPlatform;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SupervisorCommandTest {

  @ParameterizedTest
  @CsvSource({
    "docker 0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef, restart,"
        + " docker restart 0123456789ab",
    "docker web, logs, docker logs web",
    "libpod web, restart, podman restart web",
    "lxc web, restart, lxc restart web",
    "lxc web, logs, lxc info --show-log web",
    "machine web, restart, machinectl reboot web",
    "machine web, logs, journalctl -M web -n 50",
    "cri-containerd web, restart, crictl stop web",
    "cri-containerd web, logs, crictl logs web"
  })
  void eachRuntimeOfContainersHasItsCommand(String container, String verb, String command) {
    assertThat(new SupervisorCommand(new LinuxPlatform()).ofContainer(container, verb))
        .isEqualTo(command);
  }
}
