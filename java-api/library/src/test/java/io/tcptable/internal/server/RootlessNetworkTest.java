// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.internal.server.ForwardPlace.OfChild;
import io.tcptable.internal.server.ForwardPlace.OfFile;
import io.tcptable.internal.server.ForwardPlace.OfProcess;
import io.tcptable.internal.server.ForwardPlace.OtherMachine;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** pasta and slirp4netns, by command lines that their manuals allow. */
class RootlessNetworkTest {

  private static final Path FILE = Path.of("/run/user/1000/netns/netns-b90a8fc8");

  private static PastaArguments pasta(String line) {
    return new PastaArguments(List.of(line.replace('!', ',').split(" ", -1)));
  }

  @ParameterizedTest
  @CsvSource({
    "pasta -t 8080:80, 80",
    "pasta -t8080:80 -- sleep 9, 80",
    "pasta --tcp-ports=22!8080:80, 80",
    "pasta --tcp-ports 127.0.0.1/8080-8080:80-80 --netns /x, 80",
    "pasta -t 192.0.2.1%eth0/8000-8090:9000-9090, 9080",
    "pasta -t 8000-8090!~8085, 8080",
    "pasta -t 81:82 -t 8080:80, 80",
    "pasta -t auto, 8080",
    "pasta, 8080",
  })
  void thePortThere(String line, int port) {
    assertThat(pasta(line).port(8080)).isEqualTo(port);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/usr/bin/pasta -f 4711",
        "pasta --config-net -t 8080:80 4711",
        "pasta --no-map-gw 4711"
      })
  void aProcessByItsPid(String line) {
    assertThat(pasta(line).place()).isEqualTo(new OfProcess(4711));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "pasta",
        "pasta -t 8080",
        "pasta --mtu 1500",
        "pasta -t 8080:80 -- sleep 600",
        "pasta --config-net sh",
      })
  void aCommandThatItHasStarted(String line) {
    assertThat(pasta(line).place()).isEqualTo(new OfChild());
  }

  @Test
  void aNamespaceByItsFile() {
    assertThat(pasta("pasta -t 8080:80 --netns " + FILE).place()).isEqualTo(new OfFile(FILE));
    assertThat(pasta("pasta --netns=blue -q").place()).isEqualTo(new OfFile(Path.of("blue")));
  }

  @Test
  void passtServesAVirtualMachine() {
    assertThat(pasta("/usr/bin/passt -t 8080:80").place()).isEqualTo(new OtherMachine());
  }

  private static ForwardPlace slirp(String line) {
    return SlirpArguments.place(List.of(line.split(" ", -1)));
  }

  @Test
  void slirp4netnsIsToldAPidOrAFile() {
    assertThat(slirp("slirp4netns -c -r 3 4711 tap0")).isEqualTo(new OfProcess(4711));
    assertThat(slirp("slirp4netns --mtu=65520 4711")).isEqualTo(new OfProcess(4711));
    assertThat(slirp("slirp4netns -c -e 3 --netns-type=path " + FILE + " tap0"))
        .isEqualTo(new OfFile(FILE));
    assertThat(slirp("slirp4netns --netns-type path " + FILE + " tap0"))
        .isEqualTo(new OfFile(FILE));
    assertThat(slirp("slirp4netns --target-type=bess /run/x.sock")).isEqualTo(new OtherMachine());
  }
}
