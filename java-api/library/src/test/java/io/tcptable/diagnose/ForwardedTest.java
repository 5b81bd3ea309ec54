// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.Advice;
import io.tcptable.Endpoint;
import io.tcptable.diagnose.Finding.Severity;
import io.tcptable.health.HealthResult.Outcome;
import io.tcptable.process.ProcessStatus.State;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class ForwardedTest {

  private static final Advice RESTART = new Advice.Command("docker restart web");

  private final SceneProcess proxy = new SceneProcess(50).runs("/usr/bin/docker-proxy").as("root");
  private final SceneProcess server = new SceneProcess(100).runs("/usr/bin/node", "server.js");

  private Scene proxied(UpstreamServer to) {
    return new Scene()
        .with(proxy)
        .with(SceneSocket.listener(proxy))
        .in(Surroundings.ORDINARY.with(to));
  }

  private static UpstreamServer to(
      Optional<Observations> there, boolean isReachable, String... listening) {
    return new UpstreamServer(
        "docker-proxy(50)",
        "172.17.0.2:80",
        OptionalInt.of(80),
        Optional.of("docker web"),
        isReachable,
        false,
        List.of(listening),
        false,
        Optional.empty(),
        there);
  }

  private Optional<Observations> there() {
    return there(Outcome.HEALTHY);
  }

  private Optional<Observations> there(Outcome outcome) {
    return Optional.of(
        new Scene().with(server).with(SceneSocket.listener(server)).health(outcome).evidence());
  }

  @Test
  void aServerThatAnswersIsNamedWithItsContainer() {
    Scene scene = proxied(to(there(), true));
    assertThat(scene.finding(FindingCode.FORWARDED).severity()).isEqualTo(Severity.INFO);
    assertThat(scene.finding(FindingCode.FORWARDED).seen())
        .isEqualTo(
            "docker-proxy(50) forwards port 3001 to 172.17.0.2:80, where node(100) in the container"
                + " web listens");
    assertThat(scene.judgement().headline())
        .startsWith("Port 3001 is healthy: node(100) in the container web it was");
    assertThat(scene.codes()).doesNotContain(FindingCode.SUPERVISED);
  }

  @Test
  void aServerThatIsStoppedThereIsTheCause() {
    server.is(State.STOPPED).was(State.STOPPED);
    Scene scene = proxied(to(there(Outcome.NO_RESPONSE), true)).health(Outcome.NO_RESPONSE);
    assertThat(scene.verdict()).isEqualTo(Verdict.HANGING);
    assertThat(scene.judgement().headline())
        .startsWith(
            "Port 3001 hangs: it is forwarded to node(100) in the container web, and its process is"
                + " stopped");
    assertThat(scene.finding(FindingCode.PROCESS_STOPPED).pids()).containsExactly(100L);
    assertThat(scene.finding(FindingCode.HEALTH_NO_RESPONSE).advice()).contains(RESTART);
  }

  @Test
  void aServerOnItsOwnLoopbackIsNotReached() {
    Scene scene = proxied(to(there(), false)).health(Outcome.REFUSED);
    Finding finding = scene.finding(FindingCode.FORWARDED);
    assertThat(finding.severity()).isEqualTo(Severity.CRITICAL);
    assertThat(finding.seen())
        .startsWith("docker-proxy(50) forwards port 3001 to 172.17.0.2:80, but node(100) in the")
        .endsWith(" only");
    assertThat(finding.advice())
        .containsExactly(
            new Advice.Hint(
                "Let the server listen on 0.0.0.0 (all addresses) there, and start it again."));
    assertThat(scene.verdict()).isEqualTo(Verdict.DOWN);
    assertThat(scene.codes()).doesNotContain(FindingCode.ADDRESS_MISMATCH);
    assertThat(scene.finding(FindingCode.HEALTH_REFUSED).meaning())
        .isEqualTo("The connection was refused where the port is forwarded to.");
  }

  /** Such as one that was left of a container before. */
  @Test
  void aRuleThatLeadsElsewhereIsTheCause() {
    UpstreamServer astray =
        new UpstreamServer(
            "conmon(50)",
            "10.88.0.62:80",
            OptionalInt.of(80),
            Optional.of("libpod web"),
            false,
            true,
            List.of(),
            false,
            Optional.empty(),
            there());
    Scene scene = proxied(astray).health(Outcome.REFUSED);
    Finding finding = scene.finding(FindingCode.FORWARDED);
    assertThat(finding.severity()).isEqualTo(Severity.CRITICAL);
    assertThat(finding.seen())
        .isEqualTo(
            "conmon(50) forwards port 3001 to 10.88.0.62:80, which is not an address of node(100) in"
                + " the container web");
    assertThat(finding.advice())
        .containsExactly(
            new Advice.Hint("Remove the rule for 10.88.0.62:80 from the packet filter."));
    assertThat(scene.codes()).doesNotContain(FindingCode.ADDRESS_MISMATCH);
  }

  @Test
  void nobodyThere() {
    Optional<Observations> nobody = Optional.of(new Scene().evidence());
    Scene scene = proxied(to(nobody, false, "[::]:8080")).health(Outcome.CLOSED);
    Finding finding = scene.finding(FindingCode.FORWARDED);
    assertThat(finding.seen())
        .isEqualTo(
            "docker-proxy(50) forwards port 3001 to 172.17.0.2:80 in the container web, but nobody"
                + " listens on port 80 there; its processes listen on [::]:8080");
    assertThat(finding.meaning())
        .isEqualTo("The server listens on another port than the one that is published.");
    assertThat(finding.advice()).contains(RESTART);
  }

  /** What runs the forwarder, where it is and where it writes is of no use: the server is told. */
  @Test
  void theServerIsToldInsteadOfTheForwarder() {
    proxy.service("docker.service").pidNamespace(7).writes("/var/log/docker.log");
    server.writes("/var/log/web.log");
    Scene scene = proxied(to(there(Outcome.NO_RESPONSE), true)).health(Outcome.NO_RESPONSE);
    assertThat(scene.codes())
        .doesNotContain(FindingCode.SUPERVISED, FindingCode.OTHER_NAMESPACE)
        .containsOnlyOnce(FindingCode.LOGS);
    assertThat(scene.finding(FindingCode.LOGS).pids()).containsExactly(100L);
  }

  /** The health check asked the port here: what it met is not found on the server there again. */
  @Test
  void whatTheHealthCheckMetIsToldOnce() {
    Scene there = new Scene().with(server).with(SceneSocket.listener(server));
    there.health(Outcome.NO_RESPONSE);
    assertThat(there.codes()).contains(FindingCode.HEALTH_NO_RESPONSE);
    assertThat(FindingRules.onServer(there.evidence()))
        .extracting(Finding::code)
        .doesNotContain(FindingCode.HEALTH_NO_RESPONSE);
  }

  /** Only a rule forwards, so that nobody has the port here: it is not free for all that. */
  @Test
  void aPortThatARuleForwardsIsNotFree() {
    Optional<Observations> nobody = Optional.of(new Scene().evidence());
    Scene scene =
        new Scene().in(Surroundings.ORDINARY.with(to(nobody, false))).health(Outcome.REFUSED);
    assertThat(scene.verdict()).isEqualTo(Verdict.DOWN);
    assertThat(scene.codes()).doesNotContain(FindingCode.NOBODY_LISTENING);
  }

  /** A restart from here would start it here. */
  @Test
  void aServerInAnotherNamespaceIsNotRestartedHere() {
    SceneProcess elsewhere =
        new SceneProcess(101).runs("/usr/bin/node", "server.js").networkNamespace(77);
    Observations there =
        new Scene().with(elsewhere).with(SceneSocket.listener(elsewhere)).evidence();
    UpstreamServer server =
        new UpstreamServer(
            "a rule of the system's packet filter",
            "10.99.0.2:80",
            OptionalInt.of(80),
            Optional.empty(),
            true,
            false,
            List.of(),
            false,
            Optional.empty(),
            Optional.of(there));
    Scene scene = new Scene().in(Surroundings.ORDINARY.with(server)).health(Outcome.NO_RESPONSE);
    assertThat(scene.finding(FindingCode.HEALTH_NO_RESPONSE).advice())
        .contains(new Advice.Hint("Restart node(101) in its own network namespace."))
        .noneMatch(Advice.Restart.class::isInstance);
  }

  private static UpstreamServer through(int retransmits) {
    return new UpstreamServer(
        "ssh(50)",
        "db:5432 on the other side of the SSH connection",
        OptionalInt.empty(),
        Optional.empty(),
        false,
        false,
        List.of(),
        true,
        Optional.of(
            new CarryingConnection(
                Endpoint.of(InetAddress.getLoopbackAddress(), 51234),
                Endpoint.of(InetAddress.getLoopbackAddress(), 22),
                100,
                retransmits)),
        Optional.empty());
  }

  @Test
  void whatIsOnAnotherMachineIsNotLookedAt() {
    Finding finding = proxied(through(2)).finding(FindingCode.FORWARDED);
    assertThat(finding.severity()).isEqualTo(Severity.INFO);
    assertThat(finding.seen())
        .isEqualTo(
            "ssh(50) forwards port 3001 to db:5432 on the other side of the SSH connection, through"
                + " the connection 127.0.0.1:51234 -> 127.0.0.1:22");
    assertThat(finding.meaning())
        .isEqualTo("The server runs on another machine. It cannot be looked at from here.");
  }

  @Test
  void anotherMachineThatDoesNotAnswerIsTheCause() {
    Scene scene = proxied(through(3)).health(Outcome.NO_RESPONSE);
    Finding finding = scene.finding(FindingCode.FORWARDED);
    assertThat(finding.severity()).isEqualTo(Severity.CRITICAL);
    assertThat(finding.seen())
        .endsWith(", where 100 bytes are not acknowledged after 3 retransmits");
    assertThat(scene.judgement().headline())
        .startsWith("Port 3001 hangs: the other machine, 127.0.0.1:22, does not answer");
  }

  @Test
  void whatCouldNotBeLookedAtIsSaid() {
    Scene scene = proxied(to(Optional.empty(), false));
    assertThat(scene.finding(FindingCode.FORWARDED).meaning())
        .isEqualTo("The server there could not be looked at.");
    assertThat(scene.finding(FindingCode.FORWARDED).severity()).isEqualTo(Severity.INFO);
  }
}
