// SPDX-License-Identifier: Apache-2.0
package io.tcptable.restart;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.Advice;
import io.tcptable.NoLinuxWords;
import io.tcptable.ThisSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A plan on Windows has its words. */
class WindowsPlanTest {

  private static final int PORT = 3001;
  private static final int SERVER = 4242;

  @AfterEach
  void end() {
    ThisSystem.isItself();
  }

  @TempDir private Path folder;

  private RestartPlan plan() throws IOException, InterruptedException {
    Path python = Files.write(folder.resolve("python.exe"), new byte[] {'M', 'Z'});
    return PortRestart.restart(PORT, python.toString(), "my server.py").plan();
  }

  @Test
  void itAsksThoseWithAWindow() throws IOException, InterruptedException {
    ThisSystem.isWindows(PORT, SERVER, "python.exe");
    RestartPlan plan = plan();
    assertThat(plan.refusal()).isEmpty();
    assertThat(plan.steps().toString())
        .contains("send WM_CLOSE or Ctrl-C to them and wait up to 5s", "'my server.py'");
    NoLinuxWords.in(plan.steps().toString());
  }

  @Test
  void whatWindowsItselfListensOnIsNotForAnAdministratorEither()
      throws IOException, InterruptedException {
    ThisSystem.isWindows(PORT, 4, "System");
    Refusal obstacle = plan().refusal().orElseThrow();
    assertThat(obstacle.kind()).isEqualTo(Refusal.Kind.PROTECTED);
    assertThat(obstacle.message()).contains("System(4) listens on", "it is Windows itself");
  }

  @Test
  void anOwnerThatHasEnded() throws IOException, InterruptedException {
    ThisSystem.isWindows(PORT, SERVER);
    RestartPlan plan = plan();
    assertThat(plan.refusal().orElseThrow().advice())
        .extracting(Advice::text)
        .containsExactly("Search for the handle with Process Explorer, or restart Windows.");
    NoLinuxWords.in(plan.refusal().toString());
  }
}
