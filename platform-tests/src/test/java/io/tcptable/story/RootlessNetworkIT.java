// SPDX-License-Identifier: Apache-2.0
package io.tcptable.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tcptable.OsProcess;
import io.tcptable.TcpQuery;
import io.tcptable.TcpState;
import io.tcptable.TcpTable;
import io.tcptable.agreement.NeedsRoot;
import io.tcptable.diagnose.Finding;
import io.tcptable.diagnose.FindingCode;
import io.tcptable.diagnose.PortDiagnosis;
import io.tcptable.diagnose.Verdict;
import io.tcptable.health.HealthProbe;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import servers.FreePorts;

/**
 * A port that a real slirp4netns forwards into a network namespace, which a file keeps that only
 * its own mount namespace shows: as rootless Podman has it. Skips where that cannot run.
 */
@NeedsRoot
@Tag("once")
class RootlessNetworkIT {

  private static final Duration LONGEST = Duration.ofSeconds(10);

  @TempDir private Path folder;

  private final Deque<Process> started = new ArrayDeque<>();

  @AfterEach
  void end() throws InterruptedException {
    for (Process process : started) {
      process.destroyForcibly().waitFor(LONGEST.toSeconds(), TimeUnit.SECONDS);
    }
  }

  private Process start(List<String> command) throws IOException {
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(Redirect.DISCARD)
            .redirectError(Redirect.DISCARD)
            .start();
    started.push(process);
    return process;
  }

  private static boolean isInstalled(String program) {
    return List.of("/usr/bin", "/bin", "/usr/sbin", "/sbin").stream()
        .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
  }

  @Test
  void theServerInTheNamespaceIsNamed() throws Exception {
    for (String program : List.of("slirp4netns", "busybox", "nsenter")) {
      assumeTrue(isInstalled(program), program + " is not installed");
    }
    assumeTrue(Files.isWritable(Path.of("/dev/net/tun")), "no /dev/net/tun for this user");
    Path namespace = folder.resolve("net");
    Process server =
        start(
            List.of(
                "unshare",
                "--net",
                "--mount",
                "sh",
                "-c",
                // Holds the namespace open, and serves in it.
                "touch \"$0\" && mount --bind /proc/self/ns/net \"$0\" && ip link set lo up"
                    + " && exec busybox httpd -f -p 80",
                namespace.toString()));
    await(() -> OsProcess.of(server.pid()).filter(it -> it.name().equals("busybox")).isPresent());
    await(() -> !TcpTable.snapshot(listeners().inNamespaceOf(server.pid())).isEmpty());
    Path api = folder.resolve("api");
    Process slirp =
        start(
            List.of(
                "nsenter",
                "--mount=/proc/" + server.pid() + "/ns/mnt",
                "slirp4netns",
                "--configure",
                "--api-socket",
                api.toString(),
                "--netns-type=path",
                namespace.toString(),
                "tap0"));
    await(() -> Files.exists(api) || !slirp.isAlive());
    assertThat(slirp.isAlive()).as("slirp4netns runs").isTrue();
    int port = publish(api);
    PortDiagnosis diagnosis =
        PortDiagnosis.request(port).health(HealthProbe.of(port).deadline(LONGEST)).run();
    Finding finding =
        diagnosis.findings().stream()
            .filter(it -> it.code() == FindingCode.FORWARDED)
            .findFirst()
            .orElseThrow();
    assertThat(finding.seen())
        .isEqualTo(
            "slirp4netns("
                + slirp.pid()
                + ") forwards port "
                + port
                + " to a network namespace, where busybox("
                + server.pid()
                + ") listens");
    assertThat(diagnosis.verdict()).isIn(Verdict.HEALTHY, Verdict.DEGRADED);
  }

  private static TcpQuery listeners() {
    return TcpQuery.all().states(TcpState.LISTEN).withoutOwners();
  }

  /** Has a port of this machine forwarded, one that nobody has. */
  private static int publish(Path api) throws IOException {
    int port = FreePorts.next();
    String request =
        String.format(
            Locale.ROOT,
            "{\"execute\": \"add_hostfwd\", \"arguments\": {\"proto\": \"tcp\", \"host_addr\":"
                + " \"127.0.0.1\", \"host_port\": %d, \"guest_port\": 80}}",
            port);
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      channel.connect(UnixDomainSocketAddress.of(api));
      channel.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.UTF_8)));
      channel.shutdownOutput();
      ByteBuffer answer = ByteBuffer.allocate(1000);
      channel.read(answer);
      assertThat(new String(answer.array(), StandardCharsets.UTF_8)).contains("\"return\"");
    }
    return port;
  }

  private interface Condition {
    boolean holds() throws Exception;
  }

  private static void await(Condition condition) throws Exception {
    Instant end = Instant.now().plus(LONGEST);
    while (!condition.holds()) {
      if (Instant.now().isAfter(end)) {
        throw new AssertionError("not within " + LONGEST);
      }
      Thread.sleep(20);
    }
  }
}
