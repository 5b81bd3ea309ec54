// SPDX-License-Identifier: Apache-2.0
package io.tcptable.binding;

import static io.tcptable.binding.Buffers.path;
import static io.tcptable.binding.Numbers.*;
import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.internal.binding.LinuxCalls;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every call returns the errno of itself: not that of another thread's call, nor of what the JVM
 * did in between, such as collecting garbage, which makes system calls of its own.
 */
class ErrnoOfThreadsIT {

  private static final int ROUNDS = 20_000;

  @ParameterizedTest
  @MethodSource("io.tcptable.binding.Providers#names")
  void isItsOwn(String provider) throws Exception {
    LinuxCalls calls = Providers.calls(provider);
    ByteBuffer missing = path("/missing");
    ByteBuffer belowFile = path("/dev/null/below");
    List<Callable<String>> failing =
        List.of(
            () -> alwaysFails(() -> calls.close(-1), EBADF),
            () -> alwaysFails(() -> calls.openat(AT_FDCWD, missing, O_RDONLY), ENOENT),
            () -> alwaysFails(() -> calls.openat(AT_FDCWD, belowFile, O_RDONLY), ENOTDIR),
            () -> alwaysFails(() -> calls.pidfd_open(NO_PROCESS, 0), ESRCH),
            () -> alwaysFails(() -> calls.socket(AF_INET, 77, 0), EINVAL),
            () -> alwaysFails(() -> calls.socket(9999, SOCK_STREAM, 0), EAFNOSUPPORT),
            () -> inTurn(calls),
            ErrnoOfThreadsIT::makeGarbage);
    assertThat(allAtOnce(failing)).containsOnly("");
  }

  private static List<String> allAtOnce(List<Callable<String>> tasks) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(tasks.size());
    CountDownLatch start = new CountDownLatch(tasks.size());
    List<Future<String>> running = new ArrayList<>();
    for (Callable<String> task : tasks) {
      running.add(
          threads.submit(
              () -> {
                start.countDown();
                start.await();
                return task.call();
              }));
    }
    List<String> wrong = new ArrayList<>();
    for (Future<String> result : running) {
      wrong.add(result.get(300, TimeUnit.SECONDS));
    }
    threads.shutdown();
    return wrong;
  }

  private static String alwaysFails(IntSupplier call, int errno) {
    for (int i = 0; i < ROUNDS; i++) {
      int result = call.getAsInt();
      if (result != -errno) {
        return "round " + i + ": " + result + " instead of " + -errno;
      }
    }
    return "";
  }

  /** One thread, one errno after the other, with calls in between that succeed. */
  private static String inTurn(LinuxCalls calls) {
    ByteBuffer devNull = path("/dev/null");
    for (int i = 0; i < ROUNDS; i++) {
      int bad = calls.close(-1);
      int fd = calls.openat(AT_FDCWD, devNull, O_RDONLY);
      int none = calls.pidfd_open(NO_PROCESS, 0);
      int closed = calls.close(fd);
      if (bad != -EBADF || fd < 0 || none != -ESRCH || closed != 0) {
        return "round " + i + ": " + bad + ", " + fd + ", " + none + ", " + closed;
      }
    }
    return "";
  }

  private static String makeGarbage() {
    List<byte[]> garbage = new ArrayList<>();
    for (int i = 0; i < ROUNDS; i++) {
      garbage.add(new byte[10_000]);
      if (garbage.size() == 1000) {
        garbage.clear();
      }
    }
    return "";
  }
}
