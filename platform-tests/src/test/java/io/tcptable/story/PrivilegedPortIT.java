// SPDX-License-Identifier: Apache-2.0
package io.tcptable.story;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.agreement.NeedsRoot;
import io.tcptable.agreement.UserAccount;
import io.tcptable.diagnose.FindingCode;
import io.tcptable.program.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A server of a user without rights, on a port that takes a right since it was started: what could
 * not bind the port is known before the server is stopped.
 */
@NeedsRoot
@Tag("once")
class PrivilegedPortIT {

  private static final String PORT = Integer.toString(Place.PORT);
  private static final String NOBODY = Integer.toString(UserAccount.NOBODY_UID);
  private static final List<String> SERVER = Backend.command(Place.PORT, "healthy");

  private static final String LACKS =
      "ports below 4000 take root or CAP_NET_BIND_SERVICE, and neither the user nor ";

  /** For a server that does not end with its input. */
  private static final String UNTIL_THIS_ENDS = "BACKEND_UNTIL=" + ProcessHandle.current().pid();

  @AutoClose private final Place place = new Place();

  @TempDir private Path directory;
  @TempDir private Path ofRoot;

  private long server;

  @BeforeEach
  void serve() throws IOException {
    Files.setAttribute(directory, "unix:uid", UserAccount.NOBODY_UID);
    serve(SERVER);
  }

  private void serve(List<String> server) {
    List<String> command =
        new ArrayList<>(List.of("setpriv", "--reuid", NOBODY, "--regid", NOBODY, "--clear-groups"));
    command.addAll(server);
    place.set("net.ipv4.ip_unprivileged_port_start", "1024");
    this.server = place.serve(command);
    place.set("net.ipv4.ip_unprivileged_port_start", "4000");
  }

  private Run run(String name, List<String> options, List<String> command) {
    List<String> words = new ArrayList<>(List.of(name, PORT));
    words.addAll(List.of("--log", directory.resolve("log").toString()));
    words.addAll(options);
    words.add("--");
    words.addAll(command);
    return place.program(UserAccount.NOBODY, words.toArray(String[]::new));
  }

  private void assertServes() {
    assertThat(ProcessHandle.of(server))
        .hasValueSatisfying(it -> assertThat(it.isAlive()).isTrue());
    assertThat(place.diagnose().verdict().toString()).isEqualTo("HEALTHY");
  }

  private static String realPython() throws IOException {
    return Path.of(Backend.python()).toRealPath().toString();
  }

  @Test
  void theOldServerIsNotStoppedForOneThatCouldNotBind() throws IOException {
    Run run = run("restart", List.of("--yes"), SERVER);

    assertThat(run.code()).as(run.out() + run.err()).isEqualTo(3);
    assertThat(run.err())
        .contains(
            "nothing was done: the new server could not bind 127.0.0.1:"
                + PORT
                + ": "
                + LACKS
                + realPython()
                + " has that\n")
        .contains("tcptable: Run it as root, or use a port from 4000 on.");
    assertServes();
  }

  @Test
  void norToStartTheSameAgain() {
    Run run =
        place.program(
            UserAccount.NOBODY,
            "restart",
            PORT,
            "--yes",
            "--log",
            directory.resolve("log").toString());

    assertThat(run.code()).as(run.out() + run.err()).isEqualTo(3);
    assertThat(run.err()).contains(LACKS);
    assertServes();
  }

  /**
   * What a restart would refuse is not advised, to root neither: it would start it as nobody. Nor
   * is another command for the one whose input, a pipe of this test, it could not give to a new
   * one.
   */
  @ParameterizedTest
  @ValueSource(strings = {"</dev/null", ""})
  void aDiagnosisAdvisesNoRestartThatWouldBeRefused(String input) throws IOException {
    place.root("kill", "-TERM", Long.toString(server));
    List<String> hung =
        new ArrayList<>(List.of("env", UNTIL_THIS_ENDS, "sh", "-c", "exec \"$@\" " + input, "sh"));
    hung.addAll(Backend.command(Place.PORT, "hung", "8"));
    serve(hung);

    for (UserAccount account : List.of(UserAccount.NOBODY, UserAccount.ROOT)) {
      assertThat(
              place.diagnose(Place.PORT, account).finding(FindingCode.HEALTH_NO_RESPONSE).advice())
          .as(account.toString())
          .contains(
              "A restart would be refused: the new server could not bind 127.0.0.1:"
                  + PORT
                  + ": "
                  + LACKS
                  + realPython()
                  + " has that. Run it as root, or use a port from 4000 on.")
          .noneMatch(it -> it.contains("tcptable restart"));
    }
    place.root("kill", "-TERM", Long.toString(server));
  }

