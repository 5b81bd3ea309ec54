// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import io.tcptable.internal.wording.DurationText;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
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
      return run(jcmd.get(), pid);
    } catch (IOException e) {
      return new ThreadDump(pid, "jcmd failed: " + e.getMessage(), false);
    }
  }

  private static ThreadDump run(Path jcmd, long pid) throws IOException, InterruptedException {
    Path output = Files.createTempFile("tcptable-threads", ".txt");
    try {
      Process process =
          new ProcessBuilder(jcmd.toString(), Long.toString(pid), "Thread.print", "-l")
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      try {
        process.getOutputStream().close();
        if (!process.waitFor(DEADLINE.toMillis(), TimeUnit.MILLISECONDS)) {
          return new ThreadDump(
              pid, "the JVM did not answer jcmd within " + DurationText.of(DEADLINE), false);
        }
      } finally {
        process.destroyForcibly();
      }
      String text = new String(Files.readAllBytes(output), Charset.defaultCharset());
      return new ThreadDump(pid, text, process.exitValue() == 0);
    } finally {
      Files.deleteIfExists(output);
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
