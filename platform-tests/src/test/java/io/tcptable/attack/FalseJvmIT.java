// SPDX-License-Identifier: Apache-2.0
package io.tcptable.attack;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.agreement.NeedsRoot;
import io.tcptable.agreement.PythonPeer;
import io.tcptable.program.Run;
import java.io.IOException;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A process that only looks like a JVM survives a diagnosis with thread dumps, and does not hold it
 * up. The jcmd of a JDK sends SIGQUIT, which ends a process that does not handle it.
 */
@NeedsRoot
@Tag("once")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Execution(ExecutionMode.CONCURRENT)
class FalseJvmIT {

  private static final String CALLED_JAVA =
      """
      name(b'java')
      arguments(b'/usr/bin/java', b'-jar', b'server.jar')
      hang()
      """;

  private static final String MAPS_THE_LIBRARY =
      """
      with open('%s/libjvm.so', 'w+b') as library:
          library.write(bytes(4096))
          library.flush()
          KEPT.append(mmap.mmap(library.fileno(), 4096, prot=mmap.PROT_READ))
      """;

  /** The socket at which a JVM takes questions: no other user may write to it. */
  private static final String ANSWERS =
      """
      handled = []
      signal.signal(signal.SIGQUIT, lambda *_: handled.append(1))
      door = '/tmp/.java_pid%d' % os.getpid()
      attach = socket(AF_UNIX)
      attach.bind(door)
      os.chmod(door, 0o600)
      attach.listen()
      def endless(client):
          while True:
              client.sendall(b'0' * 65536)
      def answer():
          while True:
              client = attach.accept()[0]
              try:
                  DEED
              except OSError:
                  pass
      threading.Thread(target=answer, daemon=True).start()
      """;

  @AutoClose private final HostileHost host = new HostileHost();

  @ParameterizedTest
  @ValueSource(strings = {"", MAPS_THE_LIBRARY})
  void oneThatDoesNotHandleSigquitLivesOn(String more) throws IOException {
    try (Attack attack = host.attack()) {
      PythonPeer server = attack.attacker();
      server.run(CALLED_JAVA + more.replace("%s", attack.folder().toString()));

      Run run = attack.diagnose("--threads");

      assertThat(run.out()).as(run.err()).contains("java(" + server.pid() + ")");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "client.sendall(b'0\\n'), endless(client)               ~ longer than|did not answer|OutOfMemory",
        "endless(client)                                       ~ did not answer|jcmd",
        "client.sendall(b'0\\n'), time.sleep(60)                ~ did not answer",
        "time.sleep(60)                                        ~ did not answer",
        "client.sendall(b'0\\n' + b'\\x1b[2J' * 9), client.close() ~ Threads of",
      })
  void oneThatAnswersWithoutEndIsLeftAlone(String answer, String said) throws IOException {
    try (Attack attack = host.attack()) {
      PythonPeer server = attack.root();
      server.run(MAPS_THE_LIBRARY.formatted(attack.folder()) + "become_nobody_with_own('/tmp')");
      server.run(CALLED_JAVA + ANSWERS.replace("DEED", answer) + "die_within(60)");

      Run run = attack.diagnose("--threads");

      assertThat(run.out()).containsPattern(said).doesNotContain("\u001b");
      assertThat(server.run("answer = handled")).isEqualTo("[]");
    }
  }
}
