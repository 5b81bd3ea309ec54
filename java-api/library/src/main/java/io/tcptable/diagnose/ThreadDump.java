// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import io.tcptable.internal.platform.ChildProcesses;
import io.tcptable.internal.wording.DurationText;
import io.tcptable.internal.wording.Quantities;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What the threads of a JVM were doing.
 *
 * @param pid the JVM
 * @param text the dump, or why there is none
 * @param isComplete whether it is a dump
 */
record ThreadDump(long pid, String text, boolean isComplete) {

  private static final Duration DEADLINE = Duration.ofSeconds(10);

  /** Some ten thousand threads. */
  private static final int MOST_BYTES = 16 << 20;

  /** Of jcmd itself. */
  private static final String MEMORY_LIMIT = "-J-Xmx64m";

  private static final Pattern STATE = Pattern.compile("java\\.lang\\.Thread\\.State: (\\w+)");
  private static final Pattern DEADLOCKS =
      Pattern.compile("Found (one|\\d+) (Java-level )?deadlock");

  /**
   * Asks by {@code jcmd}, that of this JVM: to run one that lies beside another user's program
   * would be to run whatever that user wants.
   */
  static ThreadDump of(long pid) throws InterruptedException {
    Path programs = Path.of(System.getProperty("java.home"), "bin");
    Optional<Path> jcmd =
        Stream.of("jcmd", "jcmd.exe")
            .map(programs::resolve)
            .filter(Files::isExecutable)
            .findFirst();
    if (jcmd.isEmpty()) {
      return new ThreadDump(pid, "this Java has no jcmd; run jcmd " + pid + " Thread.print", false);
    }
    try {
      return run(jcmd.get(), pid, DEADLINE);
    } catch (IOException e) {
      return new ThreadDump(pid, "jcmd failed: " + e.getMessage(), false);
    }
  }

  /** With bounds: what answers may be no JVM, and answer without end. */
  static ThreadDump run(Path jcmd, long pid, Duration deadline)
      throws IOException, InterruptedException {
    Process process =
        ChildProcesses.start(
            new ProcessBuilder(
                    jcmd.toString(), MEMORY_LIMIT, Long.toString(pid), "Thread.print", "-l")
                .redirectErrorStream(true));
    try {
      process.getOutputStream().close();
      FutureTask<byte[]> reading =
          new FutureTask<>(() -> process.getInputStream().readNBytes(MOST_BYTES + 1));
      Thread reader = new Thread(reading, "tcptable-jcmd");
      reader.setDaemon(true);
      reader.start();
      byte[] answer = reading.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
      if (answer.length > MOST_BYTES) {
        return new ThreadDump(
            pid, "the answer is longer than " + Quantities.bytes(MOST_BYTES), false);
      }
      boolean ended = process.waitFor(deadline.toMillis(), TimeUnit.MILLISECONDS);
      return new ThreadDump(
          pid, new String(answer, Charset.defaultCharset()), ended && process.exitValue() == 0);
    } catch (TimeoutException e) {
      return new ThreadDump(
          pid, "the JVM did not answer jcmd within " + DurationText.of(deadline), false);
    } catch (ExecutionException e) {
      throw new IOException(e.getCause());
    } finally {
      process.destroyForcibly();
    }
  }

  /** How many threads are in each state. */
  Map<String, Long> states() {
    Map<String, Long> counts = new TreeMap<>();
    Matcher matcher = STATE.matcher(text);
    while (matcher.find()) {
      counts.merge(matcher.group(1), 1L, Long::sum);
    }
    return counts;
  }

  boolean hasDeadlock() {
    return isComplete && DEADLOCKS.matcher(text).find();
  }
}
