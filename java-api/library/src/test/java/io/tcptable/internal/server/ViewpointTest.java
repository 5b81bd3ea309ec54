// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.internal.linux.LinuxPlatform;
import io.tcptable.process.ProcessPlacement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a process calls itself is no evidence, what the kernel says that it runs is. */
class ViewpointTest {

  private static final String PYTHON = "/usr/bin/python3.11";

  private static Viewpoint as(String user) {
    return new Viewpoint(
        KnownProcess.of(9, "/usr/bin/java", user), pid -> false, new LinuxPlatform());
  }

  private static KnownProcess server(String user) {
    return KnownProcess.of(100, PYTHON, user, "python3", "server.py");
  }

  private static Optional<String> supervisor(ServerProcess process, String caller) {
    return Supervisor.of(process, 3001, as(caller)).map(Supervisor::name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "runsv", "s6-supervise", "supervise", "supervisord", "circusd", "containerd-shim", "PM2 v5",
        "docker-proxy", "rootlessport", "conmon", "sshd", "sshd-session", "inetd", "xinetd"
      })
  void aNameIsNoEvidence(String name) {
    KnownProcess hostile = KnownProcess.of(90, PYTHON, "evil", name, "-c", "hang()").named(name);
    assertThat(supervisor(hostile, "root")).isEmpty();
    assertThat(supervisor(server("evil").below(hostile), "root")).isEmpty();
    assertThat(supervisor(server("root").below(hostile), "root")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"runsv", "./supervise", "./docker-proxy", "/usr/sbin/sshd"})
  void neitherIsAScriptThatAnotherUserNames(String script) {
    KnownProcess hostile = KnownProcess.of(90, PYTHON, "evil", "python3", script);
    assertThat(supervisor(hostile, "root")).isEmpty();
    assertThat(supervisor(server("evil").below(hostile), "root")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"runsv", "s6-supervise", "docker-proxy", "sshd", "inetd"})
  void neitherIsAFileThatAnotherUserHasMade(String name) {
    KnownProcess hostile = KnownProcess.of(90, "/home/evil/" + name, "evil", name, "web");
    assertThat(supervisor(hostile, "root")).isEmpty();
    assertThat(supervisor(server("evil").below(hostile), "root")).isEmpty();
  }

  /** A script that runs many programs is believed for those of its user: it must not be stopped. */
  @ParameterizedTest
  @CsvSource({
    "/usr/bin/python3.11, python3, /usr/bin/supervisord, supervisord",
    "/home/web/venv/bin/python, python, /home/web/venv/bin/circusd, circusd",
    "/usr/bin/node, PM2 v5.3.0: God Daemon (/home/web/.pm2),, pm2"
  })
  void aScriptThatSupervisesIsBelievedForItsUser(
      String file, String word, @Nullable String script, String name) {
    String[] words = script == null ? new String[] {word} : new String[] {word, script};
    KnownProcess above = KnownProcess.of(90, file, "web", words);
    assertThat(supervisor(server("web").below(above), "root")).hasValue(name);
    assertThat(supervisor(server("web").below(above), "web")).hasValue(name);
    assertThat(supervisor(above, "root")).hasValue(name);
    assertThat(supervisor(server("other").below(above), "root")).isEmpty();
    assertThat(supervisor(server("root").below(above), "root")).isEmpty();
    assertThat(supervisor(server("other").below(above), "other")).isEmpty();

    Supervisor found = Supervisor.of(server("web").below(above), 3001, as("root")).orElseThrow();
    assertThat(found.restart().text()).contains(" as the user web; ");
    assertThat(found.status().orElseThrow().text()).startsWith("runuser -u web -- ");
  }

  @Test
  void aTitleIsNoEvidenceWithoutItsInterpreter() {
    KnownProcess other = KnownProcess.of(90, "/opt/hang", "web", "PM2 v5.3.0: God Daemon");
    assertThat(supervisor(server("web").below(other), "web")).isEmpty();
    KnownProcess python = KnownProcess.of(90, PYTHON, "web", "PM2 v5.3.0: God Daemon");
    assertThat(supervisor(server("web").below(python), "web")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "/usr/bin/runsv, root, web, root, runsv",
    "/usr/bin/runsv, root, web, web, runsv",
    "/usr/bin/runsv, web, web, root, runsv",
    "/home/web/bin/runsv, web, web, web, runsv",
    "/home/web/bin/runsv, web, web, root,",
    "/usr/bin/runsv, evil, web, root,",
    "/usr/bin/runsv (deleted), root, web, root, runsv"
  })
  void theFileAndTheUserOfTheSupervisorCount(
      String file, String user, String serverUser, String caller, String name) {
    KnownProcess above = KnownProcess.of(90, file, user, "runsv", "web");
    assertThat(supervisor(server(serverUser).below(above), caller))
        .isEqualTo(Optional.ofNullable(name));
  }

  @Test
  void theScriptOfAnInterpreterCountsIfRootOrThisUserRunsIt() {
    KnownProcess above =
        KnownProcess.of(90, PYTHON, "root", "python3", "/usr/bin/supervisord", "-n");
    assertThat(supervisor(server("web").below(above), "root")).hasValue("supervisord");
    assertThat(supervisor(server("web").below(above), "web")).hasValue("supervisord");
  }

