// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.Advice;
import io.tcptable.internal.linux.LinuxPlatform;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** By command lines as containerd 1.6 has them. */
class ContainerdShimTest {

  private static final String FILE = "/usr/bin/containerd-shim-runc-v2";
  private static final String ID = "5f3c".repeat(16);

  private static Supervisor of(String installed, String... arguments) {
    KnownProcess shim = KnownProcess.of(50, FILE, "root", arguments);
    KnownProcess server = KnownProcess.of(51, "/bin/busybox", "root", "busybox").below(shim);
    SupervisorCommand commands = new SupervisorCommand(new LinuxPlatform(), installed::equals);
    return new ContainerdShim(shim, commands).supervisor(server);
  }

  private static Supervisor of(String installed, String namespace, String id) {
    return of(installed, FILE, "-namespace", namespace, "-id", id, "-address", "/run/c.sock");
  }

  @Test
  void aContainerOfDocker() {
    assertThat(of("", "moby", ID).restart())
        .isEqualTo(new Advice.Command("docker restart 5f3c5f3c5f3c"));
  }

  @Test
  void aContainerOfKubernetes() {
    assertThat(of("", "k8s.io", ID).restart())
        .isEqualTo(new Advice.Command("crictl stop 5f3c5f3c5f3c"));
  }

  @Test
  void oneThatNeitherOfThemKnows() {
    assertThat(of("nerdctl", "default", "web").restart())
        .isEqualTo(new Advice.Command("nerdctl --namespace default restart web"));
    assertThat(of("", "default", "web").restart())
        .isEqualTo(
            new Advice.Hint("Restart the container web in the namespace default of containerd."));
    assertThat(of("", "default", "web").status())
        .isEqualTo(Optional.of(new Advice.Command("ctr --namespace default tasks list")));
  }

  @Test
  void whatItDoesNotTellIsNotGuessed() {
    assertThat(of("", FILE, "-namespace", "moby").restart())
        .isEqualTo(new Advice.Hint("Restart the container."));
    assertThat(of("", "$(x)", "web").restart())
        .isEqualTo(new Advice.Hint("Restart the container."));
  }
}
