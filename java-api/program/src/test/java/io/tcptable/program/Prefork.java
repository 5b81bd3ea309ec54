// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A Python server whose workers share its listener on 127.0.0.1; ends when it is closed. */
public final class Prefork implements AutoCloseable {

  private static final String SERVER =
      """
      import os, socket, sys
      listener = socket.create_server(('127.0.0.1', 0))
      with open('/proc/self/comm', 'w') as comm:
          comm.write(sys.argv[1])
      pids = [os.getpid()]
      for _ in range(int(sys.argv[2])):
          worker = os.fork()
          if worker == 0:
              sys.stdin.read()
              os._exit(0)
          pids.append(worker)
      print(listener.getsockname()[1], *pids, flush=True)
      sys.stdin.read()
      for worker in pids[1:]:
          os.waitpid(worker, 0)
      """;

  private final Process server;
  private final int port;
  private final List<Long> pids;

  /**
   * @param name what the processes call themselves, at most 15 bytes
   */
  public Prefork(String name, int workers) throws IOException {
    assumeTrue(
        Arrays.stream(System.getenv("PATH").split(":"))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, "python3"))),
        "needs python3: Java cannot fork");
    server =
        new ProcessBuilder("python3", "-c", SERVER, name, Integer.toString(workers))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    BufferedReader said = server.inputReader(StandardCharsets.US_ASCII);
    String line = said.readLine();
    assertThat(line).as("port and PIDs of the server").isNotNull();
    List<Long> numbers = Arrays.stream(line.split(" ")).map(Long::valueOf).toList();
    port = numbers.get(0).intValue();
    pids = numbers.subList(1, numbers.size()).stream().sorted().toList();
  }

  public String portText() {
    return Integer.toString(port);
  }

  /** All owners of the listener, in ascending order. */
  public List<Long> pids() {
    return pids;
  }

  @Override
  public void close() throws IOException {
    server.getOutputStream().close();
    server.onExit().orTimeout(10, TimeUnit.SECONDS).join();
  }
}
