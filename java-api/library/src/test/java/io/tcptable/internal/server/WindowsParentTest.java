// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.process.ProcessPlacement;
import io.tcptable.process.ProcessStatus;
import io.tcptable.process.ProcessStatus.State;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Parents on Windows, where a program is called by the name of its file, with its ending. */
class WindowsParentTest {

  private record Running(
      long pid, String name, List<String> commandLine, Optional<ServerProcess> parent, int desktop)
      implements ServerProcess {

    static Running of(String name, String... arguments) {
      return new Running(100, name, List.of(arguments), Optional.empty(), 1);
    }

    Running below(Running other) {
      return new Running(other.pid + 1, name, commandLine, Optional.of(other), desktop);
    }

    Running in(int otherSession) {
      return new Running(pid, name, commandLine, parent, otherSession);
    }

    @Override
    public Optional<Instant> startedAt() {
      return Optional.of(Instant.ofEpochSecond(pid));
    }

    @Override
    public Optional<Path> executable() {
      return Optional.of(Path.of("C:\\programs\\" + name));
    }

    @Override
    public Optional<String> user() {
      return Optional.of("PC\\me");
    }

    @Override
    public Optional<ProcessStatus> status() {
      return Optional.of(
          ProcessStatus.builder(State.SLEEPING)
              .programImage(pid)
              .session(desktop)
              .openDescriptors(9)
              .build());
    }

    @Override
    public Optional<ProcessPlacement> placement() {
      return Optional.empty();
    }
  }

  private static final Running SERVER = Running.of("node.exe", "node", "server.js");

  private static Optional<ServerParent> parent(Running of) {
    return ServerParent.of(of, SERVER.below(of));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cmd.exe",
        "CMD.EXE",
        "powershell.exe",
        "pwsh.exe",
        "explorer.exe",
        "Code.exe",
        "bash.exe",
        "WindowsTerminal.exe",
        "idea64.exe",
        "services.exe",
        "testhost.x86.exe"
      })
  void whoStartsServersForAPersonIsNotPartOfThem(String name) {
    assertThat(ServerProgram.isLauncher(Running.of(name))).isTrue();
    assertThat(parent(Running.of(name))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "node.exe, C:\\app\\node_modules\\nodemon\\bin\\nodemon.js, RELOADER",
    "Watchexec.EXE, server.js, RELOADER",
    "node.exe, server.js, SAME_PROGRAM"
  })
  void whoWouldStartItAgainIs(String name, String script, ServerParent way) {
    assertThat(parent(Running.of(name, name, script))).contains(way);
  }

  @Test
  void aTestRunnerOfTheSameInterpreterIsNot() {
    assertThat(parent(Running.of("node.exe", "node", "C:\\app\\node_modules\\jest\\bin\\jest.js")))
        .isEmpty();
    assertThat(parent(Running.of("node.exe", "node", "build.js"))).isEmpty();
    assertThat(parent(Running.of("python.exe", "python", "server.js"))).isEmpty();
  }

  @Test
  void whatRunsInAnotherSessionIsNot() {
    assertThat(parent(Running.of("node.exe", "node", "server.js").in(0))).isEmpty();
  }

  /** The shell between a reloader and its server. */
  @Test
  void aShellOfAReloaderIs() {
    Running reloader = Running.of("node.exe", "node", "C:\\x\\nodemon.js");
    Running shell = Running.of("cmd.exe", "cmd.exe", "/d", "/s", "/c", "node server.js");

    assertThat(parent(shell.below(reloader))).contains(ServerParent.LAUNCHER);
    assertThat(parent(shell)).isEmpty();
  }

  /** It is not stopped with its server, and may start it again in a loop. */
  @ParameterizedTest
  @CsvSource({
    "cmd.exe, /c, serve.cmd, true",
    "CMD.EXE, /K, C:\\my tools\\Serve.BAT, true",
    "cmd.exe, /c, C:\\x\\serve.cmd healthy 4 3001, true",
    "cmd.exe, /c, tools\\serve.cmd\" healthy, true",
    "cmd.exe, /c, node server.js, false",
    "cmd.exe, /c, C:\\my.cmd.d\\server.exe, false",
    "cmd.exe, /d, serve.cmd, false",
    "node.exe, /c, serve.cmd, false"
  })
  void aBatchFileIsAScript(String name, String option, String command, boolean is) {
    assertThat(ServerProgram.isShellScript(Running.of(name, name, option, command))).isEqualTo(is);
    assertThat(ServerProgram.isShellLoop(Running.of(name, name, option, command))).isFalse();
  }

  @Test
  void aPromptIsNone() {
    assertThat(ServerProgram.isShellScript(Running.of("cmd.exe", "cmd.exe"))).isFalse();
    assertThat(ServerProgram.isShellScript(Running.of("cmd.exe"))).isFalse();
  }
}
