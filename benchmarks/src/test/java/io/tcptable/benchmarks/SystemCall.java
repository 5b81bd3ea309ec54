// SPDX-License-Identifier: Apache-2.0
package io.tcptable.benchmarks;

import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * A system call of this process.
 *
 * @param thread by the number the kernel gives it
 * @param arguments as {@code strace(1)} prints them, and what follows
 */
record SystemCall(long thread, String name, String arguments) {

  private static final String TRACED =
      "trace=socket,sendto,recvfrom,bpf,openat,getdents64,readlinkat,read,close";

  /** Where another thread calls meanwhile, the end of a call is a line of its own. */
  private static final Pattern LINE = Pattern.compile("(?m)^(\\d+) +(\\w+)\\((.*)$");

  /** All that are made during this work, in the order of their beginnings. */
  static List<SystemCall> during(Runnable work) throws IOException, InterruptedException {
    Path file = Files.createTempFile("tcptable-calls-", ".txt");
    try {
      Process strace = start(file);
      try {
        String said = strace.errorReader().readLine();
        assumeTrue(
            said != null && said.contains(" attached"), () -> "needs strace to work: " + said);
        work.run();
      } finally {
        strace.destroy();
        strace.waitFor();
      }
      return LINE.matcher(Files.readString(file)).results().map(SystemCall::of).toList();
    } finally {
      Files.delete(file);
    }
  }

  private static Process start(Path file) {
    String pid = Long.toString(ProcessHandle.current().pid());
    try {
      return new ProcessBuilder("strace", "-f", "-e", TRACED, "-o", file.toString(), "-p", pid)
          .start();
    } catch (IOException e) {
      return abort("needs strace: " + e.getMessage());
    }
  }

  private static SystemCall of(MatchResult line) {
    return new SystemCall(Long.parseLong(line.group(1)), line.group(2), line.group(3));
  }
}
