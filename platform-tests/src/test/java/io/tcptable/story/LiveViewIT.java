// SPDX-License-Identifier: Apache-2.0
package io.tcptable.story;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.program.LauncherCheckout;
import io.tcptable.program.ProgramJar;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code watch} on a real terminal. */
@Tag("once")
class LiveViewIT {

  private static final String CTRL_C = "\u0003";
  private static final String OWN_SCREEN = "\u001b[?1049h";
  private static final String SCREEN_BEFORE = "\u001b[?1049l";
  private static final String HIDE_CURSOR = "\u001b[?25l";
  private static final String SHOW_CURSOR = "\u001b[?25h";
  private static final int BACKLOG = 5;

  @TempDir private static Path temporary;

  @Test
  void aPersonWatchesAndLeavesTheScreenAsItWas() throws Exception {
    assertWatches(ProgramJar.command("watch", "--interval=200ms"));
  }

  @Test
  void theLauncherLeavesTheKeyboardToIt() throws Exception {
    LauncherCheckout checkout = LauncherCheckout.in(temporary, "checkout");
    assertWatches(checkout.command("watch", "--interval=200ms"));
  }

  private static void assertWatches(List<String> watch) throws Exception {
    // A ServerSocket would be one of IPv6.
    try (ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.INET)) {
      channel.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
      ServerSocket server = channel.socket();
      List<String> command = new ArrayList<>(watch);
      command.add(Integer.toString(server.getLocalPort()));
      try (ProgramOnTerminal terminal = ProgramOnTerminal.start(command, 80)) {
        assertShows(terminal, server);

        terminal.type(CTRL_C);

        terminal.assertEnds(130);
        String sent = terminal.sent();
        assertThat(sent).startsWith(OWN_SCREEN);
        assertThat(sent.lastIndexOf(SCREEN_BEFORE)).isGreaterThan(sent.lastIndexOf(OWN_SCREEN));
        assertThat(sent.lastIndexOf(SHOW_CURSOR)).isGreaterThan(sent.lastIndexOf(HIDE_CURSOR));
        assertThat(terminal.shown()).isBlank();
      }
    }
  }

  /** A server listens, connections come and go, a filter is typed, the terminal becomes narrow. */
  private static void assertShows(ProgramOnTerminal terminal, ServerSocket server)
      throws IOException, InterruptedException {
    String local = "127.0.0.1:" + server.getLocalPort();
    String owner = "(" + ProcessHandle.current().pid() + ")";
    assertThat(terminal.await("LISTEN", "q quit"))
        .contains(local, "[........] 0/" + BACKLOG, owner);

    connect(server, () -> terminal.await("+ESTABLISHED"));
    terminal.await("-ESTABLISHED");
    while (!terminal.shows("came and went between looks", "-CLOSED")) {
      connect(server, () -> {});
    }

    terminal.type("/");
    terminal.await("Filter: ");
    terminal.type("listen\r");
    terminal.await("filter: listen", "q quit");

    terminal.resize(40);
    assertThat(terminal.await("LISTEN :" + server.getLocalPort(), owner, "q quit"))
        .doesNotContain(local, "[........]");
  }

  /** What happens while a connection is open. */
  private interface Meanwhile {
    void run() throws InterruptedException;
  }

  private static void connect(ServerSocket server, Meanwhile meanwhile)
      throws IOException, InterruptedException {
    try (Socket client = new Socket(server.getInetAddress(), server.getLocalPort());
        Socket accepted = server.accept()) {
      assertThat(accepted.getPort()).isEqualTo(client.getLocalPort());
      meanwhile.run();
      // The side that ends first is the one that stays, in TIME_WAIT.
      client.shutdownOutput();
    }
  }
}
