// SPDX-License-Identifier: Apache-2.0
package io.tcptable.attack;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.agreement.NeedsRoot;
import io.tcptable.agreement.PythonPeer;
import io.tcptable.program.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Root's {@code --log} neither waits for what another user has put there nor writes to it. */
@NeedsRoot
@Tag("once")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Execution(ExecutionMode.CONCURRENT)
class LogFileIT {

  private static final String SECRET = "root's\n";

  @AutoClose private final HostileHost host = new HostileHost();

  /**
   * @param trap what the attacker does in an own directory, below a sticky one
   * @param log what root gives as the log
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "os.mkfifo('log')                            | mine/log",
        "os.symlink('../protected', 'log')           | mine/log",
        "os.symlink('elsewhere', 'log')              | mine/log",
        "open('log', 'w').close(), os.chmod('log', 0o666) | mine/log",
        "socket(AF_UNIX).bind('log')                 | mine/log",
        "os.mkdir('log')                             | mine/log",
        "os.symlink('/dev/null', 'log')              | mine/log",
        "pass                                        | mine/log",
        "pass                                        | mine/new/log",
        "os.symlink('..', 'way')                     | mine/way/log",
        "os.symlink('mine', '../way')                | way/log",
        "os.symlink('.', '../way')                   | way/log",
        "os.mkfifo('../log')                         | log",
        "os.symlink('protected', '../log')           | log",
        "open('../log', 'w').close(), os.chmod('../log', 0o666) | log",
        "pass                                        | open/log",
        "pass                                        | group/log",
        "pass                                        | group/new/log",
        "pass                                        | linked",
        "pass                                        | /dev/stdin",
        "pass                                        | /proc/self/fd/0",
        "pass                                        | /dev/full",
      })
  void itIsRefused(String trap, String log) throws IOException {
    try (Attack attack = host.attack()) {
      Path folder = attack.folder();
      PythonPeer root = attack.root();
      root.run(
          """
          os.chdir('%s')
          os.chmod('.', 0o1777)
          open('protected', 'w').write(%s)
          os.link('protected', 'linked')
          os.mkdir('open')
          os.chmod('open', 0o777)
          os.mkdir('group')
          os.chown('group', 0, 65534)
          os.chmod('group', 0o775)
          """
              .formatted(folder, "\"" + SECRET.replace("\n", "\\n") + "\""));
      PythonPeer server = attack.attacker();
      server.run("enter(" + Attack.bytes(folder + "/mine") + ")\n" + trap + "\nhang()");
      long files = files(folder);

      Run plan = restart(attack, "--dry-run", folder.resolve(log));
      Run run = restart(attack, "--yes", folder.resolve(log));

      assertThat(plan.code()).as("%s", plan).isEqualTo(4);
      assertThat(run.code()).as("%s", run).isEqualTo(4);
      assertThat(run.err()).contains("cannot be written");
      assertThat(server.number("answer = PORT")).isEqualTo(Long.parseLong(attack.port()));
      assertThat(folder.resolve("protected")).content().isEqualTo(SECRET);
      assertThat(files(folder)).isEqualTo(files);
    }
  }

  private static Run restart(Attack attack, String option, Path log) {
    return attack.tcptable(
        "restart", attack.port(), option, "--log", log.toString(), "--", "/bin/echo", "x");
  }

  private static long files(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      return files.count();
    }
  }
}
