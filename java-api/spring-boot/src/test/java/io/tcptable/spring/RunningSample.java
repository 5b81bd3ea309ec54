// SPDX-License-Identifier: Apache-2.0
package io.tcptable.spring;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import sample.SampleApplication;

/** The sample application, started in this JVM, and what it has printed. */
final class RunningSample implements AutoCloseable {

  private final HttpClient client = HttpClient.newHttpClient();
  private final @Nullable ConfigurableApplicationContext context;
  private final String printed;

  private RunningSample(@Nullable ConfigurableApplicationContext context, String printed) {
    this.context = context;
    this.printed = printed;
  }

  /** Starts it at a port of its own; if it fails, what it printed is all there is. */
  static RunningSample with(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.add("--spring.main.banner-mode=off");
    if (all.stream().noneMatch(it -> it.startsWith("--server.port="))) {
      all.add("--server.port=0");
    }
    PrintStream before = System.out;
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    System.setOut(new PrintStream(out, true, UTF_8));
    try {
      ConfigurableApplicationContext context = null;
      try {
        context = SpringApplication.run(SampleApplication.class, all.toArray(String[]::new));
      } catch (RuntimeException e) {
        // Printed by Spring Boot.
      }
      return new RunningSample(context, out.toString(UTF_8));
    } finally {
      System.setOut(before);
    }
  }

  String printed() {
    return printed;
  }

  boolean isRunning() {
    return context != null && context.isActive();
  }

  int port() {
    if (context == null) {
      throw new AssertionError("did not start:\n" + printed);
    }
    return context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
  }

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    URI uri = URI.create("http://127.0.0.1:" + port() + path);
    return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
  }

  @Override
  public void close() {
    if (context != null) {
      context.close();
    }
  }
}
