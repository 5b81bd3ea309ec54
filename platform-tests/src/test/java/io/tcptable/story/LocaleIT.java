// SPDX-License-Identifier: Apache-2.0
package io.tcptable.story;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.program.ProgramJar;
import io.tcptable.program.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The program's jar by itself, without its script, in the locale that cron and ssh give it: a name
 * that is not ASCII is used as it is or refused, and never stops a server for a mangled one.
 */
@Tag("once")
class LocaleIT {

  @TempDir private Path temporary;
  private Path folder;

  @AutoClose private final RestartedPort port = new RestartedPort();

  @BeforeEach
  void folder() throws IOException {
    folder = Files.createDirectory(temporary.resolve("каталог"));
  }

  /** Runs it in a directory; {@code PORT} stands for the port, {@code HERE} for the folder. */
  private Run run(String locale, Path directory, List<String> environment, String... words) {
    List<String> command = new ArrayList<>(List.of("env", "-C", directory.toString()));
    command.addAll(List.of("-u", "LC_CTYPE", "-u", "LANG", "LC_ALL=" + locale));
    command.addAll(environment);
    List<String> options = new ArrayList<>(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    if (environment.contains("HOME=" + folder)) {
      options.add("-Duser.home=" + folder);
    }
    command.addAll(
        ProgramJar.command(
            options,
            Stream.of(words)
                .map(word -> word.replace("PORT", Integer.toString(port.number())))
                .map(word -> word.replace("HERE", folder.toString()))
                .toArray(String[]::new)));
    return Run.of(command);
  }

  static Stream<Arguments> damagedWords() {
    return Stream.concat(
        Stream.of(
                "python3 --größe=5",
                "HERE/server",
                "--cwd HERE",
                "--log HERE/x.log",
                "--env NAME=größe",
                "--expect-body größe",
                "--health http://127.0.0.1:PORT/größe")
            .map(words -> Arguments.of("C", words)),
        Stream.of("C", "POSIX", "xx_XX.ISO-8859-15")
            .map(locale -> Arguments.of(locale, "python3 сервер.py")));
  }

  @ParameterizedTest
  @MethodSource("damagedWords")
  void whatTheLocaleHasDamagedIsRefusedBeforeAnythingIsStopped(String locale, String words) {
    Backend old = port.backend("healthy");
    List<String> command = new ArrayList<>(List.of("restart", "PORT", "--yes"));
    if (!words.startsWith("--")) {
      command.add("--");
    }
    command.addAll(List.of(words.split(" ")));
    if (words.startsWith("--")) {
      command.addAll(List.of("--", "python3", "server.py"));
    }

    Run run = run(locale, temporary, List.of(), command.toArray(String[]::new));

    assertThat(run.code()).as("%s", run).isEqualTo(2);
    assertThat(run.complaints())
        .singleElement()
        .asString()
        .contains("cannot be read in the character set of this locale (");
    assertThat(RestartedPort.hasEnded(old.pids().get(0))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"C", "POSIX", "xx_XX.ISO-8859-15"})
  void inADirectoryThatTheLocaleCannotReadNothingIsStopped(String locale) {
    Backend old = port.backend("healthy");

    Run run = run(locale, folder, List.of(), "restart", "PORT", "--yes", "--", "python3", "x.py");

    assertThat(run.code()).as("%s", run).isEqualTo(4);
    assertThat(run.err())
        .contains("nothing was done: the name of the directory cannot be read in the locale's");
    assertThat(RestartedPort.hasEnded(old.pids().get(0))).isFalse();
  }

  static Stream<List<String>> environments() {
    return Stream.of(
        List.of("HOME=каталог"),
        List.of("PATH=каталог:" + System.getenv("PATH")),
        List.of("XDG_STATE_HOME=каталог"),
        List.of("XDG_RUNTIME_DIR=каталог", "TMPDIR=каталог"));
  }

  /** Directories of the environment that the locale cannot read are as good as none. */
  @ParameterizedTest
  @MethodSource("environments")
  void directoriesOfTheEnvironmentAreNoError(List<String> environment) {
    Backend old = port.backend("leak").ask(1).giveUp();
    List<String> variables =
        environment.stream().map(it -> it.replace("каталог", folder.toString())).toList();

    Run diagnosis = run("C", temporary, variables, "diagnose", "PORT", "--deadline", "1s");
    assertThat(diagnosis.code()).as("%s", diagnosis).isEqualTo(11);
    assertThat(diagnosis.complaints()).isEmpty();

    Run plan =
        run("C", temporary, variables, "restart", "PORT", "--dry-run", "--", "python3", "x.py");
    assertThat(plan.code()).as("%s", plan).isZero();

    Run free = run("C", temporary, variables, "free", "PORT", "--yes");
    assertThat(free.code()).as("%s", free).isZero();
    assertThat(RestartedPort.hasEnded(old.pids().get(0))).isTrue();
  }

  /** Its program, its arguments and its directory are not ASCII. */
  @Test
  void aServerWhoseNamesTheLocaleCannotReadIsDiagnosedAndStopped() throws Exception {
    Path program = folder.resolve("сервер");
    Files.createSymbolicLink(program, Path.of(Backend.python()));
    List<String> command = new ArrayList<>(Backend.command(port.number(), "leak", "größe"));
    command.set(0, program.toString());
    command.addAll(0, List.of("env", "-C", folder.toString()));
    try (Backend server = Backend.start(command, port.number())) {
      server.ask(1).giveUp();

      Run diagnosis = run("C", temporary, List.of(), "diagnose", "PORT", "--deadline", "1s");
      assertThat(diagnosis.code()).as("%s", diagnosis).isEqualTo(11);
      assertThat(diagnosis.out()).contains("(" + server.pids().get(0) + ")");

      Run free = run("C", temporary, List.of(), "free", "PORT", "--yes");
      assertThat(free.code()).as("%s", free).isZero();
      assertThat(RestartedPort.hasEnded(server.pids().get(0))).isTrue();
    }
  }
}
