// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tcptable.agreement.NeedsRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * The story of the README for a server in a container, by a real Podman with runc: the port is
 * published here, and the server hangs in there. Skips where Podman cannot run, and says why.
 */
@NeedsRoot
@Tag("once")
@TestMethodOrder(OrderAnnotation.class)
class ContainerIT {

  private static final String NAME = "tcptable-web";
  private static final String PORT = "3001";
  private static final String LOOPBACK_PORT = "3002";

  private static final int REFUSED = 4;
  private static final int HANGING = 11;
  private static final int DOWN = 12;

  @TempDir private static Path folder;

  private static PodmanHost host;

  @BeforeAll
  static void start() throws Exception {
    for (String program : List.of("podman", "runc", "iptables", "busybox", "nsenter")) {
      assumeTrue(isInstalled(program), program + " is not installed");
    }
    host = new PodmanHost(folder);
    Run run = run(NAME, PORT, "80");
    assumeTrue(run.code() == 0, () -> "Podman cannot run a container here: " + run.err());
    host.pid(NAME);
  }

  private static Run run(String name, String port, String listen) throws Exception {
    return host.podman(
        "run",
        "--detach",
        "--name",
        name,
        // A process that is stopped takes no other signal in the time of a stop.
        "--stop-signal",
        "KILL",
        "--publish",
        "127.0.0.1:" + port + ":80",
        "--rootfs",
        folder.resolve("root").toString(),
        "/bin/busybox",
        "httpd",
        "-f",
        "-p",
        listen);
  }

  private static boolean isInstalled(String program) {
    return List.of("/usr/bin", "/bin", "/usr/sbin", "/sbin").stream()
        .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
  }

  @AfterAll
  static void end() throws IOException {
    if (host != null) {
      host.close();
    }
  }

  private static String server() throws Exception {
    return "busybox(" + host.pid(NAME) + ") in the container " + NAME;
  }

  private static Run diagnose(String port) {
    return host.tcptable("diagnose", port, "--deadline", "1500ms");
  }

  @Test
  @Order(1)
  void aHealthyServerIsNamedWithItsContainer() throws Exception {
    Run run = diagnose(PORT);
    assertThat(run.out())
        .startsWith("HEALTHY  Port 3001 is healthy: " + server() + " answered 404");
    assertThat(run.code()).isZero();
    assertThat(run.out()).contains(" forwards port 3001 to 10.88.0.");
  }

  @Test
  @Order(2)
  void itsSocketsAreListed() throws Exception {
    assertThat(host.tcptable("list", "--all-namespaces", "--listen").out())
        .containsPattern("(?m)^LISTEN .* \\[::\\]:80 .* libpod \\S+ +busybox\\(" + host.pid(NAME));
  }

  @Test
  @Order(3)
  void aServerThatHangsInThereIsTheCause() throws Exception {
    signal("STOP");
    Run run = diagnose(PORT);
    assertThat(run.code()).isEqualTo(HANGING);
    assertThat(run.out())
        .startsWith(
            "HANGING  Port 3001 hangs: it is forwarded to "
                + server()
                + ", and its process is stopped")
        .contains("> podman restart " + NAME);
  }

  @Test
  @Order(4)
  void aRestartIsLeftToTheRuntime() {
    Run run = host.tcptable("restart", PORT, "--yes");
    assertThat(run.code()).isEqualTo(REFUSED);
    assertThat(run.err())
        .contains("forwards the port to a container of Podman, " + NAME)
        .contains("try: podman restart " + NAME)
        .contains("try: tcptable restart 3001 --by-runtime");
  }

  @Test
  @Order(5)
  void theRuntimeRestartsItIfAsked() throws Exception {
    long before = host.pid(NAME);
    Run run = host.tcptable("restart", PORT, "--by-runtime", "--yes");
    assertThat(run.code()).as("%s", run).isZero();
    assertThat(host.pid(NAME)).isNotEqualTo(before);
    assertThat(diagnose(PORT).out()).startsWith("HEALTHY  Port 3001 is healthy: " + server());
  }

  @Test
  @Order(6)
  void aContainerThatIsPausedIsFrozen() throws Exception {
    Run paused = host.podman("pause", NAME);
    assumeTrue(paused.code() == 0, () -> "no freezer of control groups here: " + paused.err());
    try {
      Run run = diagnose(PORT);
      assertThat(run.code()).isEqualTo(HANGING);
      assertThat(run.out())
          .startsWith("HANGING  Port 3001 hangs: it is forwarded to " + server())
          .contains("its control group is frozen")
          .endsWith("Next: podman unpause " + NAME + "\n");
    } finally {
      host.podman("unpause", NAME);
    }
  }

  @Test
  @Order(7)
  void aServerOnItsOwnLoopbackIsNotReached() throws Exception {
    host.podman("rm", "--force", "--time", "0", NAME);
    assertThat(run("tcptable-lo", LOOPBACK_PORT, "127.0.0.1:80").code()).isZero();
    Run run = diagnose(LOOPBACK_PORT);
    assertThat(run.code()).isEqualTo(DOWN);
    assertThat(run.out())
        .contains("in the container tcptable-lo, and that listens on its own 127.0.0.1:80 only");
  }

  private static void signal(String name) throws Exception {
    assertThat(Run.of(List.of("kill", "-" + name, "" + host.pid(NAME))).code()).isZero();
  }
}
