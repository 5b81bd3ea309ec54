// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import servers.FreePorts;

/** What the script {@code tcptable} is started with by others: locale, descriptors, signals. */
@Tag("once")
@Timeout(600)
class LauncherEnvironmentIT {

  @TempDir static Path temporary;

  private static LauncherCheckout checkout;
  private static ServerSocket listener;

  @BeforeAll
  static void build() throws IOException {
    listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    checkout = LauncherCheckout.in(temporary, "папка");
    // What the first start makes, it makes by processes of its own.
    assertThat(checkout.run("--version").code()).isZero();
  }

  @AfterAll
  static void close() throws IOException {
    listener.close();
  }

  private static ProcessHandle awaitJava(RunningProgram launcher) throws Exception {
    while (true) {
      Optional<ProcessHandle> java =
          ProcessHandle.of(launcher.pid()).stream()
              .flatMap(ProcessHandle::children)
              .filter(child -> child.info().command().orElse("").endsWith("/java"))
              .findFirst();
      if (java.isPresent()) {
        return java.get();
      }
      assertThat(launcher.isRunning()).isTrue();
      Thread.sleep(5);
    }
  }

  /** As cron gives it, as none at all, and as ssh sends one that this machine lacks. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "export LC_ALL=C",
        "unset LC_ALL LC_CTYPE LANG",
        "unset LC_ALL LC_CTYPE; export LANG=xx_XX.UTF-8",
        "export LC_ALL=xx_XX.ISO-8859-15"
      })
  void inEveryLocaleNamesAreWhatTheyAre(String locale) throws IOException {
    Path server = Files.writeString(temporary.resolve("сервер"), "#!/bin/sh\n");
    assertThat(server.toFile().setExecutable(true)).isTrue();
    int free = FreePorts.next();
    Run run =
        checkout.shell(
            locale + "; exec \"$1\" start " + free + " --dry-run -- '" + server + "' --größe=5");
    assertThat(run.complaints()).isEmpty();
    assertThat(run.code()).isZero();
    assertThat(run.out()).contains(server.toString()).contains("--größe=5");

    String there =
        locale + "; cd '" + Files.createDirectories(temporary.resolve("каталог")) + "'; ";
    Run restart =
        checkout.shell(there + "exec \"$1\" restart " + free + " --dry-run -- ../сервер --größe=5");
    assertThat(restart.complaints()).isEmpty();
    assertThat(restart.code()).isZero();
    assertThat(restart.out()).contains("start '../сервер' '--größe=5' in ", "/каталог, ");

    Run diagnose = checkout.shell(there + "exec \"$1\" diagnose " + free + " --deadline 1s");
    assertThat(diagnose.complaints()).isEmpty();
    assertThat(diagnose.out()).contains("nobody listens");
  }

  @ParameterizedTest
  @ValueSource(strings = {"<&-", ">&-", "2>&-", "<&- >&-", ">&- 2>&-", "<&- 2>&-", "<&- >&- 2>&-"})
  void closedDescriptorsAreNoFilesOfTheProgram(String closed) throws Exception {
    String wait = "exec \"$1\" wait --free " + listener.getLocalPort() + " ";
    try (RunningProgram launcher = RunningProgram.start(checkout.shellCommand(wait + closed))) {
      ProcessHandle java = awaitJava(launcher);
      List<String> closedOnes = List.of(closed.split(" "));
      for (String descriptor : List.of("0", "1", "2")) {
        String one =
            switch (descriptor) {
              case "0" -> "<&-";
              case "1" -> ">&-";
              default -> "2>&-";
            };
        Path file =
            Files.readSymbolicLink(Path.of("/proc", Long.toString(java.pid()), "fd", descriptor));
        if (closedOnes.contains(one)) {
          // An answer that nobody can read must fail; what is read or complained may go nowhere.
          String stand = descriptor.equals("1") ? "/dev/full" : "/dev/null";
          assertThat(file).as(descriptor).isEqualTo(Path.of(stand));
        }
      }
      launcher.signal("TERM");
      launcher.end();
    }
  }

  @ParameterizedTest
  @CsvSource({"INT,130", "TERM,143", "HUP,129"})
  void aSignalEndsTheProgramToo(String signal, int code) throws Exception {
    String port = Integer.toString(listener.getLocalPort());
    try (RunningProgram launcher =
        RunningProgram.start(
            List.of(
                "env",
                "--default-signal=INT,HUP,TERM",
                "TCPTABLE_JAVA=" + Path.of(System.getProperty("java.home"), "bin", "java"),
                checkout.script().toString(),
                "wait",
                "--free",
                port))) {
      ProcessHandle java = awaitJava(launcher);
      launcher.signal(signal);
      assertThat(launcher.end().code()).isEqualTo(code);
      assertThat(java.isAlive()).isFalse();
    }
  }

  /** It is the very process that was started: whoever signals that one, signals the program. */
  @Test
  void aCommandThatActsTakesThePlaceOfTheScript() throws Exception {
    try (RunningProgram launcher =
        RunningProgram.start(checkout.command("free", "1", "--dry-run"))) {
      Path executable = Path.of("/proc", Long.toString(launcher.pid()), "exe");
      boolean isJava = false;
      while (!isJava && launcher.isRunning()) {
        isJava = Files.exists(executable) && executable.toRealPath().endsWith("java");
      }
      assertThat(isJava).isTrue();
      assertThat(launcher.end().code()).isZero();
    }
  }
}
