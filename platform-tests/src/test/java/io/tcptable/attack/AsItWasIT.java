// SPDX-License-Identifier: Apache-2.0
package io.tcptable.attack;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.agreement.NeedsRoot;
import io.tcptable.agreement.UserAccount;
import io.tcptable.program.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Root starts another user's server again, and nothing that this user chose acts as root. */
@NeedsRoot
@Tag("once")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AsItWasIT {

  @AutoClose private final HostileHost host = new HostileHost();

  /** Where only the attacker can write. */
  @TempDir private Path own;

  private Path log;

  @BeforeEach
  void giveDirectoryToAttacker() throws IOException {
    Files.setAttribute(own, "unix:mode", 0755);
    Files.setAttribute(own, "unix:uid", UserAccount.NOBODY_UID);
    log = own.resolve("server.log");
  }

  /** A server of the attacker that answers 404; in a directory, with variables, and with a log. */
  private String server(Attack attack, String place, String variables) {
    return """
        os.makedirs(%s, exist_ok=True)
        server = subprocess.Popen(
            ["/usr/bin/python3", "-m", "http.server", str(PORT), "--bind", "127.0.0.1"],
            cwd=%1$s, env={"PATH": "/usr/bin:/bin", %s}, stdin=subprocess.DEVNULL,
            stdout=open(%s, "ab"), stderr=subprocess.STDOUT, start_new_session=True)
        import socket, time
        while True:
            try:
                socket.create_connection(("127.0.0.1", PORT)).close()
                break
            except OSError:
                time.sleep(0.02)
        """
        .formatted(Attack.bytes(attack.folder() + place), variables, Attack.bytes(log.toString()));
  }

  private static Run restart(Attack attack) {
    return attack.tcptable(
        "restart", attack.port(), "--yes", "--settle", "200ms", "--expect-status", "404");
  }

  private static void assertRunsAsNobody(Attack attack) {
    assertThat(attack.diagnose("--json", "--expect-status", "404").out())
        .contains("\"user\":\"nobody\"");
  }

  /** The loader of each program that has these variables writes a file, as that program's user. */
  @Test
  void itsEnvironmentReachesNoProgramThatRootRuns() throws IOException {
    try (Attack attack = host.attack()) {
      String traces = attack.folder() + "/trace";
      attack
          .attacker()
          .run(
              server(
                  attack,
                  "/home",
                  "\"LD_DEBUG\": \"libs\", \"LD_DEBUG_OUTPUT\": \"" + traces + "\""));
      Files.deleteIfExists(Path.of(traces));

      Run run = restart(attack);

      assertThat(run.code()).as(run.out() + run.err()).isZero();
      assertRunsAsNobody(attack);
      List<Path> written = traces(attack);
      assertThat(written).hasSizeGreaterThan(1);
      for (Path trace : written) {
        assertThat(Files.getAttribute(trace, "unix:uid"))
            .as(trace.toString())
            .isEqualTo(UserAccount.NOBODY_UID);
      }
    }
  }

  private static List<Path> traces(Attack attack) throws IOException {
    try (Stream<Path> files = Files.list(attack.folder())) {
      return files.filter(file -> file.getFileName().toString().startsWith("trace.")).toList();
    }
  }

  @Test
  void rootWritesToNoFileThatItsLogWasReplacedBy() throws IOException {
    try (Attack attack = host.attack()) {
      Path victim = Files.createFile(attack.folder().resolve("victim"));
      attack
          .attacker()
          .run(
              server(attack, "/home", "")
                  + "os.remove(%s)\nos.symlink(%s, %1$s)\n"
                      .formatted(Attack.bytes(log.toString()), Attack.bytes(victim.toString())));

      Run run = restart(attack);

      assertThat(run.code()).as(run.out() + run.err()).isZero();
      assertRunsAsNobody(attack);
      assertThat(victim).isEmptyFile();
    }
  }

  /** It is in there, but could not go there again: root could. */
  @Test
  void itGetsIntoNoDirectoryThatIsNotForItsUser() throws IOException {
    try (Attack attack = host.attack()) {
      attack.attacker().run(server(attack, "/closed/inner", ""));
      Path closed = attack.folder().resolve("closed");
      Files.setAttribute(closed, "unix:uid", 0);
      Files.setAttribute(closed, "unix:mode", 0700);

      Run run = restart(attack);

      assertThat(run.code()).as(run.out() + run.err()).isEqualTo(4);
      assertThat(run.err())
          .contains("nothing was done: ")
          .contains(" cannot be started as it was: a trial with a program that does nothing ended");
      assertRunsAsNobody(attack);
    }
  }
}