  @ParameterizedTest
  @ValueSource(strings = {"./supervise.py", "runsv.js", "supervisord.py", "-c"})
  void aScriptOfASimilarNameIsNone(String script) {
    KnownProcess above = KnownProcess.of(90, PYTHON, "root", "python3", script, "supervisord");
    assertThat(supervisor(server("web").below(above), "root")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "/usr/bin/slirp4netns, rootless containers",
    "/usr/bin/pasta.avx2, rootless containers",
    "/usr/bin/qemu-system-x86_64, a virtual machine",
    "/usr/bin/ssh, an SSH connection",
    "/usr/local/bin/kubectl, a Kubernetes cluster",
    "/usr/lib/systemd/systemd, systemd",
    "/usr/bin/supervisord, supervisord",
    "/usr/bin/runsv, runsv",
    "C:/Program Files/Docker/com.docker.backend.exe, Docker Desktop",
    "C:/Program Files/WSL/wslrelay.exe, Windows Subsystem for Linux"
  })
  void whoForwardsThePortOrListensForItsServersIsNotTheServer(String file, String name) {
    KnownProcess owner = KnownProcess.of(90, file, "web", "forwarder", "3001");
    assertThat(supervisor(owner, "web")).hasValue(name);
    assertThat(supervisor(KnownProcess.of(90, PYTHON, "evil", file), "root")).isEmpty();
  }

  @Test
  void pm2ThatListensItselfIsNotTheServer() {
    KnownProcess pm2 =
        KnownProcess.of(90, "/usr/bin/node", "web", "PM2 v5.3.0: God Daemon (/home/web/.pm2)");
    Supervisor found = Supervisor.of(pm2, 3001, as("web")).orElseThrow();
    assertThat(found.kind()).isEqualTo(Supervisor.Kind.LISTENING_SUPERVISOR);
    assertThat(found.seen(pm2.name() + "(90)")).isEqualTo("node(90) is the supervisor pm2");
    assertThat(found.restart().text()).contains("pm2 restart NAME");
  }

  /** Windows does not show the title that it gives to its process. */
  @Test
  void pm2IsKnownByItsScriptToo() {
    String script = "C:\\Users\\web\\AppData\\Roaming\\npm\\node_modules\\pm2\\lib\\Daemon.js";
    KnownProcess pm2 =
        KnownProcess.of(90, "C:/Program Files/nodejs/node.exe", "web", "node", script);
    KnownProcess app =
        KnownProcess.of(91, "C:/Program Files/nodejs/node.exe", "web", "node", "a.js");
    assertThat(supervisor(app.below(pm2), "web")).hasValue("pm2");
    KnownProcess other = KnownProcess.of(90, "/usr/bin/node", "web", "node", "/x/lib/Daemon.js");
    assertThat(supervisor(app.below(other), "web")).isEmpty();
  }

  @Test
  void pm2NamesTheApplication(@TempDir Path home) throws IOException {
    Files.writeString(Files.createDirectories(home.resolve("pids")).resolve("my-app-0.pid"), "91");
    Files.writeString(home.resolve("pids").resolve("other-1.pid"), "92\n");
    Files.writeString(home.resolve("pids").resolve("bad-2.pid"), "x");
    KnownProcess pm2 =
        KnownProcess.of(90, "/usr/bin/node", "web", "PM2 v5.3.0: God Daemon (" + home + ")");
    KnownProcess app = KnownProcess.of(91, "/usr/bin/node", "web", "node", "a.js").below(pm2);
    Supervisor found = Supervisor.of(app, 3001, as("web")).orElseThrow();
    assertThat(found.seen("node(91)")).isEqualTo("node(91) is managed by pm2 as my-app");
    assertThat(found.restart().text()).isEqualTo("env PM2_HOME=" + home + " pm2 restart my-app");
    KnownProcess unknown = KnownProcess.of(93, "/usr/bin/node", "web", "node", "b.js").below(pm2);
    assertThat(Supervisor.of(unknown, 3001, as("web")).orElseThrow().name()).isEqualTo("pm2");
    assertThat(Supervisor.of(app, 3001, as("root")).map(Supervisor::name))
        .as("files of other users are not read")
        .isNotEqualTo(Optional.of("pm2 as my-app"));
  }

  /** Whom this user may not look into, this user may not stop either. */
  @Test
  void theNameCountsOfAProcessThatCannotBeSeenInto() {
    KnownProcess proxy = KnownProcess.of(90, "/usr/bin/docker-proxy", "root", "docker-proxy");
    assertThat(supervisor(proxy.hidden(), "web")).hasValue("Docker");
    KnownProcess hostile = KnownProcess.of(90, PYTHON, "evil", "x").named("docker-proxy");
    assertThat(supervisor(hostile.hidden(), "root")).isEmpty();
  }

  @Test
  void rootDoesNotBelieveAContainerThatAUserHasNamed() {
    ProcessPlacement.Builder place =
        ProcessPlacement.builder().container(Optional.of("docker web"));
    KnownProcess named = server("evil").at(place.userContainer(true).build());
    assertThat(supervisor(named, "root")).isEmpty();
    assertThat(supervisor(named, "web")).hasValue("the container docker web");
    KnownProcess real = server("evil").at(place.userContainer(false).build());
    assertThat(supervisor(real, "root")).hasValue("the container docker web");
  }
}
