// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** By command lines as the programs have them. */
class ForwardTargetTest {

  private static final String ID = "5f3c0a1b2c3d".repeat(5) + "5f3c";

  private static Optional<ForwardTarget> of(String line, int port) {
    List<String> words = List.of(line.split(" ", -1));
    return ForwardTarget.of(String.valueOf(Path.of(words.get(0)).getFileName()), words, port);
  }

  @Test
  void thatOfDocker() throws Exception {
    String line =
        "/usr/bin/docker-proxy -proto tcp -host-ip 0.0.0.0 -host-port 8080"
            + " -container-ip 172.17.0.2 -container-port 80 -use-listen-fd";
    assertThat(of(line, 8080))
        .hasValue(
            new ForwardTarget(
                Optional.of(InetAddress.getByName("172.17.0.2")),
                OptionalInt.of(80),
                Optional.empty(),
                new ForwardPlace.OfAddress(),
                false,
                "172.17.0.2:80"));
    assertThat(of(line, 8081)).as("another port").isEmpty();
  }

  @Test
  void thatOfPodmanIsAContainer() {
    String line =
        "/usr/bin/conmon --api-version 1 -c " + ID + " -u " + ID + " -n web --full-attach";
    assertThat(of(line, 8080).orElseThrow().container()).hasValue("libpod web");
    String unnamed = "/usr/bin/conmon -c " + ID + " -n -rm";
    assertThat(of(unnamed, 8080).orElseThrow().container()).hasValue("libpod " + ID);
  }

  @ParameterizedTest
  @CsvSource({
    "socat TCP-LISTEN:8080!fork!reuseaddr TCP:10.0.0.2:3000, 10.0.0.2:3000",
    "socat -d TCP4-LISTEN:8080!fork tcp4-connect:10.0.0.2:3000!nodelay, 10.0.0.2:3000",
    "socat TCP6-LISTEN:8080 TCP6:[::1]:3000, [::1]:3000",
    "socat TCP-LISTEN:8080 TCP:db:5432, db:5432",
  })
  void thatOfSocat(String line, String target) {
    assertThat(of(line.replace('!', ','), 8080).orElseThrow().words()).isEqualTo(target);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "socat TCP-LISTEN:8080,fork EXEC:/bin/cat",
        "socat TCP-LISTEN:8080,fork UNIX-CONNECT:/run/x.sock",
        "docker-proxy -proto tcp -host-port 8080",
        "docker-proxy -host-port 8080 -container-ip 172.17.0.2 -container-port 99999",
        "ssh -L 8081:db:5432 bastion",
        "ssh -N bastion",
        "conmon --version",
        "nginx -g daemon",
      })
  void whatDoesNotTellHasNone(String line) {
    assertThat(of(line, 8080)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ssh -N -L 8080:db:5432 bastion",
        "ssh -L8080:db:5432 bastion",
        "ssh -f -L 127.0.0.1:8080:db:5432 -L 9:x:1 bastion",
        "ssh -L [::1]:8080:db:5432 bastion",
        "ssh -fNL 8080:db:5432 bastion",
        "ssh -fNTL*:8080:db:5432 bastion",
        "ssh -o ServerAliveInterval=5 -L localhost/8080/db/5432 bastion",
      })
  void thatOfSshIsOnTheOtherSide(String line) {
    ForwardTarget target = of(line, 8080).orElseThrow();
    assertThat(target.words()).isEqualTo("db:5432 on the other side of the SSH connection");
    assertThat(target.address()).isEmpty();
    assertThat(target.place()).isEqualTo(new ForwardPlace.OtherMachine());
  }

  @Test
  void thatOfSshMayBeASocketInAFile() {
    assertThat(of("ssh -L 8080:/run/db.sock bastion", 8080).orElseThrow().words())
        .isEqualTo("/run/db.sock on the other side of the SSH connection");
  }

  @Test
  void rootlessportForwardsToTheNamespaceOfItsChild() {
    ForwardTarget target = of("rootlessport", 8080).orElseThrow();
    assertThat(target.place()).isEqualTo(new ForwardPlace.OfChild());
    assertThat(target.port()).as("it was told that by its input").isEmpty();
    assertThat(target.isFromOutside()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "rootlesskit -p 0.0.0.0:8080:80/tcp sleep 9, 80",
    "rootlesskit --publish=8080:80/tcp sleep 9, 80",
    "rootlesskit --publish 127.0.0.1:8080:81/tcp4 -p 18080:80/tcp sleep 9, 81",
    "rootlesskit --net=slirp4netns dockerd, 8080",
    "rootlesskit -p 8080:80/udp dockerd, 8080",
  })
  void rootlesskitForwardsToTheLoopbackOfItsChild(String line, int port) {
    ForwardTarget target = of(line, 8080).orElseThrow();
    assertThat(target.place()).isEqualTo(new ForwardPlace.OfChild());
    assertThat(target.address()).hasValue(InetAddress.getLoopbackAddress());
    assertThat(target.port()).hasValue(port);
  }

  @Test
  void namesAreNotLookedUp() {
    assertThat(of("socat TCP-LISTEN:8080 TCP:db.example:5432", 8080).orElseThrow().address())
        .isEmpty();
  }
}
