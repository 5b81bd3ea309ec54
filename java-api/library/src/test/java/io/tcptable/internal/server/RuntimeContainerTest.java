// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.internal.linux.LinuxPlatform;
import io.tcptable.process.ProcessPlacement;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RuntimeContainerTest {

  private static final String ID = "5f3c0a1b2c3d".repeat(5) + "5f3c";
  private static final String CONMON = "/usr/bin/conmon";

  private static Optional<RuntimeContainer> of(ServerProcess process, String caller) {
    Viewpoint view =
        new Viewpoint(
            KnownProcess.of(9, "/usr/bin/java", caller), pid -> false, new LinuxPlatform());
    return RuntimeContainer.of(process, 3001, view);
  }

  private static KnownProcess conmon(String user) {
    return KnownProcess.of(50, CONMON, user, CONMON, "-c", ID, "-n", "web");
  }

  @Test
  void thatOfPodmanIsCalledByItsId() {
    RuntimeContainer container = of(conmon("root"), "root").orElseThrow();
    assertThat(container.restart()).isEqualTo(List.of("podman", "restart", ID));
    assertThat(container).hasToString("podman restart 5f3c0a1b2c3d");
  }

  /** The tool of root would restart another container of that name. */
  @Test
  void thatOfAnotherUserIsNotKnown() {
    assertThat(of(conmon("web"), "root")).isEmpty();
    assertThat(of(conmon("root"), "web")).isEmpty();
    assertThat(of(conmon("web"), "web")).isPresent();
  }

  @Test
  void anIdIsSixtyFourDigits() {
    KnownProcess conmon = KnownProcess.of(50, CONMON, "root", CONMON, "-c", "--all", "-n", "web");
    assertThat(of(conmon, "root")).isEmpty();
  }

  @Test
  void aProgramThatOnlyCallsItselfSoIsNone() {
    KnownProcess liar = KnownProcess.of(50, "/tmp/x", "root", CONMON, "-c", ID);
    assertThat(of(liar, "root")).isEmpty();
  }

  private static KnownProcess in(String container, boolean ofUser) {
    return KnownProcess.of(100, "/usr/bin/node", "web", "node")
        .at(
            ProcessPlacement.builder()
                .container(Optional.of(container))
                .userContainer(ofUser)
                .build());
  }

  @Test
  void aServerInsideIsKnownByItsControlGroup() {
    assertThat(of(in("docker " + ID, false), "root")).hasValue(new RuntimeContainer("docker", ID));
    assertThat(of(in("docker " + ID, true), "root")).as("a name that a user gave").isEmpty();
    assertThat(of(in("crio " + ID, false), "root")).as("restarted by Kubernetes").isEmpty();
  }
}
