// SPDX-License-Identifier: Apache-2.0
package io.tcptable.attack;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.agreement.NeedsRoot;
import io.tcptable.agreement.PythonPeer;
import io.tcptable.program.Run;
import java.io.IOException;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A server that passes its socket to others, by {@code SCM_RIGHTS} or by a fork, kills nobody. */
@NeedsRoot
@Tag("once")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Execution(ExecutionMode.CONCURRENT)
class PassedSocketIT {

  /** Takes a socket as soon as it comes, as many daemons do. */
  private static final String TAKES =
      """
      inbox = socket(AF_UNIX, SOCK_DGRAM)
      inbox.bind("\\0inbox-%d" % PORT)
      threading.Thread(target=lambda: KEPT.append(recv_fds(inbox, 1, 9)), daemon=True).start()
      """;

  private static final String PASSES =
      """
      hang()
      def passed():
          outbox = socket(AF_UNIX, SOCK_DGRAM)
          outbox.connect("\\0inbox-%d" % PORT)
          send_fds(outbox, [b"x"], [KEPT[0].fileno()])
      """;

  @AutoClose private final HostileHost host = new HostileHost();

  @Test
  void toADaemonOfRootBeforeThePlan() throws IOException {
    try (Attack attack = host.attack()) {
      PythonPeer daemon = attack.root();
      daemon.run(TAKES);
      PythonPeer server = attack.attacker();
      server.run(PASSES + "passed()");
      daemon.run("until(lambda: KEPT)");

      Run run = free(attack);

      assertThat(run.code()).as("%s", run).isEqualTo(4);
      assertThat(run.err()).contains("(" + daemon.pid() + ")");
      assertThat(server.pid()).isPositive();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void toAnotherProcessOnSigterm(boolean isOfRoot) throws IOException {
    try (Attack attack = host.attack()) {
      PythonPeer daemon = isOfRoot ? attack.root() : attack.attacker();
      daemon.run(TAKES);
      PythonPeer server = attack.attacker();
      long pid = server.pid();
      server.run(PASSES + "signal.signal(signal.SIGTERM, lambda *_: (passed(), os._exit(0)))");

      Run run = free(attack);

      assertThat(run.code()).as("%s", run).isEqualTo(5);
      assertThat(run.out()).contains("stopped: python3(" + pid + ")\n");
      assertThat(run.err()).contains("(" + daemon.pid() + ")");
    }
  }

  /**
   * What the server does when it is told to end, and what comes of it: a descendant that is known
   * is stopped too, from the third time on unasked; any other is only named.
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "os.fork() and os._exit(0)                                                         | 5",
        "os.fork() and os._exit(0), os.setsid(), arguments(b'/usr/sbin/sshd', b'-D')       | 5",
        "os.fork() and os._exit(0), os.setsid(), os.fork() and os._exit(0), name(b'runsv') | 5",
        "os.fork() or os.setsid()                                                          | 0",
        "signal.signal(signal.SIGTERM, signal.SIG_IGN), os.fork() or os.setsid()           | 0",
        "signal.signal(signal.SIGTERM, signal.SIG_IGN), [os.fork() for _ in range(3)]      | 0",
        "any(os.fork() == 0 for _ in range(16))                                            | 0",
      })
  void byAForkOnSigterm(String deed, int code) throws IOException {
    try (Attack attack = host.attack()) {
      PythonPeer bystander = attack.attacker();
      PythonPeer server = attack.attacker();
      long pid = server.pid();
      server.run(
          """
          hang()
          signal.signal(signal.SIGTERM, lambda *_: (die_within(60), %s, time.sleep(60)))
          """
              .formatted(deed));

      Run run = free(attack);

      assertThat(run.code()).as("%s", run).isEqualTo(code);
      assertThat(run.out()).contains("stopped: python3(" + pid + ")");
      assertThat(run.out().contains("nobody listens")).as(run.out()).isEqualTo(code == 0);
      assertThat(bystander.pid()).isPositive();
    }
  }

  private static Run free(Attack attack) {
    return attack.tcptable("free", attack.port(), "--yes", "--grace", "2s", "--settle", "200ms");
  }
}
