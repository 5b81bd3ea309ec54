// SPDX-License-Identifier: Apache-2.0
package io.tcptable.binding;

import static io.tcptable.binding.Buffers.pollIn;
import static io.tcptable.binding.Numbers.*;
import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.internal.binding.LinuxCalls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A call that a signal interrupts says so, instead of trying again on its own. */
class InterruptedCallIT {

  private static final int MOST_SIGNALS = 600;

  @ParameterizedTest
  @MethodSource("io.tcptable.binding.Providers#names")
  void returnsEintr(String provider) throws Exception {
    LinuxCalls calls = Providers.calls(provider);
    int netlink = calls.socket(AF_NETLINK, SOCK_RAW, NETLINK_SOCK_DIAG);
    CompletableFuture<Integer> result = new CompletableFuture<>();
    Thread waiting = new Thread(() -> result.complete(calls.poll(pollIn(netlink), 60_000)));
    waiting.setName("eintr-" + provider);
    waiting.start();
    for (int i = 0; i < MOST_SIGNALS && !result.isDone(); i++) {
      interrupt(waiting.getName());
      waiting.join(100);
    }
    assertThat(result.get(60, TimeUnit.SECONDS)).isEqualTo(-EINTR);
    calls.close(netlink);
  }

  /**
   * SIGPIPE, which the JVM catches and ignores; the kernel hands a signal to the very thread it was
   * sent to if that does not block it.
   */
  private static void interrupt(String thread) throws IOException, InterruptedException {
    Optional<Path> task = task(thread);
    if (task.isPresent()) {
      String id = task.get().getFileName().toString();
      new ProcessBuilder("sh", "-c", "kill -s PIPE " + id).start().waitFor();
    }
  }

  /** Empty before the thread has begun, and after it has ended. */
  private static Optional<Path> task(String name) throws IOException {
    try (Stream<Path> tasks = Files.list(Path.of("/proc/self/task"))) {
      return tasks.filter(task -> name(task).equals(name)).findFirst();
    }
  }

  private static String name(Path task) {
    try {
      return Files.readString(task.resolve("comm")).strip();
    } catch (IOException e) {
      return "";
    }
  }
}
