// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.NoLinuxWords;
import io.tcptable.ThisSystem;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** On Windows the help has its words. */
class WindowsHelpTest {

  @AfterEach
  void end() {
    ThisSystem.isItself();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "list",
        "diagnose",
        "watch",
        "restart",
        "free",
        "start",
        "guard",
        "record",
        "report",
        "wait",
        "drop",
        "export",
        "demo"
      })
  void nothingOfLinux(String command) {
    ThisSystem.isWindows(3001, 4242);
    NoLinuxWords.in(Answer.to(command, "--help").found().out());
  }

  @Test
  void noTextIsWrapped() {
    ThisSystem.isWindows(3001, 4242);
    HelpTest.textsStandAsTheyWereWritten();
  }

  @Test
  void itSaysWhoCannotBeAskedToEnd() {
    ThisSystem.isWindows(3001, 4242);
    assertThat(Answer.to("restart", "--help").found().out())
        .contains("WM_CLOSE", "TerminateProcess", "AppData\\Local")
        .contains(
            "Processes on a console get Ctrl-C if",
            "all processes on that console are to be stopped.",
            "Windows sends Ctrl-C to all processes on a console",
            "on its own console. It keeps running");
  }

  @Test
  void onLinuxItIsAsEver() {
    assertThat(Answer.to("restart", "--help").found().out())
        .contains("gets SIGTERM, and after the --grace period SIGKILL", "~/.local/state")
        .contains("COMMAND runs without a shell, in its own session. It keeps running");
  }
}
