// SPDX-License-Identifier: Apache-2.0
package io.tcptable.attack;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.agreement.NeedsRoot;
import io.tcptable.agreement.PythonPeer;
import io.tcptable.program.Run;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * However much a process has of something, the program needs little memory for it, prints little,
 * and comes back.
 */
@NeedsRoot
@Tag("once")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BulkIT {

  private static final int MOST_CHARACTERS = 200_000;

  @AutoClose private final HostileHost host = new HostileHost("-Xmx64m");

  @Test
  void argumentsOfThreeGigabytes() throws IOException {
    assertIsBounded(
        """
        flags = mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS | 0x4000  # MAP_NORESERVE
        memory = mmap.mmap(-1, 3 << 30, flags=flags)
        start = ctypes.addressof(ctypes.c_char.from_buffer(memory))
        arguments_at(start, start + (3 << 30))
        hang()
        """);
  }

  @Test
  void oneArgumentOfTwoMegabytes() throws IOException {
    assertIsBounded("arguments(b'server', b'x' * 1_800_000)\nhang()");
  }

  @Test
  void aMillionArguments() throws IOException {
    assertIsBounded("arguments(*[b''] * 1_000_000)\nhang()");
  }

  @Test
  void thousandsOfLogs() throws IOException {
    assertIsBounded(
        """
        limit = min(15_000, resource.getrlimit(resource.RLIMIT_NOFILE)[1] - 100)
        resource.setrlimit(resource.RLIMIT_NOFILE, (limit + 100, limit + 100))
        os.chdir('%s')
        KEPT += [os.open('%%d.log' %% i, os.O_CREAT | os.O_WRONLY, 0o600) for i in range(limit)]
        [os.remove('%%d.log' %% i) for i in range(0, limit, 2)]
        hang()
        """);
  }

  /** Each is the parent of the next one, and the last one is the server. */
  @Test
  void aChainOfProcesses() throws IOException {
    assertIsBounded(
        """
        os.chdir('%s')
        with open('server.py', 'w') as server:
            server.write(HANGING)
        with open('chain.sh', 'w') as chain:
            chain.write('[ $1 -gt 0 ] || exec /usr/bin/python3 server.py $2 <&3\\n')
            chain.write('/bin/sh chain.sh $(($1 - 1)) $2 & wait')
        words = ['/bin/sh', '-c', 'exec 3<&0; exec /bin/sh chain.sh 1000 %%d' %% PORT]
        first = subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        first.stdout.readline()
        """);
  }

  /** Its other threads keep the socket, and the kernel calls it a zombie. */
  @Test
  void aServerOfManyThreadsWhoseMainThreadHasEnded() throws IOException {
    try (Attack attack = host.attack()) {
      PythonPeer server = attack.attacker();
      long pid = server.pid();
      server.run(
          """
          hang()
          for _ in range(64):
              threading.Thread(target=time.sleep, args=(60,), daemon=True).start()
          exit = {'x86_64': 60, 'aarch64': 93}[os.uname().machine]
          main = threading.main_thread().ident
          signal.signal(signal.SIGUSR1, lambda *_: LIBC.syscall(exit, 0))
          threading.Timer(0.1, signal.pthread_kill, [main, signal.SIGUSR1]).start()
          """);
      attack
          .root()
          .run(
              """
              until(lambda: b' Z ' in open('/proc/%d/stat', 'rb').read().rpartition(b')')[2][:4])
              """
                  .formatted(pid));

      assertIsBounded(attack);
    }
  }

  private void assertIsBounded(String deed) throws IOException {
    try (Attack attack = host.attack()) {
      PythonPeer server = attack.attacker();
      server.run(deed.formatted(attack.folder()));

      assertIsBounded(attack);
    }
  }

  private static void assertIsBounded(Attack attack) {
    String port = attack.port();
    for (Run run :
        List.of(
            attack.diagnose(),
            attack.diagnose("--json"),
            attack.tcptable("free", port, "--dry-run", "--json"))) {
      assertThat(run.out().length()).as(run.err()).isBetween(1, MOST_CHARACTERS);
      assertThat(run.err()).doesNotContain("should not happen").doesNotContain("Error");
      assertThat(run.code()).as(run.err()).isIn(0, 11);
    }

    Run run = attack.tcptable("free", port, "--yes", "--settle", "100ms");
    assertThat(run.code()).as("%s", run).isZero();
  }
}
