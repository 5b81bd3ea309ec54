// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ConmonTest {

  private static final String ID = "5f3c0a1b2c3d".repeat(5) + "5f3c";
  private static final String FILE = "/usr/bin/conmon";

  @Test
  void aNameIsOfItsOwnContainerOnly() {
    List<String> words = List.of(FILE, "-c", ID, "-n", "web");
    Optional<Path> conmon = Optional.of(Path.of(FILE));
    assertThat(Conmon.name(conmon, words, ID)).hasValue("web");
    assertThat(Conmon.name(conmon, words, "other")).isEmpty();
    assertThat(Conmon.name(Optional.of(Path.of("/bin/cat")), words, ID)).isEmpty();
  }

  @Test
  void aProcessThatOneHasStartedIsInItsContainer() {
    KnownProcess conmon = KnownProcess.of(50, FILE, "web", FILE, "-c", ID, "-n", "web");
    KnownProcess shell = KnownProcess.of(51, "/bin/sh", "web", "sh").below(conmon);
    KnownProcess server = KnownProcess.of(52, "/usr/bin/node", "web", "node").below(shell);
    assertThat(Conmon.above(server)).hasValue(conmon);
    assertThat(Conmon.container(conmon)).hasValue("libpod web");
    assertThat(Conmon.above(conmon)).as("itself is outside").isEmpty();
  }
}
