package io.tcptable.diagnose;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;

/** A server on loopback that does to each connection what the test says, until it is closed. */
public final class ScriptedServer implements AutoCloseable {

  interface Script {
    void serve(Socket connection) throws IOException, InterruptedException;
  }

  private final ServerSocket listener;
  private final Thread thread;

  private ScriptedServer(ServerSocket listener, Script script) {
    this.listener = listener;
    this.thread = new Thread(() -> serve(script), "scripted-server");
    thread.start();
  }

  static ScriptedServer start(Script script) {
    return start(Loopback.V4, script);
  }

  static ScriptedServer start(InetAddress address, Script script) {
    try {
      return start(new ServerSocket(0, 50, address), script);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static ScriptedServer start(ServerSocket listener, Script script) {
    return new ScriptedServer(listener, script);
  }

  /** Answers each request with this text, after it was read. */
  public static ScriptedServer answering(String answer) {
    return start(connection -> answer(connection, answer));
  }

  /** Takes each connection and says nothing until the server is closed. */
  public static ScriptedServer silent() {
    return start(connection -> new CountDownLatch(1).await());
  }

  static void readRequest(Socket connection) throws IOException {
    StringBuilder request = new StringBuilder();
    while (request.indexOf("\r\n\r\n") < 0) {
      int next = connection.getInputStream().read();
      if (next < 0) {
        return;
      }
      request.append((char) next);
    }
  }

  static void answer(Socket connection, String answer) throws IOException {
    readRequest(connection);
    OutputStream out = connection.getOutputStream();
    out.write(answer.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  public int port() {
    return listener.getLocalPort();
  }

  URI url(String path) {
    return URI.create("http://127.0.0.1:" + port() + path);
  }

  private void serve(Script script) {
    while (!listener.isClosed()) {
      try (Socket connection = listener.accept()) {
        script.serve(connection);
      } catch (IOException e) {
        // The client gave up, or the server was closed.
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
