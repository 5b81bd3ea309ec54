// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** That a program which could not start is never taken for one that answered. */
@Tag("once")
@Timeout(600)
class LauncherFailuresIT {

  private static final int COULD_NOT_START = 125;

  @TempDir static Path temporary;

  private static LauncherCheckout checkout;

  @BeforeAll
  static void build() throws IOException {
    checkout = LauncherCheckout.in(temporary, "checkout");
  }

  private static void assertNotStarted(Run run) {
    assertThat(run.code()).as(run.err()).isEqualTo(COULD_NOT_START);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).isNotEmpty();
  }

  @Test
  void aWrongJavaIsSaid() {
    Run run = Run.of(List.of("env", "TCPTABLE_JAVA=/none", checkout.script().toString()));
    assertNotStarted(run);
    assertThat(run.err()).isEqualTo("tcptable: TCPTABLE_JAVA=/none: no such program\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "list 1",
        "wait --free 1",
        "diagnose 1",
        "--version",
        "free 1 --dry-run",
        "start 1 --dry-run -- true",
        "drop 1 --dry-run"
      })
  void aJvmThatCannotStartIsSaid(String arguments) {
    try (RunningProgram program =
        RunningProgram.start(
            checkout.command(arguments.split(" ")),
            Map.of("JAVA_TOOL_OPTIONS", "-XX:+NoSuchOption"))) {
      Run run = program.end();
      assertNotStarted(run);
      assertThat(run.err())
          .contains("NoSuchOption")
          .endsWith("tcptable: Java could not start, as said above; nothing was done\n");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"list 1", "free 1 --dry-run"})
  void tooLittleMemoryIsSaid(String arguments) {
    assertNotStarted(checkout.shell("ulimit -v 200000; exec \"$1\" " + arguments));
  }

  /** A shell that cannot fork ends with 2, or 254: for the program, 2 is a wrong command line. */
  @ParameterizedTest
  @ValueSource(strings = {"list 1", "free 1 --dry-run"})
  void noMoreProcessesIsSaid(String arguments) {
    assertNotStarted(
        checkout.shell(
            "exec prlimit --nproc=1 setpriv --reuid=61234 --regid=61234 --clear-groups \"$1\" "
                + arguments));
  }

  @Test
  void theProgramsOwnCodesAreHandedOn() {
    assertThat(checkout.run("list", "--state", "listen", "--pid", "0").code()).isEqualTo(2);
    assertThat(checkout.run("--version").code()).isZero();
    Run nothing = checkout.run("list", "1");
    assertThat(nothing.out()).isNotEmpty();
    assertThat(nothing.code()).isEqualTo(1);
  }
}
