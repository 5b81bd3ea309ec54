// SPDX-License-Identifier: Apache-2.0
package io.tcptable.restart;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.OsProcess;
import io.tcptable.internal.server.LiveProcess;
import io.tcptable.internal.server.ServerProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import servers.Children;
import servers.FreePorts;

/** A parent that has started a server and nobody else is part of it, or is not. */
class ServerParentTest {

  /** Forks a child that becomes the server of its arguments, and waits for it. */
  private static final String FORKING =
      """
      import os, sys
      if os.fork():
          os.wait()
      else:
          sys.argv = sys.argv[1:]
          exec(compile(open(sys.argv[0]).read(), sys.argv[0], "exec"))
      """;

  /** Starts the command of its arguments, and waits for it. */
  private static final String STARTING = "import subprocess, sys; subprocess.call(sys.argv[1:])\n";

  @RegisterExtension final Children children = new Children();

  @TempDir private Path directory;

  private final int port = FreePorts.next();

  private String script(String name, String text) throws IOException {
    return Files.writeString(directory.resolve(name), text).toString();
  }

  /**
   * Whom it takes to free the port of a server that is started like this; the parent's PID first.
   */
  private List<Target.Role> roles(String... parent) throws InterruptedException {
    Process process = startedBy(parent);
    assertThat(process.children()).hasSize(1);
    return PortRestart.free(port).plan().targets().stream().map(Target::role).toList();
  }

  private Process startedBy(String... parent) {
    List<String> words = new ArrayList<>(List.of(parent));
    words.addAll(Arrays.asList(Children.server(port)).subList(1, 3));
    return children.start(words.toArray(String[]::new));
  }

  @Test
  void oneThatForkedTheServerFromItsScriptWouldForkItAgain() throws Exception {
    assertThat(roles(Children.python(), script("master.py", FORKING)))
        .containsExactly(Target.Role.PARENT, Target.Role.LISTENER);
  }

  @ParameterizedTest
  @ValueSource(strings = {"nodemon", "watchmedo"})
  void oneThatIsKnownAsAReloaderIsPartOfTheServer(String name) throws Exception {
    assertThat(roles(Children.python(), script(name, STARTING), Children.python()))
        .containsExactly(Target.Role.PARENT, Target.Role.LISTENER);
  }

  @Test
  void soIsOneThatStartsTheServerThroughAShell() throws Exception {
    assertThat(
            roles(
                Children.python(),
                script("nodemon", STARTING),
                "sh",
                "-c",
                "\"$@\"; true",
                "sh",
                Children.python()))
        .containsExactly(Target.Role.PARENT, Target.Role.PARENT, Target.Role.LISTENER);
  }

  @ParameterizedTest
  @ValueSource(strings = {"watch", "run"})
  void someAreReloadersByAnArgument(String argument) throws Exception {
    String tsx = script("tsx", "import subprocess, sys; subprocess.call(sys.argv[2:])\n");
    assertThat(roles(Children.python(), tsx, argument, Children.python()))
        .hasSize(argument.equals("watch") ? 2 : 1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"while true; do \"$@\"; sleep 5; done", "for i in 1 2; do \"$@\"; done"})
  void aShellWithALoopIsNamed(String loop) throws Exception {
    Process shell = startedBy("sh", "-c", loop, "sh", Children.python());

    RestartPlan plan = PortRestart.free(port).plan();

    assertThat(plan.targets()).extracting(t -> t.process().pid()).doesNotContain(shell.pid());
    assertThat(plan.notes())
        .contains(
            "sh("
                + shell.pid()
                + ") has started it from a script and is not stopped: it may start it again");
  }

  @Test
  void aShellWithOneCommandIsNotNamed() throws Exception {
    startedBy("sh", "-c", "\"$@\"; true", "sh", Children.python());
    assertThat(PortRestart.free(port).plan().notes()).noneMatch(note -> note.contains("script"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"pytest", "tox", "nose2", "debugpy.py"})
  void aTestRunnerThatForkedTheServerIsNot(String name) throws Exception {
    assertThat(roles(Children.python(), script(name, FORKING)))
        .containsExactly(Target.Role.LISTENER);
  }

  @Test
  void anInterpreterWithoutAScriptIsNot() throws Exception {
    assertThat(roles(Children.python(), "-c", FORKING)).containsExactly(Target.Role.LISTENER);
  }

  @Test
  void aShellIsNot() throws Exception {
    assertThat(roles("sh", "-c", "\"$@\"; true", "sh", Children.python()))
        .containsExactly(Target.Role.LISTENER);
  }

  @ParameterizedTest
  @ValueSource(strings = {"timeout 60", "script -qec", "make -f"})
  void whatStartsAnyCommandIsNot(String launcher) throws Exception {
    List<String> words = new ArrayList<>(List.of(launcher.split(" ")));
    String command = String.join(" ", Children.server(port));
    switch (words.get(0)) {
      case "make" -> words.add(script("Makefile", "all:\n\t@" + command + "; true\n"));
      case "script" -> words.addAll(List.of(command, "/dev/null"));
      default -> words.addAll(List.of(Children.server(port)));
    }
    Process process = children.start(words.toArray(String[]::new));

    List<Target> targets = PortRestart.free(port).plan().targets();

    assertThat(targets).extracting(Target::role).containsExactly(Target.Role.LISTENER);
    assertThat(targets).extracting(t -> t.process().pid()).doesNotContain(process.pid());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"bash", "zsh", "tmux: server", "screen", "make", "timeout", "gdb", "npm", "code"})
  void launchersAreKnownByTheNameOfTheProcess(String name) throws Exception {
    String rename = "open('/proc/self/comm', 'w').write(" + '"' + name + '"' + ")\n";
    Process process =
        children.start(
            Children.python(),
            script(
                "master.py", rename + "print('ready', flush=True)\nimport time; time.sleep(60)"));

    assertThat(ServerProgram.isLauncher(new LiveProcess(OsProcess.of(process.pid()).orElseThrow())))
        .isTrue();
  }
}