  @Test
  void jsonNamesTheObstacle() {
    Run run = run("restart", List.of("--yes", "--json"), SERVER);

    assertThat(run.out())
        .contains("\"outcome\":\"refused\",\"obstacle\":{\"kind\":\"CANNOT_BIND\"");
    assertServes();
  }

  @Test
  void whatAShellMayDoIsOnlyNoted() {
    Run run = run("restart", List.of("--dry-run"), List.of("sh", "-c", "exec server"));

    assertThat(run.code()).as(run.out() + run.err()).isZero();
    assertThat(run.out())
        .contains("Note: it is not known whether the new server may bind 127.0.0.1:" + PORT)
        .contains("but it may have another program do so");
    assertServes();
  }

  /** By the capability of a copy of the interpreter, also if a script names that. */
  @Test
  void aFileCapabilityIsARight() throws IOException {
    Path python = Files.copy(Path.of(realPython()), directory.resolve("python"));
    place.root("setcap", "cap_net_bind_service=+ep", python.toString());
    List<String> command = new ArrayList<>(SERVER);
    command.set(0, python.toString());
    Path script =
        Files.writeString(directory.resolve("script"), "#!" + python + "\nprint('never')\n");
    assertThat(script.toFile().setExecutable(true, false)).isTrue();

    Run byScript = run("restart", List.of("--dry-run"), List.of(script.toString()));
    assertThat(byScript.code()).as(byScript.out() + byScript.err()).isZero();
    assertThat(byScript.out()).doesNotContain("not known whether");
    Run run =
        run("restart", List.of("--yes", "--settle", "200ms", "--env", UNTIL_THIS_ENDS), command);

    assertThat(run.code()).as(run.out() + run.err()).isZero();
    assertThat(ProcessHandle.of(server).filter(ProcessHandle::isAlive)).isEmpty();
    assertThat(place.diagnose().verdict().toString()).isEqualTo("HEALTHY");
    stopWhatRuns();
  }

  private void stopWhatRuns() {
    Run free = place.program(UserAccount.ROOT, "free", PORT, "--yes", "--settle", "200ms");
    assertThat(free.code()).as(free.out() + free.err()).isZero();
  }

  /** It need not be bound for that. */
  @Test
  void thePortCanBeFreed() {
    Run run = place.program(UserAccount.NOBODY, "free", PORT, "--yes", "--settle", "200ms");

    assertThat(run.code()).as(run.out() + run.err()).isZero();
    assertThat(run.out()).contains("port " + PORT + ": nobody listens");
    Run start = run("start", List.of(), SERVER);
    assertThat(start.code()).as(start.out() + start.err()).isEqualTo(3);
    assertThat(start.err()).contains(LACKS);
    Run guard =
        place.program(
            UserAccount.NOBODY,
            "guard",
            PORT,
            "--log",
            directory.resolve("log").toString(),
            "--evidence",
            directory.toString(),
            "--",
            SERVER.get(0),
            SERVER.get(1),
            PORT,
            "healthy");
    assertThat(guard.code()).as(guard.out() + guard.err()).isEqualTo(4);
    assertThat(guard.err()).contains(LACKS);
  }

  /** Its root has all capabilities, but the network is not its own. */
  @Test
  void rootOfAUserNamespaceIsNoRootOfTheNetwork() {
    place.root("kill", "-TERM", Long.toString(server));
    Run run =
        place.program(
            List.of("env", "XDG_STATE_HOME=" + ofRoot, "unshare", "--user", "--map-root-user"),
            "restart",
            PORT,
            "--yes",
            "--settle",
            "200ms",
            "--",
            "sleep",
            "1");

    assertThat(run.code()).as(run.out() + run.err()).isEqualTo(3);
    assertThat(run.err())
        .contains("the network does not belong to the user namespace of this process");
  }
}
