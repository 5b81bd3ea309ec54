// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.export;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.tcptable.internal.metrics.MetricsReading;
import io.tcptable.internal.metrics.MetricsSource;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Answers {@code GET /metrics}. A client that is slow or silent is cut off after some seconds, and
 * few may be connected; at most one snapshot is taken at a time.
 */
final class MetricsServer implements AutoCloseable {

  private static final String PATH = "/metrics";
  private static final int THREADS = 2;
  private static final int OK = 200;
  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;
  private static final int METHOD_NOT_ALLOWED = 405;

  static {
    // In seconds; read once, by the JDK's server.
    System.setProperty("sun.net.httpserver.maxReqTime", "10");
    System.setProperty("sun.net.httpserver.maxRspTime", "30");
    System.setProperty("jdk.httpserver.maxConnections", "32");
  }

  /** The header Host of a client that means this machine: no name that others can give it. */
  private static final Pattern LOCAL_HOST =
      Pattern.compile("(localhost|[0-9.]+|\\[[0-9a-fA-F:.]+\\])(:[0-9]+)?");

  private final MetricsSource source;
  private final Consumer<String> onFailure;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
  private boolean isFailureTold;

  /**
   * Binds the address.
   *
   * @param onFailure is told once that the sockets cannot be read
   * @throws IOException if it cannot be bound
   */
  MetricsServer(InetSocketAddress address, MetricsSource source, Consumer<String> onFailure)
      throws IOException {
    this.source = source;
    this.onFailure = onFailure;
    this.server = HttpServer.create(address, 0);
  }

  void start() {
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String method = exchange.getRequestMethod();
      if (!isMeant(exchange)) {
        send(exchange, FORBIDDEN, "text/plain; charset=utf-8", "Ask localhost by that name\n");
      } else if (!exchange.getRequestURI().getPath().equals(PATH)) {
        send(exchange, NOT_FOUND, "text/plain; charset=utf-8", "The meters are at " + PATH + "\n");
      } else if (!method.equals("GET") && !method.equals("HEAD")) {
        exchange.getResponseHeaders().set("Allow", "GET, HEAD");
        send(exchange, METHOD_NOT_ALLOWED, "text/plain; charset=utf-8", "Only GET and HEAD\n");
      } else {
        MetricsText format = MetricsText.accepted(exchange.getRequestHeaders().getFirst("Accept"));
        send(exchange, OK, format.contentType(), format.of(read()));
      }
    }
  }

  /**
   * On loopback, a page of another site must not read it: it could give its own name the address of
   * loopback (DNS rebinding).
   */
  private boolean isMeant(HttpExchange exchange) {
    String host = exchange.getRequestHeaders().getFirst("Host");
    return !server.getAddress().getAddress().isLoopbackAddress()
        || host == null
        || LOCAL_HOST.matcher(host).matches();
  }

  private static void send(HttpExchange exchange, int status, String type, String text)
      throws IOException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", type);
    boolean isHead = exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(status, isHead ? -1 : body.length);
    if (!isHead) {
      exchange.getResponseBody().write(body);
    }
  }

  private synchronized MetricsReading read() {
    MetricsReading reading = source.read();
    if (reading.failure().isPresent() && !isFailureTold) {
      isFailureTold = true;
      onFailure.accept(String.valueOf(reading.failure().get().getMessage()));
    }
    return reading;
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
