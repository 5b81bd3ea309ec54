// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.agreement.NeedsRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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

  /** What the true ones print, and end with: one of 8 does not know the launcher's options. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          1.8.0_504 | exit 1   | and JAVA is version 8 or older; install one
          11.0.32.1 | exit 1   | and JAVA is version 11; install one
          17.0.15   | exit 1   | Java could not start, as said above; nothing was done
          17.0.15   | exit 134 | Java crashed (exit code 134); nothing was done
          """)
  void whatIsWrongWithAJavaIsSaid(String version, String end, String said) throws IOException {
    Path java = home("told", version, end).resolve("bin/java");
    String expected = said.replace("JAVA", java.toString());
    Run look =
        Run.of(List.of("env", "TCPTABLE_JAVA=" + java, checkout.script().toString(), "list"));
    assertNotStarted(look);
    assertThat(look.err()).startsWith("as a JVM says it\n").contains(expected);
    if (said.contains("version")) {
      Run act =
          Run.of(
              List.of("env", "TCPTABLE_JAVA=" + java, checkout.script().toString(), "free", "1"));
      assertNotStarted(act);
      assertThat(act.err()).startsWith("tcptable: needs Java 17 or later, " + expected);
    }
  }

  /** By the file that a JDK notes it in, without a start. */
  @Test
  void aJavaThatIsTooOldIsNotStarted() throws IOException {
    Path home = home("noted", "99", "exit 0");
    Path java = home.resolve("bin/java");
    Files.writeString(home.resolve("release"), "JAVA_RUNTIME_VERSION=\"11.0.32.1+1-post\"\n");
    for (String command : List.of("list", "free")) {
      Run run =
          Run.of(
              List.of("env", "TCPTABLE_JAVA=" + java, checkout.script().toString(), command, "1"));
      assertNotStarted(run);
      assertThat(run.err())
          .isEqualTo(
              "tcptable: needs Java 17 or later, and "
                  + java
                  + " is version 11; install one, or set TCPTABLE_JAVA to its java\n");
    }
  }

  /** Of a machine without one of 17 or later: what there is instead. */
  @NeedsRoot
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          unset JAVA_HOME           | ''
          export JAVA_HOME=/none    | , and JAVA_HOME=/none has no bin/java
          export JAVA_HOME='OLD'    | , and OLD/bin/java is version 11
          """)
  void whatThereIsInsteadIsSaid(String home, String instead) throws IOException {
    String old = home("home", "11.0.32.1", "exit 1").toString();
    Run run =
        checkout.shell(
            "exec unshare --mount sh -euc 'mount -t tmpfs none /usr/lib/jvm; "
                + "for name in $(env | sed -n \"s/^\\(JAVA_HOME_[^=]*\\)=.*/\\1/p\"); do unset $name; done; "
                + "unset TCPTABLE_JAVA; export HOME=/none PATH=/usr/bin:/bin; "
                + home.replace("OLD", old).replace("'", "")
                + "; exec \"$1\" list 1' sh \"$1\"");
    assertNotStarted(run);
    assertThat(run.err())
        .isEqualTo(
            "tcptable: needs Java 17 or later"
                + instead.replace("OLD", old)
                + "; install one, or set TCPTABLE_JAVA to its java\n");
  }

  /** Of a {@code java} that tells a version, and ends so if it is to run a program. */
  private static Path home(String name, String version, String end) throws IOException {
    Path home = temporary.resolve(name).resolve(version);
    Path java = Files.createDirectories(home.resolve("bin")).resolve("java");
    Files.writeString(
        java,
        "#!/bin/sh\n"
            + (version.startsWith("1.8")
                ? "case \"$*\" in *-Xlog*) echo 'as a JVM says it' >&2; exit 1 ;; esac\n"
                : "")
            + "case \"$*\" in *-version*) echo 'openjdk version \""
            + version
            + "\"' >&2; exit 0 ;; esac\n"
            + "echo 'as a JVM says it' >&2\n"
            + end
            + "\n");
    assertThat(java.toFile().setExecutable(true)).isTrue();
    return home;
  }

  @ParameterizedTest
  @ValueSource(strings = {"list 1", "free 1 --dry-run"})
  void tooLittleMemoryIsSaid(String arguments) {
    assertNotStarted(checkout.shell("ulimit -v 200000; exec \"$1\" " + arguments));
  }

  /** A shell that cannot fork ends with 2, or 254: for the program, 2 is a wrong command line. */
  @NeedsRoot
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
