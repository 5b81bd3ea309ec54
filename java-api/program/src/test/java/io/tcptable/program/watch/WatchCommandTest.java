// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.watch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.program.Answer;
import io.tcptable.program.Json;
import io.tcptable.program.Main;
import io.tcptable.program.command.ExitCode;
import io.tcptable.program.terminal.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.nio.channels.ServerSocketChannel;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import servers.Children;
import servers.FreePorts;

class WatchCommandTest {

  private final int port = FreePorts.next();

  /** The command, which runs until its thread is interrupted. */
  private static final class Watch {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final CompletableFuture<Integer> code = new CompletableFuture<>();
    private final Thread thread;

    Watch(OutputStream to, String... words) {
      Terminal terminal = new Terminal(to, err, UTF_8, false, Map.of(), null);
      thread = new Thread(() -> code.complete(Main.run(terminal, words)), "watching");
      thread.start();
      Children.await(
          "it watches", () -> err.toString(UTF_8).contains("a look each") || code.isDone());
    }

    static Watch of(String... words) {
      ByteArrayOutputStream to = new ByteArrayOutputStream();
      Watch watch = new Watch(to, words);
      watch.sink = to;
      return watch;
    }

    private ByteArrayOutputStream sink = out;

    String said() {
      return sink.toString(UTF_8);
    }

    void await(String text) {
      Children.await(text, () -> said().contains(text) || code.isDone());
      assertThat(said()).contains(text);
    }

    int stop() {
      thread.interrupt();
      return ended();
    }

    int ended() {
      return code.orTimeout(20, TimeUnit.SECONDS).join();
    }
  }

  /** Of IPv4, and of no family else. */
  private static ServerSocketChannel listen(int at) throws IOException {
    return ServerSocketChannel.open(StandardProtocolFamily.INET)
        .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), at), 2);
  }

  private static int port(ServerSocketChannel server) throws IOException {
    return ((InetSocketAddress) server.getLocalAddress()).getPort();
  }

  @Test
  void whatHappensIsOnLines() throws IOException {
    Watch watch = Watch.of("watch", Integer.toString(port), "--interval=20ms");
    String owner = "java(" + ProcessHandle.current().pid() + ")";
    try (ServerSocketChannel server = listen(port);
        ServerSocketChannel other = listen(0)) {
      watch.await(owner + " listens on 127.0.0.1:" + port);
      try (Socket client = new Socket(InetAddress.getLoopbackAddress(), port)) {
        watch.await("opened            connection 127.0.0.1:" + port + " <-> 127.0.0.1:");
        server.accept().close();
        watch.await("closed            connection 127.0.0.1:" + port);
        assertThat(client.getLocalPort()).isPositive();
      }
      assertThat(watch.said()).doesNotContain(":" + port(other));
    }
    watch.await("listener closed   listener 127.0.0.1:" + port);
    assertThat(watch.stop()).isZero();
    assertThat(watch.err.toString(UTF_8))
        .startsWith("tcptable: watching each TCP socket on port " + port + ": a look each 20ms");
  }

  @Test
  void jsonIsOneObjectALine() throws IOException {
    Watch watch = Watch.of("watch", "127.0.0.1:" + port, "--json", "--listen", "--interval=20ms");
    try (ServerSocketChannel server = listen(port)) {
      watch.await("\"port\":" + port(server));
    }
    watch.await("listener_closed");
    watch.stop();
    assertThat(watch.said().lines())
        .map(line -> Json.text(Json.object(line), "schema"))
        .isNotEmpty()
        .containsOnly("tcptable.event/1");
  }

  @Test
  void ofTheChosenOwnersAlone() throws IOException {
    Watch others = Watch.of("watch", "--pid=1", "--interval=20ms", Integer.toString(port));
    Watch own =
        Watch.of(
            "watch",
            "--pid=" + ProcessHandle.current().pid(),
            "--interval=20ms",
            Integer.toString(port));
    try (ServerSocketChannel server = listen(port)) {
      own.await("listens on 127.0.0.1:" + port(server));
    }
    own.await("listener closed");
    own.stop();
    others.stop();
    assertThat(others.said()).isEmpty();
  }

  @Test
  void itEndsWhenItsTimeIsOver() {
    Answer answer = Answer.to("watch", Integer.toString(port), "--for=30ms");
    assertThat(answer.found().out()).isEmpty();
  }

  @Test
  void itEndsWhenItsReaderHasLeft() throws IOException {
    OutputStream left =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("Broken pipe");
          }
        };
    Watch watch = new Watch(left, "watch", Integer.toString(port), "--interval=20ms");
    try (ServerSocketChannel server = listen(port)) {
      assertThat(server.isOpen()).isTrue();
      assertThat(watch.ended()).isZero();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "--interval=1ms|--interval must be from 10ms to 1 day",
        "--for=x|\"'x' is not a duration above 0: use for example 500ms, 5s or 2m\"",
        "--pid=1 --no-owners|--pid needs the owners; remove --no-owners",
      })
  void whatMakesNoSenseIsOneLine(String options, String message) {
    Answer answer = Answer.to(("watch " + options).split(" ", -1));
    assertThat(answer.code()).isEqualTo(ExitCode.USAGE);
    assertThat(answer.err())
        .isEqualTo(
            "tcptable: " + message + " (see tcptable watch --help)" + System.lineSeparator());
  }

  @Test
  void aNamespaceThatIsNotThereIsSaid() {
    Answer answer = Answer.to("watch", "--namespace=no-such-one", "--for=1s");
    assertThat(answer.code()).isEqualTo(ExitCode.FAILED);
    assertThat(answer.err()).contains("is called 'no-such-one'");
  }
}
