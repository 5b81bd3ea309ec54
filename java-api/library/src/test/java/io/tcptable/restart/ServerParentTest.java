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
import org.junit.jupiter.api.BeforeEach;
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

  private int port;

  @BeforeEach
  void choosePort() throws IOException {
    port = FreePorts.next();
  }

  private String script(String name, String text) throws IOException {
    return Files.writeString(directory.resolve(name), text).toString();
  }

  /**
   * Whom it takes to free the port of a server that is started like this; the parent's PID first.
   */
  private List<Target.Role> roles(String... parent) throws InterruptedException {
    List<String> words = new ArrayList<>(List.of(parent));
    words.addAll(Arrays.asList(Children.server(port)).subList(1, 3));
    Process process = children.start(words.toArray(String[]::new));
    assertThat(process.children()).hasSize(1);
    return PortRestart.free(port).plan().targets().stream().map(Target::role).toList();
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
