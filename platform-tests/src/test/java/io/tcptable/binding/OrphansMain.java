// SPDX-License-Identifier: Apache-2.0
package io.tcptable.binding;

import io.tcptable.internal.Platforms;
import io.tcptable.internal.platform.ChildProcesses;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * PID 1 of a namespace, which reaps without a pause: orphans, and beside them children of its own,
 * whose exit codes it must get.
 */
final class OrphansMain {

  private static final int ORPHANS = 500;
  private static final int OWN = 400;
  private static final int MOST = 64;
  private static final Duration LONGEST = Duration.ofSeconds(60);

  private OrphansMain() {}

  public static void main(String[] arguments) throws Exception {
    System.out.println("pid=" + ProcessHandle.current().pid());
    AtomicInteger reaped = new AtomicInteger();
    AtomicBoolean isOver = new AtomicBoolean();
    Thread reaper =
        new Thread(
            () -> {
              while (!isOver.get()) {
                reaped.addAndGet(Platforms.access().processes().reapOrphans(MOST));
              }
            });
    reaper.start();
    // Each leaves one orphan, and ends with a code of its own.
    ExecutorService starters = Executors.newFixedThreadPool(4);
    List<Future<Boolean>> codes =
        IntStream.range(0, OWN).mapToObj(i -> starters.submit(() -> isToldItsCode(i))).toList();
    int right = 0;
    for (Future<Boolean> code : codes) {
      right += code.get() ? 1 : 0;
    }
    starters.shutdown();
    System.out.println("codes=" + right);
    Process leaving =
        ChildProcesses.start(
            new ProcessBuilder(
                "sh", "-c", "i=0; while [ $i -lt 100 ]; do (true &); i=$((i+1)); done; exit 7"));
    System.out.println("exit=" + leaving.waitFor());
    long end = System.nanoTime() + LONGEST.toNanos();
    while (reaped.get() < ORPHANS && System.nanoTime() < end) {
      Thread.sleep(10);
    }
    isOver.set(true);
    reaper.join();
    System.out.println("reaped=" + reaped);
    System.out.println("zombies=" + zombies());
  }

  private static boolean isToldItsCode(int number) throws IOException, InterruptedException {
    int code = number % 256;
    Process child = ChildProcesses.start(new ProcessBuilder("sh", "-c", "(true &); exit " + code));
    return child.waitFor() == code;
  }

  private static int zombies() throws IOException {
    int count = 0;
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
      for (Path process : processes) {
        String stat = Files.readString(process.resolve("stat"));
        count += stat.startsWith(") Z", stat.lastIndexOf(')')) ? 1 : 0;
      }
    }
    return count;
  }
}
