// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** A backend as it should be: whatever it is asked, it says that it is healthy. */
public final class HealthyBackend {

  private static final String BODY = "{\"status\": \"healthy\"}";
  private static final String RESPONSE =
      "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: "
          + BODY.length()
          + "\r\n\r\n"
          + BODY;

  private static final int LOOK_MILLIS = 100;

  private HealthyBackend() {}

  /**
   * Serves on the port of the first argument, until the process ends whose PID is the second: it
   * outlives a command that started it, but not the demonstration, however that ends.
   */
  public static void main(String[] args) throws IOException {
    Optional<ProcessHandle> demonstration = ProcessHandle.of(Long.parseLong(args[1]));
    Thread clock = new Thread(() -> endWith(demonstration), "end");
    clock.setDaemon(true);
    clock.start();
    try (ServerSocket listener =
        new ServerSocket(Integer.parseInt(args[0]), 128, InetAddress.getLoopbackAddress())) {
      System.out.println("healthy backend listens on port " + args[0]);
      while (true) {
        serve(listener.accept());
      }
    }
  }

  private static void serve(Socket connection) {
    try (connection) {
      BufferedReader request =
          new BufferedReader(
              new InputStreamReader(connection.getInputStream(), StandardCharsets.US_ASCII));
      String line = request.readLine();
      while (line != null && !line.isEmpty()) {
        line = request.readLine();
      }
      connection.getOutputStream().write(RESPONSE.getBytes(StandardCharsets.US_ASCII));
    } catch (IOException e) {
      System.err.println("a client went away: " + e.getMessage());
    }
  }

  private static void endWith(Optional<ProcessHandle> demonstration) {
    try {
      while (demonstration.filter(ProcessHandle::isAlive).isPresent()) {
        Thread.sleep(LOOK_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    System.exit(0);
  }
}
