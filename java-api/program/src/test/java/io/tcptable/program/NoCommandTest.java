// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.program.command.ExitCode;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import org.junit.jupiter.api.Test;

/** What the program does if no command is given. */
class NoCommandTest {

  @Test
  void aPortAloneIsDiagnosed() throws Exception {
    try (ServerSocketChannel listener = ServerSocketChannel.open()) {
      listener.bind(new InetSocketAddress(Addresses.LOOPBACK, 0));
      String port = Integer.toString(listener.socket().getLocalPort());

      Answer alone = Answer.to(port, "--no-probe");

      Answer asked = Answer.to("diagnose", port, "--no-probe");
      assertThat(alone.code()).isEqualTo(asked.code());
      assertThat(alone.lines().get(0)).isEqualTo(asked.lines().get(0)).contains(port);
      assertThat(Answer.to("127.0.0.1:" + port, "--no-probe", "--json").out())
          .startsWith("{\"schema\":\"tcptable.diagnosis/");
    }
  }

  @Test
  void nothingAtAllListsTheListeners() throws Exception {
    try (LoopbackSockets sockets = new LoopbackSockets()) {
      Answer answer = Answer.to();

      assertThat(answer.code()).isEqualTo(ExitCode.FOUND);
      assertThat(answer.out())
          .containsPattern("LISTEN .*:" + sockets.port())
          .doesNotContain("CLOSE_WAIT")
          .endsWith("\nWhy a port does not answer: tcptable PORT. Help: tcptable --help\n");
    }
  }

  @Test
  void optionsAloneAreThoseOfTheList() {
    assertThat(Answer.to("--color", "always").out()).contains("\u001b[");
    assertThat(Answer.to("--version").out()).startsWith("tcptable ");
  }
}
