// SPDX-License-Identifier: Apache-2.0
package io.tcptable.restart;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.OsProcess;
import io.tcptable.process.PortRole;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import servers.Children;
import servers.FreePorts;

/** Real processes that a server has started and that hold no socket of its port. */
@EnabledOnOs(OS.LINUX)
class ServerWorkersTest {

  /** Starts one child in a way that the first argument says, and listens on the second. */
  private static final String SERVER =
      """
      import os, signal, socket, subprocess, sys, time
      signal.alarm(120)
      how, port = sys.argv[1], int(sys.argv[2])
      def wait():
          time.sleep(100)
      if 'CHILD' in os.environ:
          wait()
      prepared, tell = os.pipe()
      again = [sys.executable] + sys.argv
      environment = dict(os.environ, CHILD='1')
      def fork():
          if os.fork() == 0:
              if how == 'session':
                  os.setsid()
              if how == 'listens':
                  other = socket.create_server(('127.0.0.1', int(sys.argv[3])))
              if how == 'deep' and os.fork() == 0:
                  wait()
              os.write(tell, b'x')
              wait()
          os.read(prepared, 1)
      if how in ('fork', 'deep', 'session', 'listens'):
          fork()
      elif how == 'same':
          subprocess.Popen(again, env=environment)
      elif how == 'cluster':
          subprocess.Popen(again + ['worker'], env=dict(environment, NODE_UNIQUE_ID='1'))
      elif how == 'library':
          code = 'from multiprocessing.spawn import spawn_main; import time; time.sleep(100)'
          subprocess.Popen([sys.executable, '-c', code, '--multiprocessing-fork'])
      elif how == 'job':
          subprocess.Popen(again + ['job'], env=environment)
      elif how == 'program':
          subprocess.Popen(['sh', '-c', 'sleep 100; true'])
      listener = socket.create_server(('127.0.0.1', port))
      print('ready', flush=True)
      wait()
      """;

  @RegisterExtension final Children children = new Children();

  @TempDir private Path folder;

  private final int port = FreePorts.next();

  private Process start(String how, Object... more) throws IOException {
    Path script = Files.writeString(folder.resolve("server.py"), SERVER);
    String[] command = new String[4 + more.length];
    command[0] = Children.python();
    command[1] = script.toString();
    command[2] = how;
    command[3] = "" + port;
    for (int i = 0; i < more.length; i++) {
      command[4 + i] = more[i].toString();
    }
    return children.start(command);
  }

  private static List<ProcessHandle> below(Process server) {
    return server.descendants().toList();
  }

  private PortRestart free() {
    return PortRestart.free(port).settle(Duration.ZERO).grace(Duration.ofMillis(300));
  }

  private static void freeze(ProcessHandle process) throws Exception {
    new ProcessBuilder("kill", "-STOP", Long.toString(process.pid())).start().waitFor();
  }

  @ParameterizedTest
  @CsvSource({
    "fork, is a fork of ",
    "same, was started by ",
    "cluster, is a node:cluster worker of ",
    "library, was started by a library of "
  })
  void aWorkerIsStoppedWithItsServerBeItFrozen(String how, String evidence) throws Exception {
    Process server = start(how);
    ProcessHandle worker = below(server).get(0);
    freeze(worker);

    Target target = free().plan().targets().get(1);
    assertThat(target.process().pid()).isEqualTo(worker.pid());
    assertThat(target.role()).isEqualTo(Target.Role.WORKER);
    assertThat(target.portRole().kind()).isEqualTo(PortRole.Kind.WORKER);
    assertThat(target.why()).startsWith(evidence).contains("(" + server.pid() + ")");

    RestartReport report = free().run();

    assertThat(report.outcome()).as("%s", report).isEqualTo(Outcome.DONE);
    assertThat(report.stopped())
        .extracting(OsProcess::pid)
        .containsExactly(server.pid(), worker.pid());
    assertThat(Children.hasEnded(worker)).isTrue();
  }

  @Test
  void workersOfWorkersToo() throws Exception {
    Process server = start("deep");
    Children.await("both workers", () -> below(server).size() == 2);
    List<ProcessHandle> workers = below(server);

    assertThat(free().run().stopped()).hasSize(3);
    assertThat(workers).allMatch(Children::hasEnded);
  }

  /** It may be meant to outlive the server; the plan names it. */
  @ParameterizedTest
  @ValueSource(strings = {"job", "program", "session"})
  void aJobOfAnotherKindIsLeftAlone(String how) throws Exception {
    Process server = start(how);
    ProcessHandle job = below(server).get(0);

    RestartPlan plan = free().plan();
    assertThat(plan.targets()).hasSize(1);
    assertThat(plan.notes()).anyMatch(note -> note.contains("(" + job.pid() + ")"));
    assertThat(free().run().outcome()).isEqualTo(Outcome.DONE);
    assertThat(job.isAlive()).isTrue();
    job.destroyForcibly();
  }

  @Test
  void aForkThatServesAnotherPortIsNoWorkerOfThisOne() throws Exception {
    Process server = start("listens", FreePorts.next());
    ProcessHandle other = below(server).get(0);

    assertThat(free().allowOtherPorts().run().stopped())
        .extracting(OsProcess::pid)
        .containsExactly(server.pid());
    assertThat(other.isAlive()).isTrue();
    other.destroyForcibly();
  }
}
